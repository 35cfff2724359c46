import { types } from 'node:util';
import { later, MINUTES } from '../../kernel/clock.js';
import type { PaymentClaim, PaymentGateway, PaymentProof } from './gateways/payment-gateway.js';
import type { PaymentOrder } from './payment-order.entity.js';

/** A platform's clock and ours differ, and some platforms tell whole seconds only. */
const CLOCKS_DIFFER_MS = 15 * MINUTES;
/** What an amount's column holds. */
const MOST_FEN = 2_147_483_647;

const NEEA_ID = /^[0-9A-F]{32}$/;

type Platform = Pick<PaymentGateway, 'methods' | 'tradeNumbers'>;

/** R-PA-6: what each field of a claim must be, whoever says it. */
const HOLDS: {
  readonly [Field in keyof PaymentProof]: (value: unknown, platform: Platform, now: Date) => boolean;
} = {
  neeaId: isNeeaId,
  amountFen: (fen) => typeof fen === 'number' && Number.isInteger(fen) && fen >= 1 && fen <= MOST_FEN,
  tradeNumber: (number, { tradeNumbers }) => typeof number === 'string' && tradeNumbers.test(number),
  method: (method, { methods }) => methods.some(({ code }) => code === method),
  // how early it may be, its order says
  paidAt: (time, _, now) => types.isDate(time) && time <= later(now, CLOCKS_DIFFER_MS),
};
const FIELDS = Object.keys(HOLDS) as (keyof PaymentProof)[];

/** Is it a number of an order, as we give them? */
export function isNeeaId(value: unknown): value is string {
  return typeof value === 'string' && NEEA_ID.test(value);
}

/** The fields of a claim that are missing, of a wrong type or form, or out of range. */
export function faultsIn(claim: PaymentClaim, platform: Platform, now: Date): (keyof PaymentProof)[] {
  return FIELDS.filter((field) => !HOLDS[field](claim[field], platform, now));
}

/** The payment that a claim tells of; undefined unless every field holds. */
export function proofIn(claim: PaymentClaim, platform: Platform, now: Date): PaymentProof | undefined {
  return faultsIn(claim, platform, now).length === 0 ? (claim as PaymentProof) : undefined;
}

/**
 * Nobody pays an order before there is one; but a school transfers first, and gets its orders when that is approved
 * (R-PA-9).
 */
export function isPaidSinceItWasMade(
  order: Pick<PaymentOrder, 'createdAt' | 'batchId'>,
  { paidAt }: Pick<PaymentProof, 'paidAt'>,
): boolean {
  return order.batchId !== null || paidAt >= later(order.createdAt, -CLOCKS_DIFFER_MS);
}
