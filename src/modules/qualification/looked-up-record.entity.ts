import { Entity, PrimaryColumn } from 'typeorm';
import { FlagColumn, InstantColumn, ReferenceColumn } from '../../platform/database/columns.js';

/**
 * Which student an account looked up last in a sitting, so that the CET6 review knows who it is about. Looking up binds
 * nothing (R-QU-5); once confirmed, later look-ups do not move it.
 */
@Entity('looked_up_record')
export class LookedUpRecord {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId: string;
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sittingId: string;
  @ReferenceColumn()
  recordId: string;
  @FlagColumn()
  confirmed: boolean;
  @InstantColumn()
  lookedUpAt: Date;
}
