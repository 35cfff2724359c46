import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { SittingModule } from '../sitting/index.js';
import { ArrangeSeats } from './arrange-seats.use-case.js';
import { BindStudent } from './bind-student.js';
import { ChooseSubjects } from './choose-subjects.js';
import { ConfirmRegistration } from './confirm-registration.use-case.js';
import { DeleteEmptyRegistrations } from './delete-empty-registrations.use-case.js';
import { DeleteRegistration } from './delete-registration.use-case.js';
import { EndRegistration } from './end-registration.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { HeldLevels } from './held-levels.repository.js';
import { LapseUnpaidEnrolments } from './lapse-unpaid-enrolments.use-case.js';
import { LoadChoosingFacts } from './load-choosing-facts.js';
import { PrintTicket } from './print-ticket.use-case.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationJobs } from './registration.jobs.js';
import { RegistrationRepository } from './registration.repository.js';
import { SeatHolding } from './seat-holding.js';
import { ShowEnrolments } from './show-enrolments.use-case.js';
import { ShowRegistration } from './show-registration.use-case.js';
import { TicketController } from './ticket.controller.js';
import { TicketPrinter } from './ticket-printer.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';
import { WithOrdersClosed } from './with-orders-closed.js';

const shared = [
  ArrangeSeats,
  BindStudent,
  EndRegistration,
  RegistrationRepository,
  EnrolmentRepository,
  WaitlistEntryRepository,
  HeldLevels,
  LoadChoosingFacts,
  ChooseSubjects,
  SeatHolding,
  ShowEnrolments,
  WithOrdersClosed,
];

/** 报名信息: registration, enrolments, waitlist rows, the registration page, tickets. */
@Module({
  imports: [AuditModule, SittingModule, PassportModule, QualificationModule],
  controllers: [RegistrationController, TicketController],
  providers: [
    ...shared,
    ConfirmRegistration,
    DeleteRegistration,
    ShowRegistration,
    PrintTicket,
    TicketPrinter,
    LapseUnpaidEnrolments,
    DeleteEmptyRegistrations,
    RegistrationJobs,
  ],
  exports: shared,
})
export class RegistrationModule {}
