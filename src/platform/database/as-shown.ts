import { createHash } from 'node:crypto';
import { refusal } from '../../kernel/domain-error.js';
import type { Tx } from './unit-of-work.js';

export const ROWS_CHANGED_MEANWHILE = refusal(
  'ROWS_CHANGED_MEANWHILE',
  409,
  { zh: '内容已变化', en: 'Changed meanwhile' },
  {
    zh: '您看到的内容在此期间已有变化，本次操作没有执行。请刷新页面，查看新的内容后再处理。',
    en: 'What you were shown has changed since. Nothing was done; reload, look at it and decide again.',
  },
);

/** What somebody was shown, in short: another one as soon as any of it has changed. */
export function versionOf(shown: unknown): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}

/**
 * Inside the transaction of a decision: holds what it is about still, and sees that it is as whoever decides was shown
 * it. Of several rows `id` asks about that one alone, for a transaction that is about no other. Whoever decides without
 * having been shown anything (a file, the command line, a job) brings none.
 * @throws ROWS_CHANGED_MEANWHILE, NOT_FOUND
 */
export type AsShown = (tx: Tx, id?: string) => Promise<void>;

/** A command that somebody gives about what a page has shown them. */
export interface Shown {
  readonly asShown?: AsShown;
}
