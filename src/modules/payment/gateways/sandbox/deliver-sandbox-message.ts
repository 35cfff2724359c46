import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { ReceiveMessage } from '../../receive-message.use-case.js';
import { SANDBOX } from './sandbox-gateway.js';
import { SandboxMessages } from './sandbox-messages.js';
import type { PaidTrade } from './sandbox-trade.entity.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';

/** Carries a paid trade's signed message to where `POST /payment/notifications/sandbox` would, bytes and headers alike. */
@Injectable()
export class DeliverSandboxMessage {
  private readonly logger = new Logger(DeliverSandboxMessage.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: SandboxMessages,
    private readonly trades: SandboxTradeRepository,
    private readonly receiveMessage: ReceiveMessage,
  ) {}

  /** Sends it so many times. One that fails stays due at its `notifyAt`; one that is answered, whatever with, is done. */
  async execute(trade: PaidTrade, times = 1): Promise<void> {
    const { body: rawBody, headers } = this.messages.write(trade);
    try {
      for (let i = 0; i < times; i++) {
        await this.receiveMessage.execute({ gateway: SANDBOX, rawBody, headers, address: SANDBOX });
      }
    } catch (error) {
      this.logger.warn(
        `The message about ${trade.neeaId} was not taken, and will come again. ${String(error)}`,
      );
      return;
    }
    await this.unitOfWork.run((tx) => this.trades.setNotifyAt(tx, trade, null));
  }
}
