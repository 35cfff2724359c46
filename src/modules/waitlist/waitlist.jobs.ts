import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { AllocateSeats } from './allocate-seats.use-case.js';
import { CloseQueues } from './close-queues.use-case.js';
import { VerifySeats } from './verify-seats.use-case.js';

@Injectable()
export class WaitlistJobs {
  constructor(handlers: JobHandlers, allocate: AllocateSeats, close: CloseQueues, verify: VerifySeats) {
    handlers.handle('waitlist.allocate', ({ venueId }) => allocate.execute({ venueId }));
    handlers.handle('seats.verify', () => verify.execute());
    handlers.handle('waitlist.close', () => close.execute());
  }
}
