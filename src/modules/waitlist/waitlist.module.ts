import { Module } from '@nestjs/common';
import { NotificationModule } from '../notification/index.js';
import { PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { AllocateSeats } from './allocate-seats.use-case.js';
import { CancelEntry } from './cancel-entry.use-case.js';
import { CloseQueues } from './close-queues.use-case.js';
import { JoinWaitlist } from './join-waitlist.use-case.js';
import { ListEntries } from './list-entries.use-case.js';
import { VerifySeats } from './verify-seats.use-case.js';
import { WaitlistController } from './waitlist.controller.js';
import { WaitlistJobs } from './waitlist.jobs.js';

/** 候补: queueing, and handing freed seats to the first in line. */
@Module({
  imports: [SittingModule, PassportModule, NotificationModule, QualificationModule, RegistrationModule],
  controllers: [WaitlistController],
  providers: [ListEntries, JoinWaitlist, CancelEntry, AllocateSeats, CloseQueues, VerifySeats, WaitlistJobs],
})
export class WaitlistModule {}
