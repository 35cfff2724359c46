import { Entity, PrimaryColumn } from 'typeorm';
import type { ReportForm, SubjectCode } from '../../kernel/words.js';
import { NumberColumn, WordColumn } from '../../platform/database/columns.js';

/** One enrolment of an order, as it was when the order was made. */
@Entity('payment_order_line')
export class PaymentOrderLine {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderId: string;
  @PrimaryColumn({ type: 'varchar', length: 36 })
  enrolmentId: string;
  @WordColumn({ length: 1 })
  subjectCode: SubjectCode;
  @WordColumn({ length: 6 })
  campusCode: string;
  @NumberColumn()
  feeFen: number;
  @WordColumn({ length: 10, nullable: true })
  reportForm: ReportForm | null;
}
