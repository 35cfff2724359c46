import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/columns.js';

/** A human check that has been answered; kept until it could not be answered any more anyway. */
@Entity('used_challenge')
export class UsedChallenge {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id: string;
  @InstantColumn()
  expiresAt: Date;
}
