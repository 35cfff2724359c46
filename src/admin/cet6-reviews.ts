import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../kernel/document-number.js';
import { normaliseName } from '../kernel/person-name.js';
import { DOCUMENT_TYPES } from '../kernel/words.js';
import { Cet6Review } from '../modules/qualification/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../modules/sitting/index.js';
import type { Reader } from '../platform/database/unit-of-work.js';
import type { ShownColumn, ShownNoun, Words } from './shown-noun.js';
import { StaffRepository } from './staff.repository.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By staff id. */
  readonly staffNames: ReadonlyMap<string, string>;
}

const STATES: Words = {
  PENDING: { label: '未复核', colour: 'info' },
  APPROVED: { label: '通过', colour: 'success' },
  REJECTED: { label: '未通过', colour: 'danger' },
  DELETED: { label: '考生已删除', colour: 'default' },
};

const trimmed = (text: string) => text.trim();

const COLUMNS: readonly ShownColumn<Cet6Review, Facts>[] = [
  {
    name: 'sitting',
    label: '考次',
    on: ['show'],
    text: ({ sittingId }, { sittingNames }) => sittingNames.get(sittingId),
  },
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ name }) => name,
    path: 'name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ documentType }) => DOCUMENT_TYPES[documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ documentNumber }) => documentNumber,
    mask: maskDocumentNumber,
    path: 'documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'ticketNumber',
    label: '四级准考证号',
    on: ['list', 'show'],
    text: ({ ticketNumber }) => ticketNumber,
    path: 'ticketNumber',
    search: { by: 'WHOLE', normalise: trimmed },
  },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ campusCode, schoolCode }, { places }) => places.get(campusCode)?.school.name ?? schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    search: { by: 'WHOLE', normalise: trimmed },
  },
  {
    name: 'campus',
    label: '校区',
    on: ['show'],
    text: ({ campusCode }, { places }) => places.get(campusCode)?.campus.name ?? campusCode,
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  { name: 'submissions', label: '提交次数', on: ['list', 'show'], text: ({ submissions }) => submissions },
  {
    name: 'submittedAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ submittedAt }) => toShanghaiText(submittedAt),
    path: 'submittedAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'decidedAt',
    label: '复核时间',
    on: ['show'],
    text: ({ decidedAt }) => decidedAt && toShanghaiText(decidedAt),
  },
  {
    name: 'decidedBy',
    label: '复核人',
    on: ['show'],
    text: ({ decidedBy }, { staffNames }) =>
      decidedBy && (staffNames.get(staffIdIn(decidedBy) ?? '') ?? '系统自动比对'),
  },
  { name: 'reason', label: '未通过原因', on: ['show'], text: ({ reason }) => reason },
];

/** The id in `STAFF 0193…`, as `actorLabel` writes it. */
function staffIdIn(label: string): string | undefined {
  return /^STAFF (.+)$/.exec(label)?.[1];
}

/** CET6资格复核: claims to have passed CET4, for the school to decide (R-CR). */
@Injectable()
export class ShownCet6Reviews implements ShownNoun<Cet6Review, Facts> {
  readonly id = 'cet6-reviews';
  readonly name = 'CET6资格复核';
  readonly icon = 'CheckSquare';
  readonly entity = Cet6Review;
  readonly scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
  readonly columns = COLUMNS;

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly staff: StaffRepository,
  ) {}

  async gather(rows: readonly Cet6Review[], reader: Reader): Promise<Facts> {
    const campusCodes = rows.map(({ campusCode }) => campusCode);
    const staffIds = rows.map(({ decidedBy }) => staffIdIn(decidedBy ?? '')).filter((id) => id !== undefined);
    const [sittings, places, staffNames] = await Promise.all([
      this.sittings.all(reader),
      this.schools.names(reader, campusCodes),
      this.staff.names(reader, staffIds),
    ]);
    return { sittingNames: new Map(sittings.map(({ id, name }) => [id, name])), places, staffNames };
  }
}
