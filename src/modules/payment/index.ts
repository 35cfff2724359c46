export { PaymentModule } from './payment.module.js';
export { PaymentMessage } from './payment-message.entity.js';
export { PaymentOrder } from './payment-order.entity.js';
export {
  PAYMENT_ORDER_STATES,
  type PaymentOrderState,
  type PaymentOutcome,
} from './payment-order.machine.js';
export { PaymentOrderLine } from './payment-order-line.entity.js';

import { SandboxTrade } from './gateways/sandbox/sandbox-trade.entity.js';
import { PaymentMessage } from './payment-message.entity.js';
import { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderLine } from './payment-order-line.entity.js';

export const paymentEntities = [PaymentOrder, PaymentOrderLine, PaymentMessage, SandboxTrade];
