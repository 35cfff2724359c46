import type { Account } from './account.entity.js';
import type { Contact } from './contact.rules.js';
import { NO_PROFILE } from './profile.js';

/** An account as far as it matters whose its address is. */
export type Claimant = Pick<Account, 'id' | 'emailVerifiedAt' | 'phone' | 'loginDocumentNumber'>;

/**
 * R-PP-5: whose password a code sent to an address may reset. `claimants` have the address, oldest first; `registered`
 * are those of them that hold a registration. The account that proved it; else one that its mailbox's owner takes
 * nothing from anybody by having, first one without a phone. What only claims the address and holds more (a registration, or
 * the sign-in name a school gave) is nobody's but whose phone it is: anybody mistypes an address.
 */
export function whoseAddressItIs<C extends Claimant>(
  claimants: readonly C[],
  registered: ReadonlySet<string>,
): C | undefined {
  const proven = claimants.find(({ emailVerifiedAt }) => emailVerifiedAt !== null);
  const holdNothing = claimants.filter(
    ({ id, loginDocumentNumber }) => loginDocumentNumber === null && !registered.has(id),
  );
  return proven ?? holdNothing.find(({ phone }) => phone === null) ?? holdNothing[0];
}

/**
 * What leaves an account when its password is reset by one of its contacts, so that nobody shares it: an address that was
 * never proven, by the phone; by that address, which the code has proven now, all that somebody else put there.
 */
export function whatFallsAtAReset(
  { emailVerifiedAt }: Pick<Account, 'emailVerifiedAt'>,
  { channel }: Pick<Contact, 'channel'>,
): Partial<Account> {
  if (emailVerifiedAt !== null) return {};
  return channel === 'SMS' ? { email: null } : { phone: null, phoneBoundAt: null, ...NO_PROFILE };
}
