import type { Reader } from '../../platform/database/unit-of-work.js';
import type { Account } from './account.entity.js';

/** How an account is come into that still has its initial password. */
export interface FirstSignIn {
  /** Is that a password now? Otherwise it is a wrong one. */
  readonly opens: boolean;
  /** Where the student's school reaches them: the initial password is changed with a code that was sent there. */
  readonly phone?: string;
}

/**
 * What the passport must know of the lists of schools, which stand above it (R-PP-7): the initial password is written in
 * the FAQ, so it opens only while somebody is expected. The ownership module provides it.
 */
export abstract class FirstSignIns {
  /** Of an account that has its initial password. */
  abstract of(reader: Reader, account: Account): Promise<FirstSignIn>;
}
