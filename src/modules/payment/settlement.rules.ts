import type { PaymentProof } from './gateways/payment-gateway.js';
import { isPaidSinceItWasMade } from './payment-claim.rules.js';
import type { PaymentOrder } from './payment-order.entity.js';
import type { PaymentOrderLine } from './payment-order-line.entity.js';

/**
 * What became of a payment we were told about (R-PA-6, R-PA-7): applied to its enrolments; known already; taken but
 * not to be applied, so the money is to go back; and where nothing changed: a wrong amount, a foreign order, a trade
 * that has paid another order, a field that does not hold, an unproven sender.
 */
export type Verdict =
  | 'APPLIED'
  | 'DUPLICATE'
  | 'ESCALATED'
  | 'WRONG_AMOUNT'
  | 'UNKNOWN_ORDER'
  | 'FOREIGN_TRADE'
  | 'MALFORMED'
  | 'BAD_SIGNATURE';

/** Is the platform told that we have understood? Otherwise it sends again. */
export function isAccepted(verdict: Verdict): boolean {
  return verdict === 'APPLIED' || verdict === 'DUPLICATE' || verdict === 'ESCALATED';
}

/** What a payment names as its order: ours, of the platform that says so, and the payments of it we know already. */
export type OrderPaidFor = Pick<PaymentOrder, 'state' | 'gateway' | 'amountFen' | 'createdAt' | 'batchId'> & {
  /** The platform's own numbers of them. */
  trades: readonly string[];
};

/** What is known of a payment beside the order it names. */
export interface PaymentFacts {
  /** Do all lines of the order still stand as unpaid enrolments? */
  payable: boolean;
  /** Has its trade paid another order of that platform? */
  tradeIsForeign: boolean;
}

/** R-PA-6, R-PA-7. */
export function verdictOn(
  order: OrderPaidFor | null,
  { payable, tradeIsForeign }: PaymentFacts,
  payment: Pick<PaymentProof, 'amountFen' | 'tradeNumber' | 'paidAt'> & { gateway: string },
): Exclude<Verdict, 'BAD_SIGNATURE'> {
  if (!order || order.gateway !== payment.gateway) return 'UNKNOWN_ORDER';
  if (tradeIsForeign) return 'FOREIGN_TRADE';
  if (!isPaidSinceItWasMade(order, payment)) return 'MALFORMED';
  if (order.amountFen !== payment.amountFen) return 'WRONG_AMOUNT';
  if (order.state === 'OPEN') return payable ? 'APPLIED' : 'ESCALATED';
  // the same trade again is old news; another one is a second payment of the same order
  return order.trades.includes(payment.tradeNumber) ? 'DUPLICATE' : 'ESCALATED';
}

/** An enrolment as far as an order holds it. */
interface HeldEnrolment {
  id: string;
  state: string;
  subjectCode: string;
  campusCode: string;
  feeFen: number;
}

/** Does every line still stand as an unpaid enrolment in the same subject and campus, at the same fee? */
export function allLinesArePayable(
  lines: readonly Omit<PaymentOrderLine, 'orderId' | 'reportForm'>[],
  enrolments: readonly HeldEnrolment[],
): boolean {
  return lines.every((line) =>
    enrolments.some(
      (enrolment) =>
        enrolment.id === line.enrolmentId &&
        enrolment.state === 'UNPAID' &&
        enrolment.subjectCode === line.subjectCode &&
        enrolment.campusCode === line.campusCode &&
        enrolment.feeFen === line.feeFen,
    ),
  );
}
