import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, LongTextColumn, WordColumn } from '../../platform/database/columns.js';
import type { Verdict } from './settlement.rules.js';

/** What a platform told us, and what became of it. Append-only; each ends in one verdict (R-PA-6). */
@Entity('payment_message')
export class PaymentMessage {
  @IdColumn()
  id: string;
  @WordColumn({ length: 20 })
  gateway: string;
  /** Null when the sender is unproven and so nothing in it can be believed. */
  @WordColumn({ length: 32, nullable: true })
  neeaId: string | null;
  @WordColumn({ length: 20 })
  verdict: Verdict;
  /** As it came; of a question we asked, the platform's answer. */
  @LongTextColumn()
  body: string;
  @InstantColumn()
  receivedAt: Date;
}
