import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, NumberColumn } from '../../platform/database/columns.js';

/** Failed sign-ins with one login, whether anybody has it or not. */
@Entity('staff_sign_in_lock')
export class SignInLock {
  /** A keyed hash: what people type by mistake is sometimes a password. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  loginHash: string;
  /** In a row, the one under way included. */
  @NumberColumn()
  attempts: number;
  @InstantColumn()
  lastAttemptAt: Date;
  @InstantColumn({ nullable: true })
  lockedUntil: Date | null;
}
