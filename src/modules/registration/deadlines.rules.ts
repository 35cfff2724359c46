import { earliest, HOURS, later, MINUTES } from '../../kernel/clock.js';
import type { Sitting, Venue } from '../sitting/index.js';
import type { Enrolment } from './enrolment.entity.js';
import type { Registration } from './registration.entity.js';
import { holdsNothing } from './registration.rules.js';

/** A deadline shown to people is this much earlier than the one acted on, so that paying at the last minute works. */
export const LAPSE_GRACE_MS = 10 * MINUTES;

/** R-WE-6, R-WL-3: when an enrolment made now must be paid: the policy's hours, within the payment period. */
export function payByOf(sitting: Pick<Sitting, 'paymentEndsAt'>, hours: number, now: Date): Date {
  const byPolicy = later(now, hours * HOURS);
  return sitting.paymentEndsAt ? earliest(byPolicy, sitting.paymentEndsAt) : byPolicy;
}

/**
 * R-PA-9: what the school has locked is the school's to pay, so the hours of R-WE-6 do not run: it stays until the
 * payment period ends or, where the sitting sets no end, until the exam. No seat is held for ever.
 */
export function payByWhileLocked(
  enrolment: Pick<Enrolment, 'payBy'>,
  sitting: Pick<Sitting, 'paymentEndsAt'>,
  venue: Pick<Venue, 'examStartsAt'>,
): Date {
  return sitting.paymentEndsAt ?? venue.examStartsAt ?? enrolment.payBy;
}

/** R-PA-7, R-PA-9: money is on its way for it, and whoever decides may be late: it stays until the exam. */
export function payByWhileUndecided(
  { payBy }: Pick<Enrolment, 'payBy'>,
  { examStartsAt }: Pick<Venue, 'examStartsAt'>,
): Date {
  return examStartsAt && examStartsAt > payBy ? examStartsAt : payBy;
}

/** Enrolments whose shown deadline is at or before this moment lapse now. */
export function lapsesWhenPayByIsUntil(now: Date): Date {
  return later(now, -LAPSE_GRACE_MS);
}

/** R-QU-7: when a registration that stays empty is deleted; undefined while it holds something. */
export function deletesAt(
  registration: Pick<Registration, 'levelsHeld' | 'levelsHeldSince'>,
  sitting: Pick<Sitting, 'emptyRegistrationHours'>,
): Date | undefined {
  return holdsNothing(registration)
    ? later(registration.levelsHeldSince, sitting.emptyRegistrationHours * HOURS)
    : undefined;
}
