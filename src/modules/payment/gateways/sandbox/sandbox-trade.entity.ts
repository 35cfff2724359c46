import { Entity, PrimaryColumn } from 'typeorm';
import {
  InstantColumn,
  NumberColumn,
  TextColumn,
  WordColumn,
} from '../../../../platform/database/columns.js';
import type { SandboxTradeState } from './sandbox-trade.machine.js';

/** An order as the sandbox platform keeps it: its books, not ours, though they lie in the same database. */
@Entity('sandbox_trade')
export class SandboxTrade {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  neeaId: string;
  /** The platform's number, once paid. */
  @TextColumn(64, { nullable: true })
  tradeNumber: string | null;
  @TextColumn(100)
  purpose: string;
  @TextColumn(100)
  source: string;
  @TextColumn(100)
  payerName: string;
  @NumberColumn()
  amountFen: number;
  @WordColumn({ length: 10 })
  state: SandboxTradeState;
  @WordColumn({ length: 20, nullable: true })
  method: string | null;
  /** When its message is to go out; null when none is to. */
  @InstantColumn({ nullable: true })
  notifyAt: Date | null;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn({ nullable: true })
  paidAt: Date | null;
  @TextColumn(64, { nullable: true })
  refundNumber: string | null;
  @InstantColumn({ nullable: true })
  refundedAt: Date | null;
}

/** A trade that has been paid. */
export type PaidTrade = SandboxTrade & { tradeNumber: string; method: string; paidAt: Date };

export function isPaid(trade: SandboxTrade): trade is PaidTrade {
  return trade.state === 'PAID';
}
