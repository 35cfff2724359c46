import type { RateLimit } from '../../platform/http/rate-limits.js';

/**
 * How often one may try (R-PP-8). Limits by network address count failures wherever they can: a whole campus sits
 * behind one address, and its students all succeed on the same evening.
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const CODES_PER_ADDRESS: RateLimit = { name: 'code-address', points: 1000, seconds: HOUR };
export const CODES_PER_MINUTE: RateLimit = { name: 'code-minute', points: 1, seconds: MINUTE };
export const CODES_PER_DAY: RateLimit = { name: 'code-day', points: 10, seconds: DAY };
/** By address, or by account where there is one. Each code allows five tries besides. */
export const WRONG_CODES: RateLimit = { name: 'wrong-code', points: 100, seconds: HOUR };
export const FAILED_CHALLENGES: RateLimit = { name: 'failed-challenge', points: 300, seconds: HOUR };

/** By sign-in name; a success forgets them. */
export const SIGN_INS_PER_LOGIN: RateLimit = { name: 'sign-in', points: 10, seconds: 15 * MINUTE };
export const FAILED_SIGN_INS_PER_ADDRESS: RateLimit = {
  name: 'failed-sign-in',
  points: 100,
  seconds: 15 * MINUTE,
};
/** By account, for whoever holds a session but not the password; a success forgets them. */
export const PASSWORD_CHECKS: RateLimit = { name: 'password-check', points: 10, seconds: 15 * MINUTE };

/** By the e-mail address that is claimed and not proven. */
export const UNPROVEN_CLAIMS: RateLimit = { name: 'unproven-claim', points: 3, seconds: DAY };
