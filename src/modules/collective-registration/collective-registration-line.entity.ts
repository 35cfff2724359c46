import { Entity } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { CollectiveRegistrationLineState } from './collective-registration.machine.js';

/** One student of a list, and what became of them. */
@Entity('collective_registration_line')
export class CollectiveRegistrationLine {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  collectiveRegistrationId: string;
  /** From 1, in the order of the list. */
  @NumberColumn()
  position: number;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  /** The document or student number as the list has it. */
  @TextColumn(60)
  entry: string;
  /** The student it means; null: nobody, or nobody knows which. */
  @ReferenceColumn({ nullable: true })
  recordId: string | null;
  @TextColumn(100, { nullable: true })
  name: string | null;
  @WordColumn()
  state: CollectiveRegistrationLineState;
  /** The code of the rule that stands against it. */
  @WordColumn({ length: 60, nullable: true })
  reason: string | null;
  /** How often working on it has failed for no reason of the rules. */
  @NumberColumn()
  failures: number;
  @ReferenceColumn({ nullable: true })
  venueId: string | null;
  @ReferenceColumn({ nullable: true })
  enrolmentId: string | null;
  @InstantColumn({ nullable: true })
  doneAt: Date | null;
}
