import { stateTable } from '../../kernel/state-machine.js';

export type RegistrationState = 'ACTIVE' | 'DELETED';

/** By the candidate (R-QU-8), or empty too long (R-QU-7). */
export type DeletionCause = 'CANDIDATE' | 'EMPTY';

/** The record of a deleted registration stays. */
export const REGISTRATION_STATES = stateTable<RegistrationState>({
  ACTIVE: ['DELETED'],
  DELETED: [],
});
