import type { Reader } from '../../platform/database/unit-of-work.js';

/**
 * What the passport must know of the registrations that stand above it: an account that holds one is more than a login,
 * and goes to nobody who only says that its address is theirs. The ownership module provides it.
 */
export abstract class AccountHoldings {
  /** Those of these accounts that hold a registration, in whichever sitting; one statement, for none as well. */
  abstract registered(reader: Reader, accountIds: readonly string[]): Promise<ReadonlySet<string>>;
}
