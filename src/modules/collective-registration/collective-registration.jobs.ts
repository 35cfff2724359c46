import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { WorkOffCollectiveRegistrations } from './work-off-collective-registrations.use-case.js';

@Injectable()
export class CollectiveRegistrationJobs {
  constructor(handlers: JobHandlers, workOff: WorkOffCollectiveRegistrations) {
    handlers.handle('collective-registration.work-off', () => workOff.execute());
  }
}
