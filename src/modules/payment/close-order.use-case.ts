import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import type { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderRepository } from './payment-order.repository.js';

type OpenOrder = Pick<PaymentOrder, 'id' | 'neeaId' | 'gateway' | 'state'>;

/** Sees to it that nobody can pay an open order any more: settles it if somebody has, else closes it, there first. */
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
    if (await this.endsByAsking(order)) return;
    if ((await this.gateways.close(order)) === 'PAID') {
      await this.endsByAsking(order);
      return;
    }
    await this.unitOfWork.run((tx) => this.orders.move(tx, order, 'CLOSED', { closedAt: tx.now }));
  }

  private async endsByAsking(order: OpenOrder): Promise<boolean> {
    const { state, verdict } = await this.askPlatform.execute(order);
    if (verdict === 'WRONG_AMOUNT') await this.giveUpWrongAmount(order);
    return state === 'PAID' || state === 'CLOSED';
  }

  /** Somebody paid another amount, which settles nothing; the order is used up all the same and its money due back. */
  private async giveUpWrongAmount(order: OpenOrder): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.orders.move(tx, order, 'CLOSED', { closedAt: tx.now }))) return;
      await this.orders.move(tx, { ...order, state: 'CLOSED' }, 'REFUND_DUE', { outcome: 'ESCALATED' });
    });
  }
}
