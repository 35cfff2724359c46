import { stateTable } from '../../kernel/state-machine.js';

export type CollectiveRegistrationState = 'CHECKING' | 'CHECKED' | 'ENROLLING' | 'DONE' | 'DISCARDED';

/** Every line is looked at first; the school reads what would happen, and then has it done or drops it. */
export const COLLECTIVE_REGISTRATION_STATES = stateTable<CollectiveRegistrationState>({
  CHECKING: ['CHECKED'],
  CHECKED: ['ENROLLING', 'DISCARDED'],
  ENROLLING: ['DONE'],
  DONE: [],
  DISCARDED: [],
});

export type CollectiveRegistrationLineState = 'WAITING' | 'READY' | 'ENROLLED' | 'ALREADY' | 'REFUSED';

/** READY: nothing stood against it when it was looked at. ALREADY: the student held the subject before. */
export const COLLECTIVE_REGISTRATION_LINE_STATES = stateTable<CollectiveRegistrationLineState>({
  WAITING: ['READY', 'ALREADY', 'REFUSED'],
  READY: ['ENROLLED', 'ALREADY', 'REFUSED'],
  ENROLLED: [],
  ALREADY: [],
  REFUSED: [],
});
