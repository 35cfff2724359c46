import { later, MINUTES, SECONDS, toShanghaiText } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';

/** Failures in a row that lock a login. */
export const MOST_ATTEMPTS = 5;
const LOCK_MS = 15 * MINUTES;

export interface AttemptsSoFar {
  readonly attempts: number;
  readonly lastAttemptAt: Date;
  readonly lockedUntil: Date | null;
}

export const STAFF_LOCKED = refusal(
  'STAFF_LOCKED',
  429,
  { zh: '登录名已锁定', en: 'Locked' },
  {
    zh: '登录失败次数过多，该登录名已锁定至 {until}（北京时间）。请届时再试，或请上级管理员解锁。',
    en: 'Too many attempts failed: locked until {until} (Beijing time). Wait, or ask your administrator to unlock it.',
  },
);
/** R-PP-8: the right password does not open a locked login either. @throws STAFF_LOCKED, with until when */
export function theLoginIsNotLocked({ lockedUntil }: Pick<AttemptsSoFar, 'lockedUntil'>, now: Date): void {
  if (lockedUntil === null || lockedUntil <= now) return;
  throw STAFF_LOCKED({
    values: { until: toShanghaiText(later(lockedUntil, MINUTES - SECONDS)) },
    retryAfterSeconds: Math.ceil((lockedUntil.getTime() - now.getTime()) / SECONDS),
  });
}

/** What one more attempt makes of those before; failures that lie back longer than a lock lasts are forgotten. */
export function afterAnAttempt({ attempts, lastAttemptAt }: AttemptsSoFar, now: Date): AttemptsSoFar {
  const counted = (later(lastAttemptAt, LOCK_MS) <= now ? 0 : attempts) + 1;
  return counted < MOST_ATTEMPTS
    ? { attempts: counted, lastAttemptAt: now, lockedUntil: null }
    : { attempts: 0, lastAttemptAt: now, lockedUntil: later(now, LOCK_MS) };
}
