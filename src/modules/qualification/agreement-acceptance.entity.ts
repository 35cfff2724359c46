import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/columns.js';

/** That an account accepted a version of the agreement, and when (R-QU-1). */
@Entity('agreement_acceptance')
export class AgreementAcceptance {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId: string;
  @PrimaryColumn({ type: 'int' })
  version: number;
  @InstantColumn()
  acceptedAt: Date;
}
