import { refusal } from '../../kernel/domain-error.js';
import { oralCanBeWaitedFor } from '../oral-exam/index.js';
import type { ChoosingFacts, PricedVenue, WaitlistEntry } from '../registration/index.js';
import { isOpen, type Sitting, type Venue } from '../sitting/index.js';
import { writtenSubjectCanBeChosen } from '../written-exam/index.js';

/**
 * R-WL-1, R-WL-2: one queues under the same conditions as one enrols. At allocation they are asked again (R-WL-3), the
 * entry itself then not counting as holding its level.
 * @throws the refusals of choosing a written subject or an oral
 */
export function candidateMayWaitFor(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
  ownEntryId?: string,
): asserts venue is PricedVenue {
  const condition: (f: ChoosingFacts, v: Venue, t: Date, own?: string) => void =
    venue.kind === 'WRITTEN' ? writtenSubjectCanBeChosen : oralCanBeWaitedFor;
  condition(facts, venue, now, ownEntryId);
}

export const ENTRY_NOT_WAITING = refusal(
  'ENTRY_NOT_WAITING',
  409,
  { zh: '该候补已结束', en: 'The entry does not wait any more' },
  {
    zh: '该候补已经结束，请在“已完成候补”和报考科目中查看结果。',
    en: 'The entry has ended; see your ended entries and enrolments.',
  },
);
/** R-WL-6: only what still waits can be cancelled. @throws ENTRY_NOT_WAITING */
export function entryStillWaits({ state }: Pick<WaitlistEntry, 'state'>): void {
  if (state !== 'WAITING') throw ENTRY_NOT_WAITING();
}

/**
 * R-WL-3, R-WL-5: can the venue hand out seats now: window open, exam time and fee set, payment still possible? When
 * it cannot, nobody is allocated and nobody loses their place for what is not their fault.
 */
export function venueHandsOutSeats(
  venue: Venue,
  sitting: Pick<Sitting, 'paymentEndsAt'>,
  now: Date,
): boolean {
  const payable = sitting.paymentEndsAt === null || now < sitting.paymentEndsAt;
  return isOpen(venue, now) && venue.examStartsAt !== null && (venue.feeFen ?? 0) > 0 && payable;
}
