import { refusal } from '../../kernel/domain-error.js';
import type { Account } from '../passport/index.js';
import type { Registration } from '../registration/index.js';
import type { OwnerChange, OwnerProof } from './owner-change.entity.js';

export const REGISTRATION_ENDED = refusal(
  'REGISTRATION_ENDED',
  409,
  { zh: '该报名信息已失效', en: 'The registration has ended' },
  {
    zh: '该报名信息已删除或已移交，请刷新后查看。',
    en: 'The registration has been deleted or moved. Look again.',
  },
);
/** @throws REGISTRATION_ENDED */
export function theRegistrationIsLive(
  registration: Registration | null | undefined,
): asserts registration is Registration {
  if (registration?.state !== 'ACTIVE') throw REGISTRATION_ENDED();
}

export const PAID_IS_MOVED = refusal(
  'PAID_IS_MOVED',
  409,
  { zh: '已有缴费科目，只能移交', en: 'A subject is paid: move it' },
  {
    zh: '报名信息中有已支付或正在集体缴费的科目，不能解除绑定。请使用“移交报名信息”，由另一位工作人员确认后移交给考生本人的账号。',
    en: 'A subject is paid, or in a payment batch, so the student cannot be released. Move the registration to its owner’s account, which a second member of staff confirms.',
  },
);
/** Money that has come, or is on its way, is nobody’s to give up: it goes along with its registration. @throws PAID_IS_MOVED */
export function nothingOfItIsPaid(somethingIsPaid: boolean): void {
  if (somethingIsPaid) throw PAID_IS_MOVED();
}

export const OWNER_NOT_PROVEN = refusal(
  'OWNER_NOT_PROVEN',
  409,
  { zh: '不能确认账号属于考生本人', en: 'Nothing proves the account the student’s' },
  {
    zh: '没有绑定该手机号、且能确认属于考生本人的通行证账号。该手机号须与学籍中登记的一致；不一致的，须当面核验考生证件并勾选确认，且考生已用绑定该手机号的账号登录并查询过本人的资格信息。',
    en: 'No account that has bound this number is proven the student’s. It must be the roster’s number; otherwise the student shows a document in person, and has looked themselves up with that account.',
  },
  'phone',
);
/** What is known of the account that is said to be the student's. */
export interface OwnerFacts {
  readonly account?: Pick<Account, 'id' | 'phone'> | null;
  readonly rosterPhone: string | null;
  /** Whom the account has looked up last in the sitting. */
  readonly lookedUpRecordId?: string;
  readonly recordId: string;
  /** The school says that it has checked the person's document. */
  readonly inPerson: boolean;
}
/**
 * A registration moves only to an account that is proven its student's: by the number on the roster, which the account
 * has proven by a code; or by a document shown in person, together with the account's own look-up of this student, so
 * that no slip of the pen hands it to a stranger. One refusal for every cause: nobody learns who has an account (R-PP-8).
 * @throws OWNER_NOT_PROVEN
 */
export function theAccountIsProvenTheStudents(facts: OwnerFacts): OwnerProof {
  const { account, rosterPhone, lookedUpRecordId, recordId, inPerson } = facts;
  if (account?.phone && account.phone === rosterPhone) return 'ROSTER_PHONE';
  if (account?.phone && inPerson && lookedUpRecordId === recordId) return 'IN_PERSON';
  throw OWNER_NOT_PROVEN();
}

export const OWNER_HAS_IT = refusal(
  'OWNER_HAS_IT',
  409,
  { zh: '报名信息已在该账号', en: 'The account has it already' },
  {
    zh: '报名信息已绑定在该手机号的通行证账号上，无需移交。',
    en: 'The registration is bound to the account of this number already.',
  },
  'phone',
);
export const OWNER_REGISTERED_ALREADY = refusal(
  'OWNER_REGISTERED_ALREADY',
  409,
  { zh: '该账号本考次已有报名信息', en: 'The account has a registration of its own' },
  {
    zh: '该手机号的通行证账号在本考次已有另一份报名信息，须先由持有人删除，才能移交。',
    en: 'The account of this number has another registration in this sitting, which its holder deletes first.',
  },
  'phone',
);
/** R-QU-6: one account, one student. @throws OWNER_HAS_IT, OWNER_REGISTERED_ALREADY */
export function theAccountIsFreeForIt(
  registration: Pick<Registration, 'accountId'>,
  accountId: string,
  held: object | null,
): void {
  if (registration.accountId === accountId) throw OWNER_HAS_IT();
  if (held) throw OWNER_REGISTERED_ALREADY();
}

