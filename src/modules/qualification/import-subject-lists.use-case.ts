import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { digits, oneOf, text } from '../../platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../platform/import/column.js';
import { Importer } from '../../platform/import/importer.js';
import type { ImportCommand, ImportResult, Intake } from '../../platform/import/intake.js';
import { subjectCell } from '../../platform/import/word-cells.js';
import { AuditTrail } from '../audit/index.js';
import { checkSchool, type ImportActor, SchoolRepository, SittingRepository } from '../sitting/index.js';
import { checkDocument, DOCUMENT_COLUMNS, documentKey } from './document.columns.js';
import { placeOf } from './place-of-staff.js';
import { type SubjectListLine, subjectListFacts } from './subject-list-line.entity.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';

const listCell = oneOf<SubjectListLine['list']>([
  { value: 'WHITE', words: ['白名单', 'WHITE', '白', 'whitelist'] },
  { value: 'BLACK', words: ['黑名单', 'BLACK', '黑', 'blacklist'] },
]);

export const SUBJECT_LIST_COLUMNS = {
  schoolCode: requiredColumn('学校代码', 'school_code', digits(5)),
  ...DOCUMENT_COLUMNS,
  subjectCode: requiredColumn('科目', 'subject', subjectCell),
  list: requiredColumn('名单', 'list', listCell),
  reason: optionalColumn('原因', 'reason', text(200)),
};

/** Takes in white- and blacklists, one student and subject a line (R-QU-3). */
@Injectable()
export class ImportSubjectLists {
  constructor(
    private readonly importer: Importer,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly lists: SubjectListLineRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * @param command `sitting`: its number; without one, the current sitting
   * @throws NOT_YOUR_ROLE, SITTING_NOT_FOUND, NO_CURRENT_SITTING, and what `Importer` throws
   */
  execute(command: ImportCommand & { sitting?: number }, actor: ImportActor): Promise<ImportResult> {
    if (actor.type === 'STAFF') onlyStaffOf(actor, 'SCHOOL');
    return this.importer.run(command, (reader) => this.intake(reader, command.sitting, actor));
  }

  private async intake(
    reader: Reader,
    sittingNumber: number | undefined,
    actor: ImportActor,
  ): Promise<Intake<typeof SUBJECT_LIST_COLUMNS, SubjectListLine>> {
    const { id: sittingId } = await this.sittings.numbered(reader, sittingNumber);
    const places = await this.schools.places(reader);
    return {
      columns: SUBJECT_LIST_COLUMNS,
      besides: ['考次', '姓名', '学校', '加入时间'],
      keyColumn: 'documentNumber',
      keyOf,
      stored: async (rows) => {
        const lines = await this.lists.ofSchools(reader, sittingId, rows);
        return new Map(lines.map((line) => [keyOf(line), line]));
      },
      check: (row, _before, refuse) => {
        checkSchool(places, actor, row.schoolCode, refuse);
        checkDocument(row, refuse);
      },
      merge: (row, before) => ({
        id: newId(),
        reason: null,
        createdAt: reader.now,
        ...before,
        ...row,
        sittingId,
        provinceCode: row.schoolCode.slice(0, 2),
      }),
      save: async (tx, changes) => {
        const [added, known] = [
          changes.filter(({ before }) => !before),
          changes.filter(({ before }) => before),
        ];
        await this.lists.addAll(
          tx,
          added.map(({ after }) => after),
        );
        await this.lists.save(
          tx,
          known.map(({ after }) => after),
        );
        await this.auditTrail.recordRows(
          tx,
          actor,
          { added: 'subject-list-line.add', edited: 'subject-list-line.edit', changes },
          (line) => {
            const { id: rowId, provinceCode, schoolCode } = line;
            return { rowId, provinceCode, schoolCode, facts: subjectListFacts(line) };
          },
        );
      },
      taken: (tx, result) =>
        this.auditTrail.recordImport(
          tx,
          actor,
          { action: 'subject-list-line.import', rowId: sittingId, ...placeOf(actor) },
          result,
        ),
    };
  }
}

/** A school's line is its own: what another says of the same student is another line (R-AD-1). */
function keyOf(
  line: Pick<SubjectListLine, 'schoolCode' | 'documentType' | 'documentNumber' | 'subjectCode' | 'list'>,
): string {
  return `${line.schoolCode} ${documentKey(line)} ${line.subjectCode} ${line.list}`;
}
