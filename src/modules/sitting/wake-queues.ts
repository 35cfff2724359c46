import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Venue } from './venue.entity.js';
import { isOpen } from './venue.rules.js';

/** More queues than this are looked for by the allocator itself. */
const MOST_WAKE_UPS = 50;

/**
 * After venues were changed, as they are now: queues that are open and have a free seat get it (R-WL-3), those of windows
 * that are over end (R-WL-8).
 */
export function wakeQueues(tx: Tx, venues: readonly Venue[]): void {
  const queues = venues.filter(({ waiting }) => waiting > 0);
  const toServe = queues.filter((venue) => isOpen(venue, tx.now) && venue.taken < venue.capacity);
  if (toServe.length > MOST_WAKE_UPS) tx.wake('waitlist.allocate');
  else for (const { id: venueId } of toServe) tx.wake('waitlist.allocate', { venueId });
  if (queues.some(({ closesAt }) => closesAt && closesAt <= tx.now)) tx.wake('waitlist.close');
}
