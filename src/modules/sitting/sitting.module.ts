import { Module } from '@nestjs/common';
import { ImportModule } from '../../platform/import/import.module.js';
import { AuditModule } from '../audit/index.js';
import { AddSitting } from './add-sitting.use-case.js';
import { AgreementRepository } from './agreement.repository.js';
import { AllowOralElsewhere } from './allow-oral-elsewhere.use-case.js';
import { EditCampus } from './edit-campus.use-case.js';
import { EditNotice } from './edit-notice.use-case.js';
import { EditSchool } from './edit-school.use-case.js';
import { EditVenues } from './edit-venues.use-case.js';
import { ImportCampuses } from './import-campuses.use-case.js';
import { ImportSchools } from './import-schools.use-case.js';
import { ImportVenues } from './import-venues.use-case.js';
import { MakeSittingCurrent } from './make-sitting-current.use-case.js';
import { NoticeRepository } from './notice.repository.js';
import { OfferSubject } from './offer-subject.use-case.js';
import { PublishNotice } from './publish-notice.use-case.js';
import { RenameProvince } from './rename-province.use-case.js';
import { RepublishNotice } from './republish-notice.use-case.js';
import { SchoolRepository } from './school.repository.js';
import { SeatLedger } from './seat-ledger.repository.js';
import { SetProvinceSettings } from './set-province-settings.use-case.js';
import { SetSittingPolicies } from './set-sitting-policies.use-case.js';
import { ShowCurrentSitting } from './show-current-sitting.use-case.js';
import { SittingController } from './sitting.controller.js';
import { SittingRepository } from './sitting.repository.js';
import { VenueRepository } from './venue.repository.js';
import { VenueSeats } from './venue-seats.repository.js';
import { WithdrawNotice } from './withdraw-notice.use-case.js';
import { WithdrawSubjects } from './withdraw-subjects.use-case.js';

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
const tasks = [
  AddSitting,
  ImportSchools,
  ImportCampuses,
  ImportVenues,
  AllowOralElsewhere,
  EditCampus,
  EditNotice,
  EditSchool,
  EditVenues,
  MakeSittingCurrent,
  OfferSubject,
  PublishNotice,
  RenameProvince,
  RepublishNotice,
  SetProvinceSettings,
  SetSittingPolicies,
  WithdrawNotice,
  WithdrawSubjects,
];

/** 考次, 校区, 科目, 考点科目 and its seats, notices, agreement. */
@Module({
  imports: [ImportModule, AuditModule],
  controllers: [SittingController],
  providers: [...repositories, ...tasks, ShowCurrentSitting],
  exports: [...repositories, ...tasks],
})
export class SittingModule {}
