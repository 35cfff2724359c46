import { Entity } from 'typeorm';
import type { ExamKind } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { PaymentOrderState, PaymentOutcome } from './payment-order.machine.js';

/** 订单: what a registration pays together, all unpaid enrolments of one kind (R-PA-1). The database allows one open. */
@Entity('payment_order')
export class PaymentOrder {
  @IdColumn()
  id: string;
  /** Merchant order number; the platform knows the order by it. */
  @WordColumn({ length: 32 })
  neeaId: string;
  @ReferenceColumn()
  registrationId: string;
  /** The school's transfer that paid it (R-PA-9); null: the candidate's own order. */
  @ReferenceColumn({ nullable: true })
  batchId: string | null;
  /**
   * The order that was paid a second time by this money, which is due back (R-PA-7); null: money of its own. The platform
   * knows the payment by that order's NEEA ID.
   */
  @ReferenceColumn({ nullable: true })
  repeatedOrderId: string | null;
  @ReferenceColumn()
  sittingId: string;
  /** The candidate's. */
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn()
  kind: ExamKind;
  /** Name of the gateway it is paid through. */
  @WordColumn({ length: 20 })
  gateway: string;
  @TextColumn(100)
  purpose: string;
  @TextColumn(100)
  payerName: string;
  @NumberColumn()
  amountFen: number;
  @WordColumn({ length: 12 })
  state: PaymentOrderState;
  @WordColumn({ length: 12, nullable: true })
  outcome: PaymentOutcome | null;
  @TextColumn(64, { nullable: true })
  platformTradeNumber: string | null;
  @WordColumn({ length: 20, nullable: true })
  method: string | null;
  /** The earliest deadline of its enrolments, as shown. */
  @InstantColumn()
  expiresAt: Date;
  @InstantColumn()
  createdAt: Date;
  /** When the platform took the money. */
  @InstantColumn({ nullable: true })
  paidAt: Date | null;
  @InstantColumn({ nullable: true })
  closedAt: Date | null;
}
