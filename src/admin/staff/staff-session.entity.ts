import { Entity, PrimaryColumn } from 'typeorm';
import {
  InstantColumn,
  LongTextColumn,
  ReferenceColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A signed-in member of staff, as express-session keeps it. The id is a hash: a copy of the table signs nobody in. */
@Entity('staff_session')
export class StaffSession {
  @PrimaryColumn({ type: 'varchar', length: 128 })
  id: string;
  /** Null while a code is still to be typed. */
  @ReferenceColumn({ nullable: true })
  staffId: string | null;
  /** What express-session keeps, as JSON; no secret. */
  @LongTextColumn()
  data: string;
  /** What people know their browser by. */
  @TextColumn(200, { nullable: true })
  browser: string | null;
  @TextColumn(60, { nullable: true })
  address: string | null;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn()
  expiresAt: Date;
}
