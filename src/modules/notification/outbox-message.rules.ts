import { MINUTES, SECONDS } from '../../kernel/clock.js';

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 30 * SECONDS;
const LONGEST_PAUSE_MS = 30 * MINUTES;

/** How long to wait after so many failed tries, in milliseconds: each pause twice the last. Undefined: give up. */
export function pauseAfter(attempts: number): number | undefined {
  if (attempts >= ATTEMPTS) return undefined;
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
}
