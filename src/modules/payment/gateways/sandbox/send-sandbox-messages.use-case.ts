import { Injectable } from '@nestjs/common';
import { later, MINUTES } from '../../../../kernel/clock.js';
import { UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { DeliverSandboxMessage } from './deliver-sandbox-message.js';
import { isPaid, type SandboxTrade } from './sandbox-trade.entity.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';

const BATCH = 50;
/** A worker that dies with a message in hand leaves it to the next one after this. */
const LEASE_MS = 1 * MINUTES;

/** The sandbox platform's late messages, and those whose delivery failed. */
@Injectable()
export class SendSandboxMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trades: SandboxTradeRepository,
    private readonly deliverMessage: DeliverSandboxMessage,
  ) {}

  async execute(): Promise<{ sent: number }> {
    let sent = 0;
    for (;;) {
      const due = await this.trades.toNotify(this.unitOfWork.read(), BATCH);
      for (const trade of due) if (await this.send(trade)) sent++;
      if (due.length < BATCH) return { sent };
    }
  }

  private async send(trade: SandboxTrade): Promise<boolean> {
    const taken = await this.unitOfWork.run(async (tx) => {
      const notifyAt = later(tx.now, LEASE_MS);
      return (await this.trades.setNotifyAt(tx, trade, notifyAt)) ? { ...trade, notifyAt } : undefined;
    });
    if (!taken || !isPaid(taken)) return false;
    await this.deliverMessage.execute(taken);
    return true;
  }
}
