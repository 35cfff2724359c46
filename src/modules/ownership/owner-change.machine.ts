import { stateTable } from '../../kernel/state-machine.js';

/**
 * What a school does about whose a student is. RELEASE: the account that had taken the student loses the registration,
 * which goes. MOVE: the registration goes to the account of its owner, with all it holds. RESET: the account that the
 * school's list has opened is as it was then.
 */
export type OwnerChangeKind = 'RELEASE' | 'MOVE' | 'RESET';

export type OwnerChangeState = 'REQUESTED' | 'DONE' | 'REJECTED' | 'WITHDRAWN';

/** What needs no second person is born DONE. */
export const OWNER_CHANGE_STATES = stateTable<OwnerChangeState>({
  REQUESTED: ['DONE', 'REJECTED', 'WITHDRAWN'],
  DONE: [],
  REJECTED: [],
  WITHDRAWN: [],
});
