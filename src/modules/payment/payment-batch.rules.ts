import { refusal } from '../../kernel/domain-error.js';
import { type Fen, totalFen, yuanAmount } from '../../kernel/money.js';
import { type Enrolment, enrolmentIsUnpaid } from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';
import type { PaymentBatchState } from './payment-batch.machine.js';
import {
  noDeadlineHasPassed,
  paymentPeriodIsNotOver,
  writtenIsPaidBeforeOral,
} from './payment-order.rules.js';

export const ALREADY_LOCKED = refusal(
  'ALREADY_LOCKED',
  409,
  { zh: '该科目已锁定', en: 'Locked already' },
  {
    zh: '该科目已被锁定为集体缴费，无需再次锁定。',
    en: 'The enrolment is locked for collective payment already.',
  },
);
/** @throws ALREADY_LOCKED */
export function enrolmentIsNotLockedYet({ lockedBySchool }: Pick<Enrolment, 'lockedBySchool'>): void {
  if (lockedBySchool) throw ALREADY_LOCKED();
}

export const NOT_LOCKED = refusal(
  'NOT_LOCKED',
  409,
  { zh: '该科目未锁定', en: 'Not locked' },
  { zh: '该科目没有锁定为集体缴费。', en: 'The enrolment is not locked for collective payment.' },
);
/** @throws NOT_LOCKED */
export function enrolmentIsLocked({ lockedBySchool }: Pick<Enrolment, 'lockedBySchool'>): void {
  if (!lockedBySchool) throw NOT_LOCKED();
}

/**
 * R-PA-9: what the school takes over from the candidate: unpaid, in time, not locked yet.
 * @throws ENROLMENT_PAID, ENROLMENT_ENDED, ALREADY_LOCKED, PAYMENT_PERIOD_OVER, PAYMENT_DEADLINE_PASSED
 */
export function enrolmentCanBeLocked(
  enrolment: Pick<Enrolment, 'state' | 'lockedBySchool' | 'payBy'>,
  sitting: Pick<Sitting, 'paymentEndsAt'>,
  now: Date,
): void {
  enrolmentIsUnpaid(enrolment);
  enrolmentIsNotLockedYet(enrolment);
  paymentPeriodIsNotOver(sitting, now);
  noDeadlineHasPassed([enrolment], now);
}

export const IN_A_PAYMENT_BATCH = refusal(
  'IN_A_PAYMENT_BATCH',
  409,
  { zh: '该科目正在集体缴费', en: 'In a payment batch' },
  {
    zh: '该科目在一个已提交的集体缴费批次中，请先撤回该批次或等待审核结果。',
    en: 'The enrolment is in a submitted payment batch. Withdraw the batch, or wait for its outcome.',
  },
);
/** R-PA-9: what a transfer is paying for is neither unlocked nor paid for twice. @throws IN_A_PAYMENT_BATCH */
export function noBatchHoldsIt(held: boolean): void {
  if (held) throw IN_A_PAYMENT_BATCH();
}

/**
 * R-PA-9: may this enrolment be paid for by a transfer? `live`: all that its registration holds.
 * @throws ENROLMENT_PAID, ENROLMENT_ENDED, NOT_LOCKED, PAYMENT_PERIOD_OVER, PAYMENT_DEADLINE_PASSED, WRITTEN_REQUIRED,
 * WRITTEN_UNPAID, IN_A_PAYMENT_BATCH
 */
export function enrolmentCanBePaidCollectively(
  facts: {
    enrolment: Enrolment;
    live: readonly Enrolment[];
    sitting: Pick<Sitting, 'paymentEndsAt'>;
    inABatch: boolean;
  },
  now: Date,
): void {
  const { enrolment, live, sitting, inABatch } = facts;
  enrolmentIsUnpaid(enrolment);
  enrolmentIsLocked(enrolment);
  noBatchHoldsIt(inABatch);
  paymentPeriodIsNotOver(sitting, now);
  noDeadlineHasPassed([enrolment], now);
  writtenIsPaidBeforeOral([enrolment], live);
}

export const NOTHING_LOCKED_TO_PAY = refusal(
  'NOTHING_LOCKED_TO_PAY',
  409,
  { zh: '没有可以集体缴费的科目', en: 'Nothing to pay collectively' },
  {
    zh: '本校没有已锁定、未支付且未在其他批次中的此类科目，请先在“报考科目”中锁定。',
    en: 'No enrolment of this kind is locked, unpaid and in no other batch. Lock some first.',
  },
);
export const BATCH_AMOUNT_DIFFERS = refusal(
  'BATCH_AMOUNT_DIFFERS',
  409,
  { zh: '金额不一致', en: 'The amounts differ' },
  {
    zh: '填写的转账金额与可缴费科目的合计 {yuan} 元（{count} 科）不一致，可能有科目已变动，请核对后重新提交。',
    en: 'The transfer does not equal the {count} enrolments’ total of {yuan} yuan. Something may have changed; check and submit again.',
  },
  'amountFen',
);
/** R-PA-9: a transfer pays for what it is for, to the fen. @throws NOTHING_LOCKED_TO_PAY, BATCH_AMOUNT_DIFFERS */
export function theTransferPaysForAll(
  enrolments: readonly Pick<Enrolment, 'feeFen'>[],
  amountFen: Fen,
): void {
  if (enrolments.length === 0) throw NOTHING_LOCKED_TO_PAY();
  const total = totalFen(enrolments.map(({ feeFen }) => feeFen));
  if (total !== amountFen)
    throw BATCH_AMOUNT_DIFFERS({ values: { yuan: yuanAmount(total), count: enrolments.length } });
}

/** R-PA-9: one transfer, one batch. The database's unique index is the rule. */
export const TRANSFER_REFERENCE_USED = refusal(
  'TRANSFER_REFERENCE_USED',
  409,
  { zh: '转账凭证号已使用', en: 'Transfer reference used' },
  {
    zh: '该银行转账凭证号已用于另一个集体缴费批次，请核对凭证号。',
    en: 'Another payment batch has this transfer reference. Check the number.',
  },
  'transferReference',
);

export const BATCH_DECIDED = refusal(
  'BATCH_DECIDED',
  409,
  { zh: '该批次已有结果', en: 'The batch is decided' },
  {
    zh: '该集体缴费批次已经审核或撤回，请刷新后查看。',
    en: 'The batch has been decided or withdrawn. Look again.',
  },
);
/** R-PA-9: only what is submitted is decided, once. @throws BATCH_DECIDED */
export function theBatchAwaitsADecision({ state }: { state: PaymentBatchState }): void {
  if (state !== 'SUBMITTED') throw BATCH_DECIDED();
}

export const RECEIVED_AMOUNT_DIFFERS = refusal(
  'RECEIVED_AMOUNT_DIFFERS',
  409,
  { zh: '到账金额不符', en: 'Another amount was received' },
  {
    zh: '到账金额与批次金额不一致，不能审核通过；如确实不符，请驳回该批次并说明原因。',
    en: 'What was received is not the batch’s amount. If so, reject the batch and say why.',
  },
  'receivedFen',
);
/** The second person reads the amount off the bank's statement, not off the batch. @throws RECEIVED_AMOUNT_DIFFERS */
export function theWholeAmountWasReceived({ amountFen }: { amountFen: Fen }, receivedFen: Fen): void {
  if (amountFen !== receivedFen) throw RECEIVED_AMOUNT_DIFFERS();
}
