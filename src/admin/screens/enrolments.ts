import { Injectable } from '@nestjs/common';
import { toShanghaiText } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/domain-error.js';
import { yuanAmount } from '../../kernel/money.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { ENROLLED_BY, REPORT_FORMS, SUBJECTS } from '../../kernel/words.js';
import { LockEnrolment, UnlockEnrolment } from '../../modules/payment/index.js';
import { Enrolment, RegistrationRepository } from '../../modules/registration/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { nounAction, type Outcome } from '../panel/noun-action.js';
import { EVERY_ROLE } from '../panel/panel-user.js';
import type { ShownColumn, ShownNoun, Words } from '../panel/shown-noun.js';
import { sittingFilter } from './sitting-filter.js';
import {
  candidateColumns,
  gatherSubjectFacts,
  ofRegistration,
  type SubjectFacts,
  venueColumns,
} from './subject-columns.js';

export const ENROLMENT_WORDS: Words = {
  UNPAID: { label: '未支付', colour: 'info' },
  PAID: { label: '已支付', colour: 'success' },
  LAPSED: { label: '逾期取消' },
  GIVEN_UP: { label: '考生取消' },
  REFUNDED: { label: '已退款' },
  SEATED: { label: '占用考位（未支付和已支付）', anyOf: ['UNPAID', 'PAID'] },
};
const LOCK_WORDS: Words = { 1: { label: '已锁定', colour: 'danger' }, 0: { label: '未锁定' } };
const ENROLLED_BY_WORDS: Words = {
  CANDIDATE: { label: ENROLLED_BY.CANDIDATE },
  SCHOOL: { label: ENROLLED_BY.SCHOOL, colour: 'info' },
};

const COLUMNS: readonly ShownColumn<Enrolment, SubjectFacts>[] = [
  ...candidateColumns<Enrolment>(),
  {
    name: 'studentNumber',
    label: '学号',
    on: ['show'],
    text: ({ registrationId }, { registrations }) => registrations.get(registrationId)?.details.studentNumber,
    path: 'details.studentNumber',
    through: ofRegistration,
    search: { by: 'WHOLE', normalise: plainCode },
  },
  ...venueColumns<Enrolment>('考试'),
  {
    name: 'state',
    label: '状态',
    on: ['list', 'show'],
    text: ({ state }) => state,
    path: 'state',
    search: { by: 'WORD', words: ENROLMENT_WORDS },
  },
  {
    name: 'locked',
    label: '集体缴费',
    on: ['list', 'show'],
    text: ({ lockedBySchool }) => (lockedBySchool ? '1' : '0'),
    path: 'lockedBySchool',
    search: { by: 'WORD', words: LOCK_WORDS },
  },
  {
    name: 'enrolledBy',
    label: '报考方式',
    on: ['show'],
    text: ({ enrolledBy }) => enrolledBy,
    path: 'enrolledBy',
    search: { by: 'WORD', words: ENROLLED_BY_WORDS },
  },
  { name: 'fee', label: '费用（元）', on: ['show'], text: ({ feeFen }) => yuanAmount(feeFen) },
  {
    name: 'reportForm',
    label: '成绩报告单',
    on: ['show'],
    text: ({ reportForm }) => reportForm && REPORT_FORMS[reportForm],
    // the candidate's own to choose, and nothing here is decided on it
    settled: () => null,
  },
  {
    name: 'payBy',
    label: '支付截止',
    on: ['list', 'show'],
    text: ({ state, payBy }) => (state === 'UNPAID' ? toShanghaiText(payBy) : undefined),
  },
  { name: 'ticketNumber', label: '准考证号', on: ['show'], text: ({ ticketNumber }) => ticketNumber },
  {
    name: 'createdAt',
    label: '报考时间',
    on: ['list', 'show'],
    text: ({ createdAt }) => toShanghaiText(createdAt),
    // ids made later sort later, and need no index of their own
    path: 'id',
    sortable: true,
  },
  { name: 'paidAt', label: '支付时间', on: ['show'], text: ({ paidAt }) => paidAt && toShanghaiText(paidAt) },
  {
    name: 'endedAt',
    label: '结束时间',
    on: ['show'],
    text: ({ endedAt }) => endedAt && toShanghaiText(endedAt),
    path: 'endedAt',
    search: { by: 'DAYS' },
  },
  sittingFilter(),
];

