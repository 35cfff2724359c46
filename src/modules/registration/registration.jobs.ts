import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { DeleteEmptyRegistrations } from './delete-empty-registrations.use-case.js';
import { LapseUnpaidEnrolments } from './lapse-unpaid-enrolments.use-case.js';

@Injectable()
export class RegistrationJobs {
  constructor(handlers: JobHandlers, lapse: LapseUnpaidEnrolments, deleteEmpty: DeleteEmptyRegistrations) {
    handlers.handle('enrolment.lapse', () => lapse.execute());
    handlers.handle('registration.delete-empty', () => deleteEmpty.execute());
  }
}
