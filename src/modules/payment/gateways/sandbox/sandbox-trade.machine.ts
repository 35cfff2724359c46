import { stateTable } from '../../../../kernel/state-machine.js';

export type SandboxTradeState = 'WAITING' | 'PAID' | 'CLOSED';

/** A closed trade cannot be paid; a refund leaves it paid and is noted beside. */
export const SANDBOX_TRADE_STATES = stateTable<SandboxTradeState>({
  WAITING: ['PAID', 'CLOSED'],
  PAID: [],
  CLOSED: [],
});
