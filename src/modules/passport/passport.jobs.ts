import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { ForgetExpired } from './forget-expired.use-case.js';

@Injectable()
export class PassportJobs {
  constructor(handlers: JobHandlers, forgetExpired: ForgetExpired) {
    handlers.handle('passport.forget-expired', () => forgetExpired.execute());
  }
}
