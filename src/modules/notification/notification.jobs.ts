import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { SendOutbox } from './send-outbox.use-case.js';

@Injectable()
export class NotificationJobs {
  constructor(handlers: JobHandlers, sendOutbox: SendOutbox) {
    handlers.handle('outbox.send', () => sendOutbox.execute());
  }
}
