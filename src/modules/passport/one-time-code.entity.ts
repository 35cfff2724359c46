import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, NumberColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * The newest code that one asker had sent to a target for a purpose. Neither the code nor where it went nor who asked
 * can be read from it. Who asks for another's code does not end theirs, and who guesses at it uses up tries of their own.
 */
@Entity('one_time_code')
export class OneTimeCode {
  /** Keyed hash of `targetKey` and who asked. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;
  /** Keyed hash of channel, target and purpose. */
  @Column({ type: 'varchar', length: 64 })
  targetKey: string;
  /** Keyed hash of the code. */
  @TextColumn(64)
  codeHash: string;
  /** Tries so far of who asked, right or wrong. */
  @NumberColumn()
  attempts: number;
  /** Those of everybody else. */
  @NumberColumn()
  strangersAttempts: number;
  @InstantColumn()
  expiresAt: Date;
}
