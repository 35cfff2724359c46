import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { RegistrationRepository, remarkText, WaitlistEntry } from '../../modules/registration/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';
import { candidateColumns, gatherSubjectFacts, type SubjectFacts, venueColumns } from './subject-columns.js';

const STATES: Words = {
  WAITING: { label: '正在候补', colour: 'info' },
  ALLOCATED: { label: '候补成功', colour: 'success' },
  CANCELLED: { label: '考生取消' },
  FAILED: { label: '候补失败', colour: 'danger' },
  CLOSED: { label: '报名结束' },
};

const COLUMNS: readonly ShownColumn<WaitlistEntry, SubjectFacts>[] = [
  ...candidateColumns<WaitlistEntry>(),
  ...venueColumns<WaitlistEntry>('候补'),
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
export class ShownWaitlistEntries implements ShownNoun<WaitlistEntry, SubjectFacts> {
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
    readonly schools: SchoolRepository,
    readonly registrations: RegistrationRepository,
  ) {}

  gather(rows: readonly WaitlistEntry[], reader: Reader): Promise<SubjectFacts> {
    return gatherSubjectFacts(rows, reader, this);
  }
}
