import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { yuanAmount } from '../../kernel/money.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { SUBJECTS, type SubjectCode } from '../../kernel/words.js';
import { type AuditedFacts, AuditLine } from '../../modules/audit/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { COMPONENTS } from '../components.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { staffIdIn } from '../staff/staff.entity.js';
import { StaffRepository } from '../staff/staff.repository.js';
import { AUDIT_FACTS, AUDIT_VALUES, auditActionWords } from './audit-words.js';

interface Facts {
  /** By staff id. */
  readonly staffNames: ReadonlyMap<string, string>;
  /** By school code. */
  readonly schoolNames: ReadonlyMap<string, string>;
}

const ACTIONS: Words = auditActionWords();

const COLUMNS: readonly ShownColumn<AuditLine, Facts>[] = [
  {
    name: 'happenedAt',
    label: '时间',
    on: ['list', 'show'],
    text: ({ happenedAt }) => toShanghaiText(happenedAt),
    path: 'happenedAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'actor',
    label: '操作人',
    on: ['list', 'show'],
    text: ({ actor }, { staffNames }) => actorName(actor, staffNames),
  },
  {
    name: 'action',
    label: '操作',
    on: ['list', 'show'],
    text: ({ action }) => action,
    path: 'action',
    search: { by: 'WORD', words: ACTIONS },
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ schoolCode }, { schoolNames }) => schoolCode && (schoolNames.get(schoolCode) ?? schoolCode),
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'rowId',
    label: '记录编号',
    on: ['show'],
    text: ({ rowId }) => rowId,
    path: 'rowId',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'changes',
    label: '变更内容',
    on: ['show'],
    text: ({ factsBefore, factsAfter }) => changes(factsBefore, factsAfter),
    drawnBy: COMPONENTS.beforeAfter,
  },
];

/** 操作记录: who changed what, when, and what stood there before (R-AD-2). R-AD gives it to central staff. */
@Injectable()
export class ShownAuditLines implements ShownNoun<AuditLine, Facts> {
  readonly id = 'audit-lines';
  readonly name = '操作记录';
  readonly icon = 'FileText';
  readonly section = 'OFFICE';
  readonly entity = AuditLine;
  readonly seenBy = ['CENTRAL'] as const;
  readonly exported = { by: ['CENTRAL'], numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;

  constructor(
    private readonly staff: StaffRepository,
    private readonly schools: SchoolRepository,
  ) {}

  async gather(rows: readonly AuditLine[], reader: Reader): Promise<Facts> {
    const staffIds = rows.map(({ actor }) => staffIdIn(actor)).filter((id) => id !== undefined);
    const schoolCodes = rows.map(({ schoolCode }) => schoolCode).filter((code) => code !== null);
    const [staffNames, schools] = await Promise.all([
      this.staff.names(reader, staffIds),
      this.schools.schools(reader, schoolCodes),
    ]);
    return { staffNames, schoolNames: new Map(schools.map(({ code, name }) => [code, name])) };
  }
}

function actorName(label: string, staffNames: ReadonlyMap<string, string>): string {
  const id = staffIdIn(label);
  if (id !== undefined) return staffNames.get(id) ?? '已删除的账号';
  return label.startsWith('SYSTEM cet ') ? '命令行' : '系统';
}

/** A line for each fact: its name, what stood there, what stands there; tabs between them. */
function changes(before: AuditedFacts | null, after: AuditedFacts | null): string {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((name) => [AUDIT_FACTS[name] ?? name, said(name, before?.[name]), said(name, after?.[name])])
    .map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function said(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return name.endsWith('Fen') ? yuanAmount(value) : String(value);
  if (Array.isArray(value)) return value.map((one) => said(name, one)).join('、');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([inner, fact]) => `${AUDIT_FACTS[inner] ?? inner} ${said(inner, fact)}`)
      .join('；');
  const text = String(value);
  if (TIME.test(text)) return toShanghaiText(new Date(text));
  if (name === 'subjectCode') return SUBJECTS[text as SubjectCode]?.name ?? text;
  return AUDIT_VALUES[text] ?? text;
}
