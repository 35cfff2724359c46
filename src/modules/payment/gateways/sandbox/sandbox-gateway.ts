import { Injectable } from '@nestjs/common';
import { Config } from '../../../../platform/config.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import {
  type GatewayReply,
  type MessageHeaders,
  type OrderForPlatform,
  type PaymentClaim,
  PaymentGateway,
  type PlatformAnswer,
  type PlatformRefund,
} from '../payment-gateway.js';
import { SandboxMessages } from './sandbox-messages.js';
import { SANDBOX_METHODS } from './sandbox-methods.js';
import { isPaid } from './sandbox-trade.entity.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';

export const SANDBOX = 'sandbox';

/** The built-in platform: the port's other side is this process itself. No money moves. */
@Injectable()
export class SandboxGateway extends PaymentGateway {
  readonly name = SANDBOX;
  readonly methods = SANDBOX_METHODS;

  constructor(
    private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly trades: SandboxTradeRepository,
    private readonly messages: SandboxMessages,
  ) {
    super();
  }

  async create(order: OrderForPlatform): Promise<string> {
    await this.unitOfWork.run((tx) => this.trades.addOnce(tx, order));
    return `${this.config.publicUrl}/sandbox-pay/${order.neeaId}`;
  }

  async query(neeaId: string): Promise<PlatformAnswer> {
    const trade = await this.trades.byNeeaId(this.unitOfWork.read(), neeaId);
    if (!trade) return { state: 'UNKNOWN' };
    if (!isPaid(trade)) return { state: trade.state === 'CLOSED' ? 'CLOSED' : 'WAITING' };
    const { tradeNumber, amountFen, method, paidAt } = trade;
    return { state: 'PAID', neeaId, tradeNumber, amountFen, method, paidAt };
  }

  close(neeaId: string): Promise<'CLOSED' | 'PAID'> {
    return this.unitOfWork.run(async (tx) => {
      if (await this.trades.move(tx, { neeaId, state: 'WAITING' }, 'CLOSED')) return 'CLOSED';
      const trade = await this.trades.byNeeaId(tx, neeaId);
      return trade?.state === 'PAID' ? 'PAID' : 'CLOSED';
    });
  }

  async refund(refund: PlatformRefund): Promise<void> {
    const { neeaId, refundNumber, amountFen } = refund;
    await this.unitOfWork.run(async (tx) => {
      const trade = await this.trades.byNeeaId(tx, neeaId);
      if (trade?.amountFen !== amountFen)
        throw new Error('A sandbox trade is refunded in full or not at all.');
      if (await this.trades.noteRefund(tx, refund)) return;
      const noted = await this.trades.byNeeaId(tx, neeaId);
      if (noted?.refundNumber !== refundNumber) throw new Error('The sandbox trade cannot be refunded.');
    });
  }

  read(rawBody: Buffer, headers: MessageHeaders): PaymentClaim {
    return this.messages.read(rawBody, headers);
  }

  reply(accepted: boolean): GatewayReply {
    return accepted
      ? { status: 200, contentType: 'text/plain', body: 'success' }
      : { status: 400, contentType: 'text/plain', body: 'failure' };
  }
}
