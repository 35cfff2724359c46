import {
  CAMPUS_NOT_ALLOWED,
  type ChoosingFacts,
  type PricedVenue,
  subjectCanBeChosen,
  theLevelIsFree,
  writtenOfTheLevelIs,
} from '../registration/index.js';
import { admitsSchool, type Campus, type Venue } from '../sitting/index.js';

/** R-OE-3: campuses that take the candidate's school; only the own one where that campus forbids others. @throws CAMPUS_NOT_ALLOWED */
export function campusTakesTheCandidate(
  student: { campusCode: string; schoolCode: string },
  ownCampus: Pick<Campus, 'oralElsewhereAllowed'>,
  venue: Pick<Venue, 'campusCode' | 'schoolCode' | 'admits' | 'admittedSchools'>,
): void {
  if (venue.campusCode === student.campusCode) return;
  if (!ownCampus.oralElsewhereAllowed || !admitsSchool(venue, student.schoolCode)) throw CAMPUS_NOT_ALLOWED();
}

/**
 * All conditions of choosing an oral but the seat (R-OE-1, R-OE-3).
 * @throws CAMPUS_NOT_ALLOWED, WRITTEN_REQUIRED, WRITTEN_UNPAID and what `subjectCanBeChosen` throws
 */
export function oralCanBeChosen(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
  exceptHolderId?: string,
): asserts venue is PricedVenue {
  campusTakesTheCandidate(facts.registration.details, facts.ownCampus, venue);
  writtenOfTheLevelIs(facts.sitting.oralNeedsWritten, facts.enrolments, venue.level);
  subjectCanBeChosen(facts, venue, now, exceptHolderId);
}

/**
 * R-WL-2, R-OE-1: an oral is queued for under the same conditions, but the written subject need only be enrolled.
 * @throws CAMPUS_NOT_ALLOWED, WRITTEN_REQUIRED and what `subjectCanBeChosen` throws
 */
export function oralCanBeWaitedFor(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
  exceptHolderId?: string,
): asserts venue is PricedVenue {
  campusTakesTheCandidate(facts.registration.details, facts.ownCampus, venue);
  writtenOfTheLevelIs('ENROLLED', facts.enrolments, venue.level);
  subjectCanBeChosen(facts, venue, now, exceptHolderId);
}

/** Several at once must not share a level either. */
export function oralsCanBeChosen(
  facts: ChoosingFacts,
  venues: readonly Venue[],
  now: Date,
): asserts venues is readonly PricedVenue[] {
  venues.forEach((venue, i) => {
    oralCanBeChosen(facts, venue, now);
    theLevelIsFree(venues.slice(0, i), venue);
  });
}
