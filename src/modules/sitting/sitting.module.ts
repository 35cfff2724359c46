import { Module } from '@nestjs/common';
import { ImportModule } from '../../platform/import/import.module.js';
import { AddSitting } from './add-sitting.use-case.js';
import { AgreementRepository } from './agreement.repository.js';
import { ImportCampuses } from './import-campuses.use-case.js';
import { ImportSchools } from './import-schools.use-case.js';
import { ImportVenues } from './import-venues.use-case.js';
import { NoticeRepository } from './notice.repository.js';
import { SchoolRepository } from './school.repository.js';
import { SeatLedger } from './seat-ledger.repository.js';
import { ShowCurrentSitting } from './show-current-sitting.use-case.js';
import { SittingController } from './sitting.controller.js';
import { SittingRepository } from './sitting.repository.js';
import { VenueRepository } from './venue.repository.js';
import { VenueSeats } from './venue-seats.repository.js';

const repositories = [
  SittingRepository,
  SchoolRepository,
  VenueRepository,
  VenueSeats,
  SeatLedger,
  NoticeRepository,
  AgreementRepository,
];

/** What staff, the command line and the demonstration do. */
const tasks = [AddSitting, ImportSchools, ImportCampuses, ImportVenues];

/** 考次, 校区, 科目, 考点科目 and its seats, notices, agreement. */
@Module({
  imports: [ImportModule],
  controllers: [SittingController],
  providers: [...repositories, ...tasks, ShowCurrentSitting],
  exports: [...repositories, ...tasks],
})
export class SittingModule {}
