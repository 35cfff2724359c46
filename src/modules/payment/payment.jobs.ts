import { Injectable } from '@nestjs/common';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { AskAboutOpenOrders } from './ask-about-open-orders.use-case.js';
import { SettlePaymentBatches } from './settle-payment-batches.use-case.js';

@Injectable()
export class PaymentJobs {
  constructor(handlers: JobHandlers, ask: AskAboutOpenOrders, settleBatches: SettlePaymentBatches) {
    handlers.handle('payment.ask-platform', () => ask.execute());
    handlers.handle('payment.settle-batches', ({ batchId }) => settleBatches.execute({ batchId }));
  }
}