/** 报考科目: what one's students hold or held, and the school's locks on it (R-PA-9). */
@Injectable()
export class ShownEnrolments implements ShownNoun<Enrolment, SubjectFacts> {
  readonly id = 'enrolments';
  readonly name = '报考科目';
  readonly icon = 'Edit3';
  readonly entity = Enrolment;
  readonly section = 'REGISTRATION';
  readonly seenBy = EVERY_ROLE;
  readonly exported = { by: EVERY_ROLE, numbers: 'IN_FULL_TO_SCHOOLS' } as const;
  readonly scopedBy = { provinceCode: 'candidateProvinceCode', schoolCode: 'candidateSchoolCode' };
  readonly columns = COLUMNS;
  readonly actions = [
    nounAction<Enrolment>({
      name: 'lock',
      label: '锁定，由学校集体缴费',
      icon: 'Lock',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '锁定后考生不能取消、更改或自行支付，未支付的订单会先在支付平台关闭；锁定的科目保留到缴费时间结束（未设置的，保留到考试）。',
      done: '所选科目已锁定',
      run: (_input, { rows, user, asShown }) =>
        this.each(rows, '锁定', ({ id: enrolmentId }) =>
          this.lockEnrolment.execute({ enrolmentId, asShown: (tx) => asShown(tx, enrolmentId) }, user.actor),
        ),
    }),
    nounAction<Enrolment>({
      name: 'unlock',
      label: '解除锁定',
      icon: 'Unlock',
      on: 'ROWS',
      roles: ['SCHOOL'],
      text: '解除后由考生自行支付，支付时限从现在重新计算。已提交集体缴费的科目须先撤回批次。',
      done: '所选科目已解除锁定',
      run: (_input, { rows, user, asShown }) =>
        this.each(rows, '解除锁定', ({ id: enrolmentId }) =>
          this.unlockEnrolment.execute(
            { enrolmentId, asShown: (tx) => asShown(tx, enrolmentId) },
            user.actor,
          ),
        ),
    }),
  ];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    readonly schools: SchoolRepository,
    readonly registrations: RegistrationRepository,
    private readonly lockEnrolment: LockEnrolment,
    private readonly unlockEnrolment: UnlockEnrolment,
  ) {}

  gather(rows: readonly Enrolment[], reader: Reader): Promise<SubjectFacts> {
    return gatherSubjectFacts(rows, reader, this);
  }

  /** Each by itself: what cannot be done is listed with its reason, the rest is done. */
  private async each(
    rows: readonly Enrolment[],
    verb: string,
    work: (row: Enrolment) => Promise<void>,
  ): Promise<Outcome | undefined> {
    const refused: { row: Enrolment; why: string }[] = [];
    for (const row of rows) {
      try {
        await work(row);
      } catch (error) {
        // one row is asked about like any other form
        if (!(error instanceof DomainError) || rows.length === 1) throw error;
        refused.push({ row, why: error.detail('zh') });
      }
    }
    if (refused.length === 0) return undefined;
    const names = await this.registrations.byIds(
      this.unitOfWork.read(),
      refused.map(({ row }) => row.registrationId),
    );
    return {
      message: `已${verb} ${rows.length - refused.length} 科，${refused.length} 科不能${verb}`,
      lines: {
        columns: ['姓名', '科目', '原因'],
        rows: refused.map(({ row, why }) => [
          names.get(row.registrationId)?.details.name ?? '',
          SUBJECTS[row.subjectCode].name,
          why,
        ]),
      },
    };
  }
}
