import { Entity, PrimaryColumn } from 'typeorm';
import {
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

export type SeatMove = 'CLAIM' | 'JOIN' | 'ALLOCATE' | 'LEAVE' | 'RELEASE' | 'RESIZE';

/** One move of a venue's seats and what the counts were after it. Append-only: replaying it proves who got which seat. */
@Entity('seat_ledger')
export class SeatLedgerLine {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  venueId: string;
  @PrimaryColumn({ type: 'int' })
  sequence: number;
  @WordColumn()
  move: SeatMove;
  /** The enrolment or waitlist entry that moved; null for a change of capacity. */
  @ReferenceColumn({ nullable: true })
  holderId: string | null;
  @NumberColumn()
  capacity: number;
  @NumberColumn()
  taken: number;
  @NumberColumn()
  waiting: number;
  @InstantColumn()
  happenedAt: Date;
  @TextColumn(100)
  cause: string;
}
