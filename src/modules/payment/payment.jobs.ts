import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { AskAboutOpenOrders } from './ask-about-open-orders.use-case.js';
import { SendSandboxMessages } from './gateways/sandbox/send-sandbox-messages.use-case.js';

@Injectable()
export class PaymentJobs {
  constructor(handlers: JobHandlers, ask: AskAboutOpenOrders, sendSandboxMessages: SendSandboxMessages) {
    handlers.handle('payment.ask-platform', () => ask.execute());
    handlers.handle('payment.sandbox-notify', () => sendSandboxMessages.execute());
  }
}
