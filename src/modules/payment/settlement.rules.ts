import type { PaymentProof } from './gateways/payment-gateway.js';
import type { PaymentOrder } from './payment-order.entity.js';
import type { PaymentOrderLine } from './payment-order-line.entity.js';

/**
 * What became of a payment we were told about (R-PA-6, R-PA-7): applied to its enrolments; known already; taken but
 * not to be applied, so the money is to go back; a wrong amount, a foreign order, an unproven sender: nothing changed.
 */
export type Verdict =
  | 'APPLIED'
  | 'DUPLICATE'
  | 'ESCALATED'
  | 'WRONG_AMOUNT'
  | 'UNKNOWN_ORDER'
  | 'BAD_SIGNATURE';

/** Is the platform told that we have understood? Otherwise it sends again. */
export function isAccepted(verdict: Verdict): boolean {
  return verdict === 'APPLIED' || verdict === 'DUPLICATE' || verdict === 'ESCALATED';
}

/** What a payment names as its order: ours, of the platform that says so, and the payments of it we know already. */
export type OrderPaidFor = Pick<PaymentOrder, 'state' | 'gateway' | 'amountFen'> & {
  /** The platform's own numbers of them. */
  trades: readonly string[];
};

/** R-PA-6, R-PA-7. `payable`: do all lines of the order still stand as unpaid enrolments? */
export function verdictOn(
  order: OrderPaidFor | null,
  payable: boolean,
  payment: Pick<PaymentProof, 'amountFen' | 'tradeNumber'> & { gateway: string },
): Exclude<Verdict, 'BAD_SIGNATURE'> {
  if (!order || order.gateway !== payment.gateway) return 'UNKNOWN_ORDER';
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
