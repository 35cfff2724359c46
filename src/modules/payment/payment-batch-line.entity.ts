import { Entity } from 'typeorm';
import type { SubjectCode } from '../../kernel/words.js';
import {
  IdColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { PaymentBatchLineState } from './payment-batch.machine.js';

/** One enrolment of a batch, as it was when the batch was submitted. The database lets it wait in one batch at a time. */
@Entity('payment_batch_line')
export class PaymentBatchLine {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  batchId: string;
  @ReferenceColumn()
  enrolmentId: string;
  @ReferenceColumn()
  registrationId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @TextColumn(100)
  name: string;
  @WordColumn({ length: 1 })
  subjectCode: SubjectCode;
  @WordColumn({ length: 6 })
  campusCode: string;
  @NumberColumn()
  feeFen: number;
  @WordColumn()
  state: PaymentBatchLineState;
  /** The order its money ended in: paid, or due back. */
  @ReferenceColumn({ nullable: true })
  orderId: string | null;
}