/** The database's unique index is the rule. */
export const OWNER_CHANGE_WAITING = refusal(
  'OWNER_CHANGE_WAITING',
  409,
  { zh: '已有申请待确认', en: 'A request waits already' },
  {
    zh: '该账号已有一项归属申请等待另一位工作人员确认，请先在“报名归属”中确认、驳回或撤回。',
    en: 'A request about this account waits for a second member of staff. Have it decided or withdraw it first.',
  },
);

export const OWNER_CHANGE_DECIDED = refusal(
  'OWNER_CHANGE_DECIDED',
  409,
  { zh: '该申请已有结果', en: 'The request is decided' },
  {
    zh: '该归属申请已经确认、驳回或撤回，请刷新后查看。',
    en: 'The request has been decided or withdrawn. Look again.',
  },
);
/** Only what is requested is decided, once. @throws OWNER_CHANGE_DECIDED */
export function theChangeAwaitsADecision({ state }: Pick<OwnerChange, 'state'>): void {
  if (state !== 'REQUESTED') throw OWNER_CHANGE_DECIDED();
}

export const OWNER_CHANGE_OUTDATED = refusal(
  'OWNER_CHANGE_OUTDATED',
  409,
  { zh: '情况已变化', en: 'Things have changed' },
  {
    zh: '提交申请后，该报名信息已删除、已移交，或账号已变化，不能再确认。请驳回，如仍需处理请重新提交。',
    en: 'The registration or the account has changed since this was requested. Reject it, and request it anew if need be.',
  },
);
/** What is confirmed is what was requested: this registration, from this account. @throws OWNER_CHANGE_OUTDATED */
export function itIsStillAsRequested(
  change: Pick<OwnerChange, 'fromAccountId'>,
  registration: Pick<Registration, 'accountId'> | null,
): asserts registration is Registration {
  if (registration?.accountId !== change.fromAccountId) throw OWNER_CHANGE_OUTDATED();
}

export const NO_ACCOUNT_TO_RESET = refusal(
  'NO_ACCOUNT_TO_RESET',
  409,
  { zh: '没有可以重置的账号', en: 'No account to reset' },
  {
    zh: '只能重置本校集体报名为该考生开通的通行证账号。考生自己注册的账号、其他学校开通的账号不能重置；报名信息被他人占用的，请解除绑定或移交。',
    en: 'Only an account that a list of this school has opened for the student is reset. If somebody else holds the registration, release or move it.',
  },
);
/** What is known of the account that signs in by the student's document. */
export interface ResetFacts {
  readonly account: Pick<Account, 'loginDocumentType' | 'openedBySchoolCode'> | null;
  readonly student: { readonly documentType: string; readonly schoolCode: string; readonly recordId: string };
  /** What the account holds in the sitting. */
  readonly registration: Pick<Registration, 'recordId' | 'details'> | null;
}
/**
 * A school puts back what it has opened itself, and what holds nothing but this student of its own: another school's
 * roster line gives nobody the key to somebody's account. @throws NO_ACCOUNT_TO_RESET
 */
export function theAccountIsTheSchoolsToReset({ account, student, registration }: ResetFacts): void {
  const opened =
    account?.openedBySchoolCode === student.schoolCode && account.loginDocumentType === student.documentType;
  const holdsAnother =
    registration !== null &&
    (registration.recordId !== student.recordId || registration.details.schoolCode !== student.schoolCode);
  if (!opened || holdsAnother) throw NO_ACCOUNT_TO_RESET();
}

export const STUDENT_PHONE_NEEDED = refusal(
  'STUDENT_PHONE_NEEDED',
  422,
  { zh: '请填写考生本人的手机号', en: 'The student’s number is needed' },
  {
    zh: '已有缴费科目，或集体报名的时间已过，重置后只有收到短信验证码的人才能登录。请填写经核验的考生本人手机号。',
    en: 'A subject is paid, or the list has ended: after the reset only who receives a code comes in. Give the student’s own number, as checked.',
  },
  'phone',
);
/** The initial password alone would let the next stranger in to what is paid for. @throws STUDENT_PHONE_NEEDED */
export function theStudentIsReachedWhereNeeded(
  phone: string | null,
  { somethingIsPaid, listIsOpen }: { somethingIsPaid: boolean; listIsOpen: boolean },
): void {
  if (phone === null && (somethingIsPaid || !listIsOpen)) throw STUDENT_PHONE_NEEDED();
}
