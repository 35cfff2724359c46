import { stateTable } from '../../kernel/state-machine.js';

export type PaymentBatchState = 'SUBMITTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

/** Submitted by the school; approved or rejected by a second person, or taken back before that (R-PA-9). */
export const PAYMENT_BATCH_STATES = stateTable<PaymentBatchState>({
  SUBMITTED: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
});

export type PaymentBatchLineState = 'WAITING' | 'PAID' | 'UNPAYABLE' | 'RELEASED';

/** UNPAYABLE: approved, but the enrolment had ended meanwhile, so its money is due back. RELEASED: the batch came to nothing. */
export const PAYMENT_BATCH_LINE_STATES = stateTable<PaymentBatchLineState>({
  WAITING: ['PAID', 'UNPAYABLE', 'RELEASED'],
  PAID: [],
  UNPAYABLE: [],
  RELEASED: [],
});
