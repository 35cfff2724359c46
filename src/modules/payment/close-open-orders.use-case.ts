import { Injectable } from '@nestjs/common';
import { type Reader, type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OpenOrders } from '../registration/index.js';
import { CloseOrder } from './close-order.use-case.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { PaymentOrderRepository } from './payment-order.repository.js';
import { SettlePaymentBatches } from './settle-payment-batches.use-case.js';

/**
 * What registration asks before it takes a seat from an unpaid enrolment (R-PA-7). A school's transfer that has been
 * approved (R-PA-9) is money that has come: it is applied before anything else.
 */
@Injectable()
export class CloseOpenOrders extends OpenOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PaymentOrderRepository,
    private readonly closeOrder: CloseOrder,
    private readonly batches: PaymentBatchRepository,
    private readonly settleBatches: SettlePaymentBatches,
  ) {
    super();
  }

  async settleOrClose(enrolmentIds: readonly string[]): Promise<void> {
    const reader = this.unitOfWork.read();
    for (const { batchId, registrationId } of await this.batches.approvedHolding(reader, enrolmentIds))
      await this.settleBatches.settleRegistration(batchId, registrationId);
    const open = await this.orders.openHolding(reader, enrolmentIds);
    for (const order of open) await this.closeOrder.execute(order);
  }

  async anyHolds(reader: Reader, enrolmentIds: readonly string[]): Promise<boolean> {
    const open = await this.orders.openHolding(reader, enrolmentIds);
    return open.length > 0 || (await this.batches.approvedHolding(reader, enrolmentIds)).length > 0;
  }

  /** What has been approved does not wait any more: `settleOrClose` has paid it. */
  async awaitsDecision(tx: Tx, enrolmentId: string): Promise<boolean> {
    return (await this.batches.waiting(tx, [enrolmentId])).has(enrolmentId);
  }
}
