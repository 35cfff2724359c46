export { AddSitting, type NewSitting } from './add-sitting.use-case.js';
export { Agreement } from './agreement.entity.js';
export { AgreementRepository } from './agreement.repository.js';
export { AllowOralElsewhere } from './allow-oral-elsewhere.use-case.js';
export { EditCampus } from './edit-campus.use-case.js';
export { EditNotice } from './edit-notice.use-case.js';
export { EditSchool } from './edit-school.use-case.js';
export { EditVenues } from './edit-venues.use-case.js';
export { CAMPUS_COLUMNS, ImportCampuses } from './import-campuses.use-case.js';
export { ImportSchools, SCHOOL_COLUMNS } from './import-schools.use-case.js';
export { ImportVenues } from './import-venues.use-case.js';
export { MakeSittingCurrent } from './make-sitting-current.use-case.js';
export { Notice } from './notice.entity.js';
export { NoticeRepository } from './notice.repository.js';
export { LONGEST_NOTICE, MOST_NOTICES } from './notice.rules.js';
export { OfferSubject } from './offer-subject.use-case.js';
export { centralStaffOnly, checkCampus, checkSchool, type ImportActor } from './place-faults.js';
export { PublishNotice } from './publish-notice.use-case.js';
export { RenameProvince } from './rename-province.use-case.js';
export { RepublishNotice } from './republish-notice.use-case.js';
export { Campus, NO_PROVINCE_SETTING, Province, ProvinceSetting, School } from './school.entity.js';
export { type CampusNames, type CampusOfSchool, type Places, SchoolRepository } from './school.repository.js';
export { SeatLedgerLine, type SeatMove } from './seat-ledger.entity.js';
export { SeatLedger } from './seat-ledger.repository.js';
export { SetProvinceSettings } from './set-province-settings.use-case.js';
export { SetSittingPolicies, type SittingPolicies } from './set-sitting-policies.use-case.js';
export { NoticeShown, PlaceShown, SubjectShown } from './shown.dto.js';
export { DEFAULT_POLICIES, type OralNeedsWritten, Sitting } from './sitting.entity.js';
export { SittingModule } from './sitting.module.js';
export { SittingRepository } from './sitting.repository.js';
export { NO_CURRENT_SITTING } from './sitting.rules.js';
export { usualSittingName } from './sitting-name.js';
export { VENUE_COLUMNS } from './venue.columns.js';
export { type Admits, Venue } from './venue.entity.js';
export { VenueRepository, type VenueWithPlaces } from './venue.repository.js';
export {
  admitsSchool,
  aSeatIsFree,
  campusIsInsideItsWindow,
  EXAM_TIME_UNSET,
  FEE_UNSET,
  feeIsSet,
  isOpen,
  noSeatIsFree,
  QUEUE_AHEAD,
  SEATS_AVAILABLE,
  SEATS_FULL,
  type SeatLevel,
  seatLevel,
  stops,
  venueHasAnExamTime,
  WINDOW_NOT_OPEN,
} from './venue.rules.js';
export { type SeatCause, VenueSeats } from './venue-seats.repository.js';
export {
  type VenueSettings,
  windowClosesBeforeTheExam,
  windowClosesByTheEndOfPayment,
} from './venue-settings.rules.js';
export { wakeQueues } from './wake-queues.js';
export { WithdrawNotice } from './withdraw-notice.use-case.js';
export { WithdrawSubjects } from './withdraw-subjects.use-case.js';

import { Agreement } from './agreement.entity.js';
import { Notice } from './notice.entity.js';
import { Campus, Province, ProvinceSetting, School } from './school.entity.js';
import { SeatLedgerLine } from './seat-ledger.entity.js';
import { Sitting } from './sitting.entity.js';
import { Venue } from './venue.entity.js';

export const sittingEntities = [
  Sitting,
  Province,
  School,
  Campus,
  ProvinceSetting,
  Venue,
  SeatLedgerLine,
  Notice,
  Agreement,
];
