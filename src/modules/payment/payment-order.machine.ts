import { stateTable } from '../../kernel/state-machine.js';

export type PaymentOrderState = 'OPEN' | 'PAID' | 'CLOSED' | 'REFUND_DUE' | 'REFUNDED';

/** Only `settle` moves to PAID. CLOSED → REFUND_DUE: money came late; a second payment's order begins there (R-PA-7). */
export const PAYMENT_ORDER_STATES = stateTable<PaymentOrderState>({
  OPEN: ['PAID', 'CLOSED'],
  PAID: ['REFUND_DUE'],
  CLOSED: ['REFUND_DUE'],
  REFUND_DUE: ['REFUNDED'],
  REFUNDED: [],
});

/** Where the money of an order ended (design.md, Money); null while none came. */
export type PaymentOutcome = 'APPLIED' | 'REINSTATED' | 'REFUNDED' | 'ESCALATED';
