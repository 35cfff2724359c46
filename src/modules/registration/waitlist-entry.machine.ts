import { stateTable } from '../../kernel/state-machine.js';

export type WaitlistEntryState = 'WAITING' | 'ALLOCATED' | 'CANCELLED' | 'FAILED' | 'CLOSED';

/** 正在候补 → 候补成功 · 考生取消 · 候补失败 (second check) · window over. */
export const WAITLIST_ENTRY_STATES = stateTable<WaitlistEntryState>({
  WAITING: ['ALLOCATED', 'CANCELLED', 'FAILED', 'CLOSED'],
  ALLOCATED: [],
  CANCELLED: [],
  FAILED: [],
  CLOSED: [],
});
