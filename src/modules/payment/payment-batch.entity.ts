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
import type { PaymentBatchState } from './payment-batch.machine.js';

/** 集体缴费: what a school pays by one bank transfer, locked enrolments of one kind (R-PA-9). */
@Entity('payment_batch')
export class PaymentBatch {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn()
  kind: ExamKind;
  @WordColumn()
  state: PaymentBatchState;
  @NumberColumn()
  lineCount: number;
  @NumberColumn()
  amountFen: number;
  /**
   * 银行转账凭证号, as it was written. One transfer pays for one batch: the database allows no two that count, be they
   * written with other blanks, hyphens or cases.
   */
  @TextColumn(60)
  transferReference: string;
  @ReferenceColumn()
  submittedBy: string;
  /** Who had given the submitter their way in: that person is no second one. */
  @ReferenceColumn({ nullable: true })
  submitterInvitedBy: string | null;
  @InstantColumn()
  submittedAt: Date;
  @ReferenceColumn({ nullable: true })
  decidedBy: string | null;
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;
  /** Why it was rejected. */
  @TextColumn(300, { nullable: true })
  reason: string | null;
  /** When the last line of an approved batch was paid or found unpayable. */
  @InstantColumn({ nullable: true })
  settledAt: Date | null;
}
