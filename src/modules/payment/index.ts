export { DecidePaymentBatch } from './decide-payment-batch.use-case.js';
export { GatewaysModule } from './gateways/gateways.module.js';
export { LoadPayableEnrolments, type PayableEnrolments } from './load-payable-enrolments.js';
export { LockEnrolment } from './lock-enrolment.use-case.js';
export { PaymentModule } from './payment.module.js';
export { PaymentBatch } from './payment-batch.entity.js';
export {
  PAYMENT_BATCH_LINE_STATES,
  PAYMENT_BATCH_STATES,
  type PaymentBatchLineState,
  type PaymentBatchState,
} from './payment-batch.machine.js';
export { type BatchOutcome, PaymentBatchRepository } from './payment-batch.repository.js';
export { PaymentBatchLine } from './payment-batch-line.entity.js';
export { PaymentMessage } from './payment-message.entity.js';
export { PaymentOrder } from './payment-order.entity.js';
export {
  PAYMENT_ORDER_STATES,
  type PaymentOrderState,
  type PaymentOutcome,
} from './payment-order.machine.js';
export { PaymentOrderRepository } from './payment-order.repository.js';
export { PaymentOrderLine } from './payment-order-line.entity.js';
export { type OrderRecord, ShowOrderRecords } from './show-order-records.js';
export { SubmitPaymentBatch, type SubmitPaymentBatchCommand } from './submit-payment-batch.use-case.js';
export { UnlockEnrolment } from './unlock-enrolment.use-case.js';

import { SandboxTrade } from './gateways/sandbox/sandbox-trade.entity.js';
import { PaymentBatch } from './payment-batch.entity.js';
import { PaymentBatchLine } from './payment-batch-line.entity.js';
import { PaymentMessage } from './payment-message.entity.js';
import { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderLine } from './payment-order-line.entity.js';

export const paymentEntities = [
  PaymentOrder,
  PaymentOrderLine,
  PaymentBatch,
  PaymentBatchLine,
  PaymentMessage,
  SandboxTrade,
];
