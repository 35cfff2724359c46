import { oralCanBeChosen } from '../oral-exam/index.js';
import type { ChoosingFacts, PricedVenue } from '../registration/index.js';
import type { Venue } from '../sitting/index.js';
import { writtenSubjectCanBeChosen } from '../written-exam/index.js';

/** R-PP-7: a school enrols its students under the conditions they would enrol under themselves. @throws the refusals of choosing */
export function theStudentMayTake(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
): asserts venue is PricedVenue {
  const condition: (f: ChoosingFacts, v: Venue, t: Date) => void =
    venue.kind === 'WRITTEN' ? writtenSubjectCanBeChosen : oralCanBeChosen;
  condition(facts, venue, now);
}
