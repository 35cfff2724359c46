import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { CheckLine } from './check-line.use-case.js';
import { CollectiveRegistrationJobs } from './collective-registration.jobs.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import { DecideCollectiveRegistration } from './decide-collective-registration.use-case.js';
import { EnrolLine } from './enrol-line.use-case.js';
import { KnownAccount } from './known-account.js';
import { StartCollectiveRegistration } from './start-collective-registration.use-case.js';
import { StudentAtHand } from './student-at-hand.js';
import { WorkOffCollectiveRegistrations } from './work-off-collective-registrations.use-case.js';

/** 集体报名: a school enrols a list of its students. */
@Module({
  imports: [SittingModule, PassportModule, AuditModule, QualificationModule, RegistrationModule],
  providers: [
    CollectiveRegistrationRepository,
    KnownAccount,
    StudentAtHand,
    CheckLine,
    EnrolLine,
    StartCollectiveRegistration,
    DecideCollectiveRegistration,
    WorkOffCollectiveRegistrations,
    CollectiveRegistrationJobs,
  ],
  exports: [CollectiveRegistrationRepository, StartCollectiveRegistration, DecideCollectiveRegistration],
})
export class CollectiveRegistrationModule {}
