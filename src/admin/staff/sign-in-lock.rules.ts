import { DAYS, later, MINUTES, SECONDS, toShanghaiText } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';

/** So many failures in a row lock for so long; those that lie back as long are forgotten. */
export interface LockRule {
  readonly most: number;
  readonly lockMs: number;
}

/** On a device that has signed in to the login before; after that it is a stranger. */
export const OWN_DEVICE: LockRule = { most: 5, lockMs: 15 * MINUTES };
/** Everybody else at that login together. */
export const STRANGERS: LockRule = { most: 30, lockMs: 1 * DAYS };

/** A sign-in without any human check, as most are. */
const FREE_ATTEMPTS = 5;
const ATTEMPTS_A_STEP = 5;

/** What the human check costs a stranger who makes this attempt, counted from 1; 0 where none is asked for. */
export function priceForStaff(attempt: number): number {
  return attempt <= FREE_ATTEMPTS ? 0 : 2 ** Math.ceil((attempt - FREE_ATTEMPTS) / ATTEMPTS_A_STEP);
}

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
    zh: '登录失败次数过多，该登录名在未登录过的设备上已锁定至 {until}（北京时间）。请使用曾登录过的设备，或请上级管理员解锁。',
    en: 'Too many attempts failed: on devices that are new to it, the login is locked until {until} (Beijing time). Use one you signed in on before, or ask your administrator to unlock it.',
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

/** How many attempts there are, with one more. */
export function withOneMore(
  { attempts, lastAttemptAt }: AttemptsSoFar,
  now: Date,
  { lockMs }: LockRule,
): number {
  return (later(lastAttemptAt, lockMs) <= now ? 0 : attempts) + 1;
}

/** What one more attempt makes of those before. */
export function afterAnAttempt(before: AttemptsSoFar, now: Date, rule: LockRule): AttemptsSoFar {
  const attempts = withOneMore(before, now, rule);
  return attempts < rule.most
    ? { attempts, lastAttemptAt: now, lockedUntil: null }
    : { attempts: 0, lastAttemptAt: now, lockedUntil: later(now, rule.lockMs) };
}
