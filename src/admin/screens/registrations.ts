import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { DOCUMENT_TYPES, EDUCATION_LEVELS, GENDERS, SUBJECTS } from '../../kernel/words.js';
import { type Enrolment, Registration } from '../../modules/registration/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { PanelRepository } from '../panel/panel.repository.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  readonly sittingNames: ReadonlyMap<string, string>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
  /** By registration. */
  readonly enrolments: ReadonlyMap<string, readonly Enrolment[]>;
}

const STATES: Words = {
  ACTIVE: { label: '有效', colour: 'success' },
  DELETED: { label: '已删除', colour: 'default' },
};
const DELETION_CAUSES: Words = {
  CANDIDATE: { label: '考生删除' },
  EMPTY: { label: '逾期未报考科目' },
};

const COLUMNS: readonly ShownColumn<Registration, Facts>[] = [
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
    text: ({ details }) => details.name,
    path: 'details.name',
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'documentType',
    label: '证件类型',
    on: ['show'],
    text: ({ details }) => DOCUMENT_TYPES[details.documentType],
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ details }) => details.documentNumber,
    mask: maskDocumentNumber,
    path: 'details.documentNumber',
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  { name: 'gender', label: '性别', on: ['show'], text: ({ details }) => GENDERS[details.gender] },
  {
    name: 'school',
    label: '学校',
    on: ['list', 'show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.school.name ?? details.schoolCode,
  },
  {
    name: 'schoolCode',
    label: '学校代码',
    on: ['show'],
    text: ({ details }) => details.schoolCode,
    path: 'details.schoolCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'campus',
    label: '校区',
    on: ['show'],
    text: ({ details }, { places }) => places.get(details.campusCode)?.campus.name ?? details.campusCode,
  },
  {
    name: 'campusCode',
    label: '校区代码',
    on: ['show'],
    text: ({ details }) => details.campusCode,
    path: 'details.campusCode',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'studentNumber',
    label: '学号',
    on: ['show'],
    text: ({ details }) => details.studentNumber,
    path: 'details.studentNumber',
    search: { by: 'WHOLE', normalise: plainCode },
  },
  {
    name: 'educationLevel',
    label: '学历',
    on: ['show'],
    text: ({ details }) => EDUCATION_LEVELS[details.educationLevel],
  },
  { name: 'duration', label: '学制', on: ['show'], text: ({ details }) => details.duration },
  { name: 'entryYear', label: '入学年份', on: ['show'], text: ({ details }) => details.entryYear },
  { name: 'grade', label: '年级', on: ['show'], text: ({ details }) => details.grade },
  { name: 'college', label: '院系', on: ['show'], text: ({ details }) => details.college },
  { name: 'major', label: '专业', on: ['show'], text: ({ details }) => details.major },
  { name: 'className', label: '班级', on: ['show'], text: ({ details }) => details.className },
  { name: 'remark', label: '备注', on: ['show'], text: ({ details }) => details.remark },
  {
    name: 'subjects',
    label: '报考科目',
    on: ['list', 'show'],
    text: ({ id }, { enrolments }) => enrolments.get(id)?.map(subjectText).join('\n'),
  },
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: STATES },
  },
  {
    name: 'createdAt',
    label: '确认时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    path: 'createdAt',
    search: { by: 'DAYS' },
    sortable: true,
  },
  {
    name: 'deletedAt',
    label: '删除时间',
    on: ['show'],
    text: ({ deletedAt }) => deletedAt && toShanghaiText(deletedAt),
    path: 'deletedAt',
    search: { by: 'DAYS' },
  },
  {
    name: 'deletedBecause',
    label: '删除原因',
    on: ['show'],
    text: ({ deletedBecause }) => deletedBecause,
    path: 'deletedBecause',
    search: { by: 'WORD', words: DELETION_CAUSES },
  },
  sittingFilter(),
];

function subjectText({ subjectCode, state }: Enrolment): string {
  return `${SUBJECTS[subjectCode].name}（${state === 'PAID' ? '已支付' : '未支付'}）`;
}

/** 报名信息, with the student as they were when it was made and the subjects it holds. */
@Injectable()
export class ShownRegistrations implements ShownNoun<Registration, Facts> {
  readonly id = 'registrations';
  readonly name = '报名信息';
  readonly icon = 'Users';
  readonly entity = Registration;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL_TO_SCHOOLS' } as const;
  readonly scopedBy = { provinceCode: 'details.provinceCode', schoolCode: 'details.schoolCode' };
  readonly columns = COLUMNS;

  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly panel: PanelRepository,
  ) {}

  async gather(rows: readonly Registration[], reader: Reader): Promise<Facts> {
    const campusCodes = rows.map(({ details }) => details.campusCode);
    const ids = rows.map(({ id }) => id);
    const [sittings, places, enrolments] = await Promise.all([
      this.sittings.all(reader),
      this.schools.names(reader, campusCodes),
      this.panel.liveEnrolments(reader, ids),
    ]);
    return { sittingNames: new Map(sittings.map(({ id, name }) => [id, name])), places, enrolments };
  }
}
