import { later, SECONDS } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';
import type { Cet6Basis, Cet6Verdict } from './cet6-given-decision.js';
import type { Cet6Review } from './cet6-review.entity.js';
import type { NotClean } from './clean-review.rules.js';

/** How long a decision can be taken back before it is made. */
const TIME_TO_TAKE_BACK = 10 * SECONDS;

/** R-CR-6: a decision given now is made then. */
export function finalFrom(givenAt: Date): Date {
  return later(givenAt, TIME_TO_TAKE_BACK);
}

/** R-CR-6: given, and no longer to be taken back. */
export function isDue({ finalAt }: Pick<Cet6Review, 'finalAt'>, now: Date): boolean {
  return finalAt !== null && finalAt <= now;
}

export const REVIEW_ALREADY_DECIDED = refusal(
  'REVIEW_ALREADY_DECIDED',
  409,
  { zh: '该申请已经处理', en: 'The review has been decided' },
  {
    zh: '该申请已经处理过，或考生已重新提交或删除，请刷新后查看。',
    en: 'It has been decided already, or the candidate deleted it since. Look again.',
  },
);
/** R-CR-4: the school decides what is pending, once; a decision that may still be taken back is one. @throws REVIEW_ALREADY_DECIDED */
export function theReviewAwaitsADecision({ state, given }: Pick<Cet6Review, 'state' | 'given'>): void {
  if (state !== 'PENDING' || given) throw REVIEW_ALREADY_DECIDED();
}

const LONGEST_REASON = 300;

export const REJECTION_REASON_INVALID = refusal(
  'REJECTION_REASON_INVALID',
  422,
  { zh: '请填写不通过的原因', en: 'A rejection needs a reason' },
  {
    zh: '复核不通过时须填写原因（300字以内），考生会看到。',
    en: 'Say why it is rejected, in at most 300 characters; the candidate reads it.',
  },
  'reason',
);
/** R-CR-6: who is rejected may resubmit, and so is told why. @throws REJECTION_REASON_INVALID */
export function aRejectionHasAReason(decision: { decision: Cet6Verdict; reason?: string }): void {
  const length = decision.reason?.trim().length ?? 0;
  if (length > LONGEST_REASON || (decision.decision === 'REJECT' && length === 0)) {
    throw REJECTION_REASON_INVALID();
  }
}

export const REVIEW_BASIS_MISSING = refusal(
  'REVIEW_BASIS_MISSING',
  422,
  { zh: '请选择所凭材料', en: 'Say what the approval rests on' },
  {
    zh: '申请与成绩记录或学籍不一致，通过前至少选择一项所凭材料；选择“其他”的，请在备注中写明。',
    en: 'The claim differs from the record or the roster: choose at least one document it is approved on; write OTHER out.',
  },
  'materials',
);
/**
 * R-CR-4: where claim, record and roster are not plainly one person's, the school says what it has seen, and it stands
 * in the trail. @throws REVIEW_BASIS_MISSING
 */
export function anApprovalRestsOnSomething(notClean: NotClean | undefined, basis: Cet6Basis | null): void {
  const isWanting = notClean !== undefined && !basis;
  const isUnsaid = basis?.materials.includes('OTHER') && !basis.note;
  if (isWanting || isUnsaid) throw REVIEW_BASIS_MISSING();
}

export const DECISION_FINAL = refusal(
  'DECISION_FINAL',
  409,
  { zh: '已不能撤回', en: 'It can no longer be taken back' },
  {
    zh: '复核决定在作出10秒后生效，生效后不能撤回；也可能已经撤回。请刷新后查看。',
    en: 'A decision is final ten seconds after it was given, or it has been taken back already. Look again.',
  },
);
/** R-CR-6: within ten seconds, and not twice. @throws DECISION_FINAL */
export function theDecisionCanStillBeTakenBack(
  review: Pick<Cet6Review, 'state' | 'given' | 'finalAt'>,
  now: Date,
): asserts review is Cet6Review & { given: NonNullable<Cet6Review['given']>; finalAt: Date } {
  if (review.state !== 'PENDING' || !review.given || isDue(review, now)) throw DECISION_FINAL();
}

export const DECISION_OF_ANOTHER = refusal(
  'DECISION_OF_ANOTHER',
  409,
  { zh: '不是您作出的决定', en: 'Somebody else has decided it' },
  {
    zh: '复核决定只能由作出决定的老师本人撤回。',
    en: 'Only whoever gave the decision takes it back.',
  },
);
/** R-CR-6: whoever gave it takes it back. @throws DECISION_OF_ANOTHER */
export function theDecisionIsTheirs({ by }: { by: string }, who: string): void {
  if (by !== who) throw DECISION_OF_ANOTHER();
}
