import { stateTable } from '../../kernel/state-machine.js';

export type RegistrationState = 'ACTIVE' | 'DELETED';

/** By the candidate (R-QU-8), empty too long (R-QU-7), or by the school, whose student the account's holder is not. */
export type DeletionCause = 'CANDIDATE' | 'EMPTY' | 'RELEASED';

/** The record of a deleted registration stays. */
export const REGISTRATION_STATES = stateTable<RegistrationState>({
  ACTIVE: ['DELETED'],
  DELETED: [],
});
