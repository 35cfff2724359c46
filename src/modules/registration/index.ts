export { ArrangeSeats } from './arrange-seats.use-case.js';
export { BindStudent } from './bind-student.js';
export { ChooseSubjects, type MayChoose } from './choose-subjects.js';
export { type ChoosingFacts, heldBesides, subjectCanBeChosen } from './choosing.rules.js';
export { lapsesWhenPayByIsUntil, payByOf, payByWhileLocked, payByWhileUndecided } from './deadlines.rules.js';
export { EndRegistration } from './end-registration.js';
export { EnrolmentShown, EnrolmentsShown } from './enrolment.dto.js';
export { Enrolment } from './enrolment.entity.js';
export { ENROLMENT_STATES, type EnrolmentState, HOLDS_A_SEAT } from './enrolment.machine.js';
export { EnrolmentRepository, type EnrolmentWithPlaces, type SeatHolder } from './enrolment.repository.js';
export { LoadChoosingFacts } from './load-choosing-facts.js';
export { GATEWAY_UNAVAILABLE, OpenOrders } from './open-orders.js';
export { Registration } from './registration.entity.js';
export { type DeletionCause, REGISTRATION_STATES } from './registration.machine.js';
export { RegistrationModule } from './registration.module.js';
export { RegistrationRepository } from './registration.repository.js';
export {
  ACCOUNT_ALREADY_REGISTERED,
  CAMPUS_NOT_ALLOWED,
  ENROLMENT_ENDED,
  ENROLMENT_PAID,
  enrolmentIsUnpaid,
  isLive,
  LEVEL_CONFLICT,
  LOCKED_BY_SCHOOL,
  NOT_REGISTERED,
  nothingIsPaid,
  notLockedBySchool,
  ownCampusIsOpen,
  RECORD_ALREADY_REGISTERED,
  theLevelIsFree,
  WRITTEN_REQUIRED,
  WRITTEN_UNPAID,
  writtenOfTheLevelIs,
  writtenSubjectOf,
} from './registration.rules.js';
export { type Enrolling, type PricedVenue, SeatHolding } from './seat-holding.js';
export { ShowEnrolments } from './show-enrolments.use-case.js';
export { paymentState } from './steps.rules.js';
export { VenueChoiceShown, VenueChoicesShown } from './venue-choice.dto.js';
export { WaitlistEntryShown, WaitlistShown } from './waitlist-entry.dto.js';
export { WaitlistEntry } from './waitlist-entry.entity.js';
export { WAITLIST_ENTRY_STATES, type WaitlistEntryState } from './waitlist-entry.machine.js';
export { type WaitlistEntryOfVenue, WaitlistEntryRepository } from './waitlist-entry.repository.js';
export { CANCELLATION_REASONS, type CancellationReason, remarkText } from './waitlist-remark.js';
export { WithOrdersClosed } from './with-orders-closed.js';

import { Enrolment } from './enrolment.entity.js';
import { Registration } from './registration.entity.js';
import { WaitlistEntry } from './waitlist-entry.entity.js';

export const registrationEntities = [Registration, Enrolment, WaitlistEntry];
