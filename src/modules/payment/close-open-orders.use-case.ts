import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OpenOrders } from '../registration/index.js';
import { CloseOrder } from './close-order.use-case.js';
import { PaymentOrderRepository } from './payment-order.repository.js';

/** What registration asks before it takes a seat from an unpaid enrolment (R-PA-7). */
@Injectable()
export class CloseOpenOrders extends OpenOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PaymentOrderRepository,
    private readonly closeOrder: CloseOrder,
  ) {
    super();
  }

  async settleOrClose(enrolmentIds: readonly string[]): Promise<void> {
    const open = await this.orders.openHolding(this.unitOfWork.read(), enrolmentIds);
    for (const order of open) await this.closeOrder.execute(order);
  }

  async anyHolds(tx: Tx, enrolmentIds: readonly string[]): Promise<boolean> {
    return (await this.orders.openHolding(tx, enrolmentIds)).length > 0;
  }
}
