import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { assertMove } from '../../../../kernel/state-machine.js';
import { isUniqueViolation } from '../../../../platform/database/dialect.js';
import type { Reader, Tx } from '../../../../platform/database/unit-of-work.js';
import type { PlatformRefund } from '../payment-gateway.js';
import { SandboxTrade } from './sandbox-trade.entity.js';
import { SANDBOX_TRADE_STATES, type SandboxTradeState } from './sandbox-trade.machine.js';

@Injectable()
export class SandboxTradeRepository {
  byNeeaId(reader: Reader, neeaId: string): Promise<SandboxTrade | null> {
    return reader.manager.findOneBy(SandboxTrade, { neeaId });
  }

  /** Adds the trade unless there is one of this number. */
  async addOnce(
    tx: Tx,
    trade: Pick<SandboxTrade, 'neeaId' | 'purpose' | 'source' | 'payerName' | 'amountFen'>,
  ): Promise<void> {
    const { neeaId, purpose, source, payerName, amountFen } = trade;
    if (await tx.manager.existsBy(SandboxTrade, { neeaId })) return;
    try {
      await tx.manager.insert(SandboxTrade, {
        neeaId,
        purpose,
        source,
        payerName,
        amountFen,
        state: 'WAITING',
        createdAt: tx.now,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Compare-and-swap; false when it was not in the state it was thought to be in. */
  async move(
    tx: Tx,
    trade: Pick<SandboxTrade, 'neeaId' | 'state'>,
    to: SandboxTradeState,
    changes: Partial<SandboxTrade> = {},
  ): Promise<boolean> {
    const { neeaId, state } = trade;
    assertMove(SANDBOX_TRADE_STATES, state, to);
    const { affected } = await tx.manager.update(SandboxTrade, { neeaId, state }, { ...changes, state: to });
    return affected === 1;
  }

  /** Notes a refund of a paid trade; false when it is unpaid or refunded already. */
  async noteRefund(tx: Tx, { neeaId, refundNumber }: PlatformRefund): Promise<boolean> {
    const { affected } = await tx.manager.update(
      SandboxTrade,
      { neeaId, state: 'PAID', refundNumber: IsNull() },
      { refundNumber, refundedAt: tx.now },
    );
    return affected === 1;
  }

  /** Trades whose message is due, oldest first. */
  toNotify(reader: Reader, limit: number): Promise<SandboxTrade[]> {
    return reader.manager
      .createQueryBuilder(SandboxTrade, 'trade')
      .where('trade.notifyAt <= :now', { now: reader.now })
      .orderBy('trade.notifyAt')
      .limit(limit)
      .getMany();
  }

  /** Sets the time of the next message (null: none), if it has not been set anew since; so one worker takes it. */
  async setNotifyAt(
    tx: Tx,
    trade: Pick<SandboxTrade, 'neeaId' | 'notifyAt'>,
    next: Date | null,
  ): Promise<boolean> {
    const { neeaId, notifyAt } = trade;
    if (notifyAt === null) return false;
    const { affected } = await tx.manager.update(SandboxTrade, { neeaId, notifyAt }, { notifyAt: next });
    return affected === 1;
  }
}
