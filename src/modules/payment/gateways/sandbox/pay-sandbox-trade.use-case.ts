import { Injectable } from '@nestjs/common';
import { later, SECONDS, toShanghai } from '../../../../kernel/clock.js';
import { newNeeaId } from '../../../../kernel/ids.js';
import { Config } from '../../../../platform/config.js';
import { type Tx, UnitOfWork } from '../../../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../../../platform/http/refusals.js';
import { DeliverSandboxMessage } from './deliver-sandbox-message.js';
import type { SandboxMethodCode } from './sandbox-methods.js';
import { isPaid, type PaidTrade } from './sandbox-trade.entity.js';
import { SandboxTradeRepository } from './sandbox-trade.repository.js';
import { tradeIsNotClosed } from './sandbox-trade.rules.js';

/** How the merchant hears of it: before the payer sees the result, some seconds later, twice, or not at all. */
export const NOTIFY_MODES = ['NOW', 'LATER', 'TWICE', 'NEVER'] as const;
export type NotifyMode = (typeof NOTIFY_MODES)[number];

export interface PaySandboxTradeCommand {
  neeaId: string;
  method: SandboxMethodCode;
  notify: NotifyMode;
}

/** The payer pays. Paying again pays nothing and sends nothing. */
@Injectable()
export class PaySandboxTrade {
  constructor(
    private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly trades: SandboxTradeRepository,
    private readonly deliverMessage: DeliverSandboxMessage,
  ) {}

  /** @throws NOT_FOUND, TRADE_CLOSED */
  async execute(command: PaySandboxTradeCommand): Promise<PaidTrade> {
    const { trade, paidNow } = await this.unitOfWork.run((tx) => this.pay(tx, command));
    if (paidNow && command.notify === 'NOW') await this.deliverMessage.execute(trade);
    if (paidNow && command.notify === 'TWICE') await this.deliverMessage.execute(trade, 2);
    return trade;
  }

  private async pay(
    tx: Tx,
    command: PaySandboxTradeCommand,
  ): Promise<{ trade: PaidTrade; paidNow: boolean }> {
    const { neeaId, method, notify } = command;
    const paidNow = await this.trades.move(tx, { neeaId, state: 'WAITING' }, 'PAID', {
      method,
      tradeNumber: newTradeNumber(tx.now),
      paidAt: tx.now,
      // also where it goes out at once: if the process dies first, the job sends it
      notifyAt: notify === 'NEVER' ? null : later(tx.now, this.config.sandboxLateSeconds * SECONDS),
    });
    const trade = await this.trades.byNeeaId(tx, neeaId);
    if (!trade) throw NOT_FOUND();
    tradeIsNotClosed(trade);
    if (!isPaid(trade)) throw new Error(`Sandbox trade ${neeaId} was paid and yet is not.`);
    return { trade, paidNow };
  }
}

/** The day, and 20 random hex digits. */
function newTradeNumber(now: Date): string {
  return `${toShanghai(now).slice(0, 10).replaceAll('-', '')}${newNeeaId().slice(0, 20)}`;
}
