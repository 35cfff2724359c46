import { stateTable } from '../../kernel/state-machine.js';

export type EnrolmentState = 'UNPAID' | 'PAID' | 'LAPSED' | 'GIVEN_UP' | 'REFUNDED';

/** Paid is final for the candidate (R-WE-5); only a refund ends it. LAPSED and GIVEN_UP gave their seat back. */
export const ENROLMENT_STATES = stateTable<EnrolmentState>({
  UNPAID: ['PAID', 'LAPSED', 'GIVEN_UP'],
  PAID: ['REFUNDED'],
  LAPSED: [],
  GIVEN_UP: [],
  REFUNDED: [],
});

/** States in which an enrolment holds its seat. */
export const HOLDS_A_SEAT: readonly EnrolmentState[] = ['UNPAID', 'PAID'];
