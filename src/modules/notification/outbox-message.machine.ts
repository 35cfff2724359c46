import { stateTable } from '../../kernel/state-machine.js';

export type OutboxMessageState = 'WAITING' | 'SENT' | 'KEPT' | 'FAILED';

/**
 * KEPT: nothing carries this channel here, so the message stays to be read in the outbox. FAILED: tried long enough.
 * Staff have one sent once more.
 */
export const OUTBOX_MESSAGE_STATES = stateTable<OutboxMessageState>({
  WAITING: ['SENT', 'KEPT', 'FAILED'],
  SENT: ['WAITING'],
  KEPT: ['WAITING'],
  FAILED: ['WAITING'],
});
