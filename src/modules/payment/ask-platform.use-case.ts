import { inspect } from 'node:util';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { PlatformAnswer } from './gateways/payment-gateway.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import type { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderRepository } from './payment-order.repository.js';
import { SettlePayment } from './settle-payment.use-case.js';
import type { Verdict } from './settlement.rules.js';

export type AskedOrder = Pick<PaymentOrder, 'id' | 'neeaId' | 'gateway' | 'state'>;

/** R-PA-5: asks the platform for the truth about an order and acts on it. Never inside a transaction. */
@Injectable()
export class AskPlatform {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateways: PaymentGateways,
    private readonly orders: PaymentOrderRepository,
    private readonly settlePayment: SettlePayment,
  ) {}

  /** A paid order is settled, one closed there is closed here. @throws GATEWAY_UNAVAILABLE */
  async execute(order: AskedOrder): Promise<{ state: PlatformAnswer['state']; verdict?: Verdict }> {
    const answer = await this.gateways.query(order);
    if (answer.state === 'PAID') {
      const { state, ...claim } = answer;
      const { gateway, neeaId: asked } = order;
      const evidence = evidenceOf({ asked, ...claim });
      return { state, verdict: await this.settlePayment.execute({ gateway, claim, asked, evidence }) };
    }
    if (answer.state === 'CLOSED' && order.state === 'OPEN') {
      await this.unitOfWork.run((tx) => this.orders.move(tx, order, 'CLOSED', { closedAt: tx.now }));
    }
    return { state: answer.state };
  }
}

/** An answer as text, whatever it is made of: what runs into itself or says no JSON of itself is shown as far as can be. */
function evidenceOf(answer: object): string {
  try {
    return JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  } catch {
    return inspect(answer);
  }
}
