import { stateTable } from '../../kernel/state-machine.js';

export type OutboxMessageState = 'WAITING' | 'SENT' | 'KEPT' | 'FAILED';

/** KEPT: nothing carries this channel here, so the message stays to be read in the outbox. FAILED: tried long enough. */
export const OUTBOX_MESSAGE_STATES = stateTable<OutboxMessageState>({
  WAITING: ['SENT', 'KEPT', 'FAILED'],
  SENT: [],
  KEPT: [],
  FAILED: [],
});
