import { Entity } from 'typeorm';
import type { ExamKind, Level, SubjectCode, TicketPrinting } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  NumberColumn,
  ReferenceColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** Whose candidates a venue takes, besides those of its own campus (R-WE-3, R-OE-3). */
export type Admits = 'OWN_SCHOOL' | 'LISTED_SCHOOLS' | 'ALL_SCHOOLS';

/**
 * 考点科目: one campus offering one subject in one sitting. It owns its seats; `capacity`, `taken`, `waiting` and
 * `sequence` are written by `VenueSeats` only.
 */
@Entity('venue')
export class Venue {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 6 })
  campusCode: string;
  @WordColumn({ length: 1 })
  subjectCode: SubjectCode;
  @WordColumn()
  kind: ExamKind;
  @NumberColumn()
  level: Level;
  @NumberColumn({ nullable: true })
  feeFen: number | null;

  @NumberColumn()
  capacity: number;
  /** Seats held by unpaid and paid enrolments. */
  @NumberColumn()
  taken: number;
  /** Waitlist entries that are waiting. */
  @NumberColumn()
  waiting: number;
  /** Number of the last line of the seat ledger. */
  @NumberColumn()
  sequence: number;

  /** For an oral, an interval within which each is examined; the ticket fixes the moment (R-OE-4). */
  @InstantColumn({ nullable: true })
  examStartsAt: Date | null;
  @InstantColumn({ nullable: true })
  examEndsAt: Date | null;
  @InstantColumn({ nullable: true })
  opensAt: Date | null;
  @InstantColumn({ nullable: true })
  closesAt: Date | null;
  @WordColumn()
  admits: Admits;
  @JsonColumn({ nullable: true })
  admittedSchools: string[] | null;
  @WordColumn()
  ticketPrinting: TicketPrinting;
  /** From when the school lets its written tickets be printed (R-RG-3). */
  @InstantColumn({ nullable: true })
  ticketAvailableAt: Date | null;
}
