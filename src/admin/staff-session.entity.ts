import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, LongTextColumn } from '../platform/database/columns.js';

/** A signed-in member of staff, as express-session keeps it. The id is a hash: a copy of the table signs nobody in. */
@Entity('staff_session')
export class StaffSession {
  @PrimaryColumn({ type: 'varchar', length: 128 })
  id: string;
  /** Whose it is, as JSON; no secret. */
  @LongTextColumn()
  data: string;
  @InstantColumn()
  expiresAt: Date;
}
