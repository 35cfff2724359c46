import { refusal } from '../../kernel/domain-error.js';
import { CET4, CET6, type Level, type SubjectCode } from '../../kernel/words.js';
import type { StudentDetails } from '../qualification/index.js';
import { isOpen, type Venue, WINDOW_NOT_OPEN } from '../sitting/index.js';
import type { Enrolment } from './enrolment.entity.js';
import { HOLDS_A_SEAT } from './enrolment.machine.js';
import type { Registration } from './registration.entity.js';

export const NOT_REGISTERED = refusal(
  'NOT_REGISTERED',
  404,
  { zh: '还没有报名信息', en: 'Not registered' },
  {
    zh: '您在本考次还没有报名信息，请先查询并确认资格信息。',
    en: 'You have no registration in this sitting. Query and confirm your record first.',
  },
);

/** A school may have moved it to the account of its owner since it was found. @throws NOT_REGISTERED */
export function theRegistrationIsTheirs(
  registration: Pick<Registration, 'accountId'>,
  accountId: string,
): void {
  if (registration.accountId !== accountId) throw NOT_REGISTERED();
}

export const CONFIRMATION_MISSING = refusal(
  'CONFIRMATION_MISSING',
  422,
  { zh: '请勾选确认', en: 'Confirm both points' },
  {
    zh: '请确认学籍与资格信息正确，并确认绑定的手机号为本人正在使用。',
    en: 'Confirm that the data are right and that the bound number is yours.',
  },
  'recordConfirmed',
);
/** R-QU-6: two ticks — the data are right; the bound number is mine. @throws CONFIRMATION_MISSING */
export function bothPointsAreConfirmed(ticks: { recordConfirmed: boolean; phoneConfirmed: boolean }): void {
  if (!ticks.recordConfirmed) throw CONFIRMATION_MISSING();
  if (!ticks.phoneConfirmed) throw CONFIRMATION_MISSING({ field: 'phoneConfirmed' });
}

/** R-QU-5, R-QU-6: inside the window of the candidate's own campus, that of any of its written subjects. @throws WINDOW_NOT_OPEN */
export function ownCampusIsOpen(
  venues: readonly Pick<Venue, 'campusCode' | 'kind' | 'opensAt' | 'closesAt'>[],
  student: Pick<StudentDetails, 'campusCode'>,
  now: Date,
): void {
  const own = venues.filter(
    ({ campusCode, kind }) => campusCode === student.campusCode && kind === 'WRITTEN',
  );
  if (!own.some((venue) => isOpen(venue, now))) throw WINDOW_NOT_OPEN();
}

/** R-QU-6: one account, one student. The database's unique index is the rule. */
export const ACCOUNT_ALREADY_REGISTERED = refusal(
  'ACCOUNT_ALREADY_REGISTERED',
  409,
  { zh: '本通行证已绑定报名信息', en: 'This account is registered already' },
  {
    zh: '一个通行证账号只能绑定一个考生的报名信息，请查看已有的报名信息。',
    en: 'An account binds one student in a sitting; look at your registration.',
  },
);

/** R-QU-6: one student, one account. The database's unique index is the rule. */
export const RECORD_ALREADY_REGISTERED = refusal(
  'RECORD_ALREADY_REGISTERED',
  409,
  { zh: '该考生已被其他通行证绑定', en: 'This student is registered by another account' },
  {
    zh: '该考生的报名信息已绑定到另一个通行证账号。学校集体报名的考生请用证件号码登录；如被他人占用，请携带证件联系学校老师处理。',
    en: 'Another account holds this student’s registration. If your school enrolled you, sign in with your document number; if somebody else has taken it, show your document at your school.',
  },
);

export const STUDENT_RELEASED = refusal(
  'STUDENT_RELEASED',
  409,
  { zh: '学校已解除该考生与您的账号的绑定', en: 'The school has released this student' },
  {
    zh: '学校核实后解除过该考生的报名绑定。如果您是考生本人，请使用绑定了学校登记手机号的通行证账号报名，或携带证件联系学校老师。',
    en: 'The school has released this student from an account. If it is you, register with an account that has bound the number your school has of you, or show your document at your school.',
  },
);
/** Who confirms a student whom the school has released before, and what is known of both. */
export interface ConfirmingAgain {
  /** Accounts the student was released from: in this sitting, and ever. */
  readonly releasedNow: readonly string[];
  readonly releasedEver: readonly string[];
  readonly accountId: string;
  readonly accountPhone?: string;
  readonly rosterPhone: string | null;
}
/**
 * R-QU-6: whoever knows number and name confirms a student, so one whom the school has released is not confirmed by the
 * account that had taken them, nor, where the roster has a number, by one that has not proven it. @throws STUDENT_RELEASED
 */
export function aReleasedStudentIsProvenTheirs(confirming: ConfirmingAgain): void {
  const { releasedNow, releasedEver, accountId, accountPhone, rosterPhone } = confirming;
  if (rosterPhone !== null && accountPhone === rosterPhone) return;
  if (releasedEver.includes(accountId) || (releasedNow.length > 0 && rosterPhone !== null))
    throw STUDENT_RELEASED();
}

