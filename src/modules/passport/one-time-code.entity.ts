import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, NumberColumn, TextColumn } from '../../platform/database/columns.js';

/** The newest code sent to somebody for one purpose. Neither the code nor where it went can be read from it. */
@Entity('one_time_code')
export class OneTimeCode {
  /** Keyed hash of channel, target and purpose. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  targetKey: string;
  /** Keyed hash of the code. */
  @TextColumn(64)
  codeHash: string;
  /** Tries so far, right or wrong. */
  @NumberColumn()
  attempts: number;
  @InstantColumn()
  expiresAt: Date;
}
