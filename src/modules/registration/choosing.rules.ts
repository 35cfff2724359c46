import type { SubjectCode } from '../../kernel/words.js';
import { candidateIsQualifiedFor } from '../qualification/index.js';
import {
  type Campus,
  campusIsInsideItsWindow,
  feeIsSet,
  type Sitting,
  type Venue,
  venueHasAnExamTime,
} from '../sitting/index.js';
import type { Enrolment } from './enrolment.entity.js';
import type { Registration } from './registration.entity.js';
import { type Holding, theLevelIsFree } from './registration.rules.js';
import type { PricedVenue } from './seat-holding.js';
import type { WaitlistEntry } from './waitlist-entry.entity.js';

/** What the rules of choosing a subject need to know about a candidate. */
export interface ChoosingFacts {
  sitting: Sitting;
  registration: Registration;
  ownCampus: Campus;
  qualified: readonly SubjectCode[];
  /** Live enrolments. */
  enrolments: readonly Enrolment[];
  /** Waiting entries. */
  entries: readonly WaitlistEntry[];
}

/** What the candidate holds, less one holder (the enrolment to be changed, the entry being allocated). */
export function heldBesides(facts: ChoosingFacts, holderId?: string): Holding[] {
  return [...facts.enrolments, ...facts.entries].filter(({ id }) => id !== holderId);
}

/**
 * R-WE-1, R-WE-2, R-OE-1: qualified, an exam time, inside the window, a fee, the level free. (The campus and, for an
 * oral, the written subject are the choice's own rules; seats are asked last, by the claim itself.)
 * @throws NOT_QUALIFIED, EXAM_TIME_UNSET, WINDOW_NOT_OPEN, FEE_UNSET, LEVEL_CONFLICT
 */
export function subjectCanBeChosen(
  facts: ChoosingFacts,
  venue: Venue,
  now: Date,
  exceptHolderId?: string,
): asserts venue is PricedVenue {
  candidateIsQualifiedFor(facts.qualified, venue.subjectCode);
  venueHasAnExamTime(venue);
  campusIsInsideItsWindow(venue, now);
  feeIsSet(venue);
  theLevelIsFree(heldBesides(facts, exceptHolderId), venue);
}