export const HAS_PAID_ENROLMENT = refusal(
  'HAS_PAID_ENROLMENT',
  409,
  { zh: '已有缴费科目', en: 'A subject is paid' },
  {
    zh: '报名信息中有已支付的科目，不能删除。',
    en: 'A subject is paid, so the registration cannot be deleted.',
  },
);
/** R-QU-8: a registration can be deleted while nothing is paid. @throws HAS_PAID_ENROLMENT */
export function nothingIsPaid(enrolments: readonly Pick<Enrolment, 'state'>[]): void {
  if (enrolments.some(({ state }) => state === 'PAID')) throw HAS_PAID_ENROLMENT();
}

export const LEVEL_CONFLICT = refusal(
  'LEVEL_CONFLICT',
  409,
  { zh: '同级别科目仅能报考或候补一科', en: 'One subject per level' },
  {
    zh: '您已报考或正在候补同级别的科目，同级别科目仅能选择一科。',
    en: 'You hold, or wait for, a subject of this level already.',
  },
);

/** What a candidate holds at a level: an enrolment or a place in a queue. */
export interface Holding {
  kind: string;
  level: number;
}

/** Does it hold no subject, and wait for none? */
export function holdsNothing({ levelsHeld }: Pick<Registration, 'levelsHeld'>): boolean {
  return levelsHeld === 0;
}

/** R-WE-2: one subject per level, enrolments and waitlist entries together, written and oral apart. @throws LEVEL_CONFLICT */
export function theLevelIsFree(held: readonly Holding[], wanted: Holding): void {
  if (held.some(({ kind, level }) => kind === wanted.kind && level === wanted.level)) throw LEVEL_CONFLICT();
}

export const ENROLMENT_PAID = refusal(
  'ENROLMENT_PAID',
  409,
  { zh: '该科目已支付', en: 'The subject is paid' },
  { zh: '已支付的科目不能取消或更改。', en: 'A paid subject cannot be given up or changed.' },
);
export const ENROLMENT_ENDED = refusal(
  'ENROLMENT_ENDED',
  409,
  { zh: '该科目报考已失效', en: 'The enrolment has ended' },
  {
    zh: '该科目的报考已失效或已取消，请刷新报名信息后重新选择。',
    en: 'This enrolment has lapsed or was given up; look at your registration again.',
  },
);
/** R-WE-4, R-WE-5, R-OE-2: only what is unpaid can be given up or changed. @throws ENROLMENT_PAID, ENROLMENT_ENDED */
export function enrolmentIsUnpaid({ state }: Pick<Enrolment, 'state'>): void {
  if (state === 'PAID') throw ENROLMENT_PAID();
  if (state !== 'UNPAID') throw ENROLMENT_ENDED();
}

export const LOCKED_BY_SCHOOL = refusal(
  'LOCKED_BY_SCHOOL',
  409,
  { zh: '已被学校集体缴费锁定', en: 'Locked by the school' },
  {
    zh: '该科目已被学校锁定，准备集体缴费，不能取消、更改或自行支付，请联系学校老师。',
    en: 'The school has locked this subject to pay for it collectively; ask your school.',
  },
);
/** R-WE-4, R-PA-9: the school has not locked it for collective payment. @throws LOCKED_BY_SCHOOL */
export function notLockedBySchool({ lockedBySchool }: Pick<Enrolment, 'lockedBySchool'>): void {
  if (lockedBySchool) throw LOCKED_BY_SCHOOL();
}

export const WRITTEN_REQUIRED = refusal(
  'WRITTEN_REQUIRED',
  409,
  { zh: '请先报考同级别笔试', en: 'The written subject comes first' },
  {
    zh: '报考口试须先报考本考次同级别的英语笔试科目。',
    en: 'Enrol in the written English subject of the same level first.',
  },
);
export const WRITTEN_UNPAID = refusal(
  'WRITTEN_UNPAID',
  409,
  { zh: '同级别笔试尚未支付', en: 'The written subject is unpaid' },
  {
    zh: '同级别笔试科目支付成功后，才能报考或支付口试科目。',
    en: 'Pay for the written subject of the same level first.',
  },
);

/** The written subject an oral depends on: 英语四级 for 英语四级口试, 英语六级 for 英语六级口试. */
export function writtenSubjectOf(oralLevel: Level): SubjectCode {
  return oralLevel === 4 ? CET4 : CET6;
}

/**
 * R-OE-1, R-OE-5: the written English subject of the level is enrolled in this sitting and, where asked, paid.
 * @throws WRITTEN_REQUIRED, WRITTEN_UNPAID
 */
export function writtenOfTheLevelIs(
  needed: 'ENROLLED' | 'PAID',
  enrolments: readonly Pick<Enrolment, 'subjectCode' | 'state'>[],
  level: Level,
): void {
  const written = enrolments.find((e) => e.subjectCode === writtenSubjectOf(level) && isLive(e));
  if (!written) throw WRITTEN_REQUIRED();
  if (needed === 'PAID' && written.state !== 'PAID') throw WRITTEN_UNPAID();
}

export const CAMPUS_NOT_ALLOWED = refusal(
  'CAMPUS_NOT_ALLOWED',
  409,
  { zh: '不能在该校区报考', en: 'Not at this campus' },
  {
    zh: '该校区的这一科目不对您所在的学校或校区开放，请选择其他校区。',
    en: 'This campus does not take candidates of your school or campus for this subject.',
  },
);

/** Does it hold its seat? */
export function isLive({ state }: Pick<Enrolment, 'state'>): boolean {
  return HOLDS_A_SEAT.includes(state);
}
