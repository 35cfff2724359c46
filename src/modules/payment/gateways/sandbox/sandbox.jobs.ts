import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../../../platform/queue/job-handlers.js';
import { SendSandboxMessages } from './send-sandbox-messages.use-case.js';

@Injectable()
export class SandboxJobs {
  constructor(handlers: JobHandlers, sendSandboxMessages: SendSandboxMessages) {
    handlers.handle('payment.sandbox-notify', () => sendSandboxMessages.execute());
  }
}
