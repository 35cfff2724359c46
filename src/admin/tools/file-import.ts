import type { StaffActor } from '../../kernel/actor.js';
import { BooleanField, TextField } from '../../platform/http/fields.js';
import { notesOn } from '../../platform/import/import-report.js';
import type { ImportResult } from '../../platform/import/intake.js';
import { type ToolVerb, toolVerb } from '../panel/tool.js';
import type { FileLimits } from '../panel/uploaded-file.js';

/** What the page of an import says before a file is chosen. */
export interface ImportAbout {
  readonly name: string;
  readonly text: string;
  /** Of the file field: `.xlsx,.csv`. */
  readonly accept: string;
  /** What is counted: 行, 张. */
  readonly unit: string;
  readonly hasTemplate: boolean;
}

/** What a file holds, or what became of it, as the page shows it whatever is imported. */
export interface CheckedFile {
  /** Of the file, so that what is taken in is what was checked. */
  readonly sha256: string;
  readonly counts: readonly { readonly label: string; readonly value: number }[];
  readonly faults: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** How many faults there are; the rows tell the first thousand. */
  readonly faultCount: number;
  /** What people should know of the file although nothing is wrong with it. */
  readonly notes: readonly string[];
  /** What would be stored: new or changed. */
  readonly good: number;
  readonly stored: boolean;
}

/** A file as it is checked (`dryRun`) or taken in. */
export interface TakenFile {
  readonly file: string;
  readonly sha256?: string;
  readonly dryRun: boolean;
  readonly takeGood: boolean;
}

class TakeInput {
  @TextField({
    description: 'SHA-256 of the file as it was checked',
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
  })
  sha256: string;
  @BooleanField({ description: 'Take the good ones although others have faults' })
  takeGood: boolean;
}

/**
 * The verbs of every import: `about` tells the page what it is for, `check` says what a file holds and stores nothing,
 * `take` takes in that same file, byte for byte (R-AD-3). The file is sent twice, so that no machine has to keep it.
 */
export function importVerbs(
  about: ImportAbout | (() => Promise<ImportAbout>),
  limits: FileLimits,
  run: (taken: TakenFile, actor: StaffActor) => Promise<CheckedFile>,
): ToolVerb[] {
  return [
    toolVerb({ name: 'about', run: async () => (typeof about === 'function' ? about() : about) }),
    toolVerb({
      name: 'check',
      file: limits,
      run: async (_input, { file, user }) => {
        const taken = { file: file!.path, dryRun: true, takeGood: false };
        return run(taken, user.actor);
      },
    }),
    toolVerb<TakeInput>({
      name: 'take',
      file: limits,
      input: TakeInput,
      run: ({ sha256, takeGood }, { file, user }) =>
        run({ file: file!.path, sha256, takeGood, dryRun: false }, user.actor),
    }),
  ];
}

/** Files of lines: what a hundred thousand students take, twice over. */
export const LINE_FILE: FileLimits = { megabytes: 60, endings: ['.xlsx', '.csv', '.txt'] };
export const LINE_FILE_ACCEPT = '.xlsx,.csv,.txt';

/** A file of lines, as the page shows it. */
export function checkedLines(result: ImportResult): CheckedFile {
  const { sha256, lines, inserted, updated, unchanged, rejected, faultCount, faults, stored } = result;
  return {
    sha256,
    counts: [
      { label: '共', value: lines },
      { label: '新增', value: inserted },
      { label: '更新', value: updated },
      { label: '未变', value: unchanged },
      { label: '有误', value: rejected },
    ],
    faults: {
      columns: ['行', '列', '问题'],
      rows: faults.map(({ line, column, message }) => [String(line), chineseName(column), message.zh]),
    },
    faultCount,
    notes: notesOn(result).map(({ zh }) => `${zh}。`),
    good: inserted + updated,
    stored,
  };
}

/** `证件号码 document_number`: the page is in Chinese. A header nobody knows stays as it was typed. */
function chineseName(column = ''): string {
  return /^(\p{Script=Han}+) [a-z0-9_]+$/u.exec(column)?.[1] ?? column;
}
