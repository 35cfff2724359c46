export { AddSitting, type NewSitting } from './add-sitting.use-case.js';
export { Agreement } from './agreement.entity.js';
export { AgreementRepository } from './agreement.repository.js';
export { ImportCampuses } from './import-campuses.use-case.js';
export { ImportSchools } from './import-schools.use-case.js';
export { ImportVenues } from './import-venues.use-case.js';
export { Notice } from './notice.entity.js';
export { NoticeRepository } from './notice.repository.js';
export { checkCampus, checkSchool, type ImportActor } from './place-faults.js';
export { Campus, Province, ProvinceSetting, School } from './school.entity.js';
export { type CampusNames, type Places, SchoolRepository } from './school.repository.js';
export { SeatLedgerLine, type SeatMove } from './seat-ledger.entity.js';
export { SeatLedger } from './seat-ledger.repository.js';
export { NoticeShown, PlaceShown, SubjectShown } from './shown.dto.js';
export { DEFAULT_POLICIES, type OralNeedsWritten, Sitting } from './sitting.entity.js';
export { SittingModule } from './sitting.module.js';
export { SittingRepository } from './sitting.repository.js';
export { NO_CURRENT_SITTING } from './sitting.rules.js';
export { usualSittingName } from './sitting-name.js';
export { type Admits, Venue } from './venue.entity.js';
export { VenueRepository } from './venue.repository.js';
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
  venueHasAnExamTime,
  WINDOW_NOT_OPEN,
} from './venue.rules.js';
export { type SeatCause, VenueSeats } from './venue-seats.repository.js';

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
