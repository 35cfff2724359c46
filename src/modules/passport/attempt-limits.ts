import type { RateLimit } from '../../platform/http/rate-limits.js';

/**
 * How often one may try (R-PP-8), and what happens after that. Nobody is refused for where they call from: a campus
 * sits behind one address. What fails there makes the human check dearer there; what is refused is refused to an
 * account, a session, a target, or to strangers at one login.
 *
 * | counted | by | too many | success |
 * |---|---|---|---|
 * | junk for human checks, wrong codes, wrong passwords, codes asked for | network | dearer check there (`NETWORK_LIMITS`) | a password or code that was right takes its own back |
 * | wrong passwords of a device that has signed in before | device and login | is a stranger for the rest of the time | forgets them |
 * | wrong passwords of strangers | login | dearer check for it, then other ways in (`LOGIN_GUESSED_TOO_OFTEN`) | forgets them |
 * | codes asked for | target with network, or with a device of its owner; target | TOO_MANY_ATTEMPTS | – |
 * | tries at a code | code: its asker's, and everybody else's | the code is wrong for them | all codes of the target end |
 * | wrong codes of somebody signed in | account, or session with the initial password | TOO_MANY_ATTEMPTS | – |
 * | wrong current passwords | session | TOO_MANY_ATTEMPTS | forgets them |
 * | accounts with an address that no code proves | address | EMAIL_CODE_NEEDED | – |
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is too much from one network that `PEOPLE_PER_ADDRESS` share, of which `points` says how many of 5,000. */
export interface NetworkLimit extends RateLimit {
  /** So many times the ordinary work is the most that this alone may ask for. */
  dearest: number;
}

/**
 * Where trying costs something, the check may get as dear as is bearable on a phone; where it costs nothing, nobody
 * must be able to make others pay much.
 */
export const NETWORK_LIMITS = {
  JUNK_CHECK: { name: 'junk-check', points: 300, seconds: HOUR, dearest: 2 },
  /** A code is tried without a check where a password is reset. */
  WRONG_CODE: { name: 'wrong-code', points: 100, seconds: HOUR, dearest: 4 },
  WRONG_PASSWORD: { name: 'failed-sign-in', points: 100, seconds: 15 * MINUTE, dearest: 16 },
  /** Sent, and not typed in since: each costs a message, and somebody's patience. */
  UNUSED_CODE: { name: 'unused-code', points: 1000, seconds: HOUR, dearest: 16 },
} as const satisfies Record<string, NetworkLimit>;

/** Wrong passwords for one login from one network: if it is somebody who mistypes, the right one takes them back. */
export const MISTYPED: RateLimit = { name: 'mistyped', points: 1, seconds: 15 * MINUTE };

/** By device and sign-in name, for devices that have signed in to it before. */
export const DEVICE_SIGN_INS: RateLimit = { name: 'device-sign-in', points: 10, seconds: 15 * MINUTE };
/** By sign-in name, for all others together. */
export const STRANGERS_SIGN_INS: RateLimit = { name: 'strangers-sign-in', points: 100, seconds: DAY };
/** By session, for whoever holds one but not the password; a success forgets them. */
export const PASSWORD_CHECKS: RateLimit = { name: 'password-check', points: 10, seconds: 15 * MINUTE };

/** By target and who asks: a device of the target's owner, or else a network. */
export const CODES_PER_MINUTE: RateLimit = { name: 'code-minute', points: 1, seconds: MINUTE };
export const CODES_PER_OWNERS_DEVICE: RateLimit = { name: 'code-device', points: 10, seconds: DAY };
export const CODES_PER_STRANGER: RateLimit = { name: 'code-stranger', points: 4, seconds: DAY };
/** By target, for all strangers together: nobody gets more messages than that which they did not ask for. */
export const CODES_FOR_STRANGERS: RateLimit = { name: 'code-strangers', points: 12, seconds: DAY };
/** By account or session. Each code allows a few tries besides. */
export const WRONG_CODES: RateLimit = { name: 'wrong-code-account', points: 100, seconds: HOUR };

/** By the e-mail address that is claimed and not proven. */
export const UNPROVEN_CLAIMS: RateLimit = { name: 'unproven-claim', points: 3, seconds: DAY };
