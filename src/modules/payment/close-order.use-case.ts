import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import type { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderRepository } from './payment-order.repository.js';

type OpenOrder = Pick<PaymentOrder, 'id' | 'neeaId' | 'gateway' | 'state'>;

/** Sees to it that nobody can pay an open order any more: closes it, there first, or settles it if somebody has (R-PA-7). */
@Injectable()
export class CloseOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateways: PaymentGateways,
    private readonly orders: PaymentOrderRepository,
    private readonly askPlatform: AskPlatform,
  ) {}

  /** @throws GATEWAY_UNAVAILABLE; the order is open then as before */
  async execute(order: OpenOrder): Promise<void> {
    if ((await this.gateways.close(order)) === 'PAID') await this.settle(order);
    else await this.closeHere(order);
  }

  private async settle(order: OpenOrder): Promise<void> {
    const { verdict } = await this.askPlatform.execute(order);
    if (verdict === 'WRONG_AMOUNT') await this.giveUpWrongAmount(order);
    if (verdict === 'MALFORMED' || verdict === 'FOREIGN_TRADE') await this.closeHere(order);
  }

  /** Nobody can pay it there any more; what it was paid by does not hold. Money that shows up after all is due back then. */
  private async closeHere(order: OpenOrder): Promise<void> {
    await this.unitOfWork.run((tx) => this.orders.move(tx, order, 'CLOSED', { closedAt: tx.now }));
  }

  /** Another amount settles nothing; but the order is used up at the platform, and that money is due back. */
  private async giveUpWrongAmount(order: OpenOrder): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.orders.move(tx, order, 'CLOSED', { closedAt: tx.now }))) return;
      await this.orders.move(tx, { ...order, state: 'CLOSED' }, 'REFUND_DUE', { outcome: 'ESCALATED' });
    });
  }
}
