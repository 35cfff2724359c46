import { randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';

/** A new row's id: UUID version 7, so that ids made later sort later and inserts stay at the end of the index. */
export function newId(): string {
  return v7();
}

/** An opaque token of 256 bits, URL-safe. Shown once; only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A merchant order number: 32 upper-case hex digits, the NEEA ID of the payment platform (R-PA-3). */
export function newNeeaId(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

/** A code of six digits for SMS and e-mail. */
export function newSixDigitCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}
