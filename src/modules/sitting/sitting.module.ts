import { Module } from '@nestjs/common';
import { AgreementRepository } from './agreement.repository.js';
import { NoticeRepository } from './notice.repository.js';
import { SchoolRepository } from './school.repository.js';
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
  NoticeRepository,
  AgreementRepository,
];

/** 考次, 校区, 科目, 考点科目 and its seats, notices, agreement. */
@Module({
  controllers: [SittingController],
  providers: [...repositories, ShowCurrentSitting],
  exports: repositories,
})
export class SittingModule {}
