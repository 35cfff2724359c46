import { stateTable } from '../../kernel/state-machine.js';

/** 未复核, 通过, 未通过, and withdrawn by the candidate. */
export type Cet6ReviewState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'DELETED';

/** R-CR-4 to 6: pending waits for the school; approved is final; rejected may be resubmitted or deleted. */
export const CET6_REVIEW_STATES = stateTable<Cet6ReviewState>({
  PENDING: ['APPROVED', 'REJECTED'],
  APPROVED: [],
  REJECTED: ['PENDING', 'APPROVED', 'DELETED'],
  DELETED: ['PENDING', 'APPROVED'],
});
