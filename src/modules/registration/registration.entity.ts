import { Column, Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import { StudentDetails } from '../qualification/index.js';
import type { DeletionCause, RegistrationState } from './registration.machine.js';

/** 报名信息: one account bound to one student record in one sitting, with the record as it was (R-QU-6). */
@Entity('registration')
export class Registration {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @ReferenceColumn()
  accountId: string;
  @ReferenceColumn()
  recordId: string;
  @WordColumn()
  state: RegistrationState;
  /** The snapshot. */
  @Column(() => StudentDetails, { prefix: false })
  details: StudentDetails;
  /** At which levels it holds a subject or waits for one, as bits; `HeldLevels` writes it. */
  @NumberColumn()
  levelsHeld: number;
  /** Since when it holds these, or none. */
  @InstantColumn()
  levelsHeldSince: Date;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn({ nullable: true })
  deletedAt: Date | null;
  @WordColumn({ nullable: true })
  deletedBecause: DeletionCause | null;
}
