import { DAYS, later } from '../../kernel/clock.js';
import type { Sitting, Venue } from '../sitting/index.js';

/** How long a school's reset lets a student in whom it reaches by phone, whatever has ended. */
export const RESET_DAYS = 7;

/** What the initial password of an account depends on. */
export interface InitialPasswordFacts {
  /** Its live registration in the current sitting, which a school's list has made. */
  readonly list?: {
    readonly sitting: Pick<Sitting, 'paymentEndsAt'>;
    /** Of the student's own campus. */
    readonly venues: readonly Pick<Venue, 'closesAt'>[];
  };
  /** Where the school reaches the student. */
  readonly phone: string | null;
  readonly resetAt: Date | null;
}

/**
 * R-PP-7: the initial password, which everybody can read in the FAQ, is one only while the school's list is open: as long
 * as its student can still choose a subject at the own campus, or pay. And for some days after a reset, where the code it
 * needs besides goes to the student's own phone.
 */
export function initialPasswordOpens({ list, phone, resetAt }: InitialPasswordFacts, now: Date): boolean {
  if (list && theListIsOpen(list, now)) return true;
  return phone !== null && resetAt !== null && now < later(resetAt, RESET_DAYS * DAYS);
}

/** R-PP-7: may the students of a list still choose or pay? Orals are what they sign in for, and open later ([002] 七). */
export function theListIsOpen(
  { sitting, venues }: NonNullable<InitialPasswordFacts['list']>,
  now: Date,
): boolean {
  const ends = [sitting.paymentEndsAt, ...venues.map(({ closesAt }) => closesAt)];
  return ends.some((end) => end !== null && now < end);
}
