import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { maskDocumentNumber, normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import {
  Registration,
  RegistrationRepository,
  remarkText,
  WaitlistEntry,
} from '../../modules/registration/index.js';
import { type CampusNames, SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { atVenue, placeName, SUBJECT_WORDS, trimmed } from './enrolments.js';
import { sittingFilter } from './sitting-filter.js';

interface Facts {
  /** By registration. */
  readonly registrations: ReadonlyMap<string, Registration>;
  /** By campus code. */
  readonly places: ReadonlyMap<string, CampusNames>;
}

const STATES: Words = {
  WAITING: { label: '正在候补', colour: 'info' },
  ALLOCATED: { label: '候补成功', colour: 'success' },
  CANCELLED: { label: '考生取消' },
  FAILED: { label: '候补失败', colour: 'danger' },
  CLOSED: { label: '报名结束' },
};

const ofRegistration = { entity: Registration, by: 'registrationId' } as const;

const COLUMNS: readonly ShownColumn<WaitlistEntry, Facts>[] = [
  {
    name: 'name',
    label: '姓名',
    on: ['list', 'show'],
    text: ({ registrationId }, { registrations }) => registrations.get(registrationId)?.details.name,
    path: 'details.name',
    through: ofRegistration,
    search: { by: 'PART', normalise: normaliseName },
  },
  {
    name: 'documentNumber',
    label: '证件号码',
    on: ['list', 'show'],
    text: ({ registrationId }, { registrations }) =>
      registrations.get(registrationId)?.details.documentNumber,
    mask: maskDocumentNumber,
    path: 'details.documentNumber',
    through: ofRegistration,
    search: { by: 'WHOLE', normalise: normaliseDocumentNumber },
  },
  {
    name: 'subject',
    label: '科目',
    on: ['list', 'show'],
    text: ({ subjectCode }) => subjectCode,
    path: 'subjectCode',
    search: { by: 'WORD', words: SUBJECT_WORDS },
  },
  {
    name: 'campus',
    label: '候补校区',
    on: ['list', 'show'],
    text: ({ campusCode }, { places }) => placeName(campusCode, places),
  },
  {
    name: 'campusCode',
    label: '候补校区代码',
    on: ['show'],
    text: ({ campusCode }) => campusCode,
    path: 'campusCode',
    through: atVenue,
    search: { by: 'WHOLE', normalise: trimmed },
  },
  {
    name: 'schoolCode',
    label: '候补学校代码',
    on: [],
    text: ({ schoolCode }) => schoolCode,
    path: 'schoolCode',
    through: atVenue,
    search: { by: 'WHOLE', normalise: trimmed },
  },
  {
    name: 'provinceCode',
    label: '候补省份代码',
    on: [],
    text: ({ provinceCode }) => provinceCode,
    path: 'provinceCode',
    through: atVenue,
    search: { by: 'WHOLE', normalise: trimmed },
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
    name: 'remark',
    label: '候补备注',
    on: ['list', 'show'],
    text: ({ remark }) => remark && remarkText(remark).zh,
  },
  {
    name: 'submittedAt',
    label: '提交时间',
    on: ['list', 'show'],
    text: ({ submittedAt }) => toShanghaiText(submittedAt),
    // ids made later sort later, and need no index of their own
    path: 'id',
    sortable: true,
  },
  {
    name: 'endedAt',
    label: '结束时间',
    on: ['list', 'show'],
    text: ({ endedAt }) => endedAt && toShanghaiText(endedAt),
  },
  sittingFilter(),
];

/** 候补: which of one's students wait, or waited, for seats, wherever they are (R-WL-7, R-AD-1). */
@Injectable()
export class ShownWaitlistEntries implements ShownNoun<WaitlistEntry, Facts> {
  readonly id = 'waitlist-entries';
  readonly name = '候补';
  readonly icon = 'Clock';
  readonly entity = WaitlistEntry;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'MASKED' } as const;
  readonly scopedBy = { provinceCode: 'candidateProvinceCode', schoolCode: 'candidateSchoolCode' };
  readonly columns = COLUMNS;

  constructor(
    private readonly schools: SchoolRepository,
    private readonly registrations: RegistrationRepository,
  ) {}

  async gather(rows: readonly WaitlistEntry[], reader: Reader): Promise<Facts> {
    const [registrations, places] = await Promise.all([
      this.registrations.byIds(
        reader,
        rows.map(({ registrationId }) => registrationId),
      ),
      this.schools.names(
        reader,
        rows.map(({ campusCode }) => campusCode),
      ),
    ]);
    return { registrations, places };
  }
}
