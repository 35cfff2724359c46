import { Entity } from 'typeorm';
import type { ExamKind, Level, SubjectCode } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { WaitlistEntryState } from './waitlist-entry.machine.js';

/**
 * 候补: one registration waiting for one venue. The rows stand here, beside enrolments, because a registration holds
 * one subject per level, be it an enrolment or a place in a queue; what moves a queue is the waitlist module's.
 */
@Entity('waitlist_entry')
export class WaitlistEntry {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  registrationId: string;
  @ReferenceColumn()
  sittingId: string;
  @ReferenceColumn()
  venueId: string;
  /** Where the exam would be taken. */
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
  /** The candidate's own, whose staff see the entry (R-AD-1). */
  @WordColumn({ length: 2 })
  candidateProvinceCode: string;
  @WordColumn({ length: 5 })
  candidateSchoolCode: string;
  @WordColumn()
  state: WaitlistEntryState;
  /** The venue's ledger number at joining: whoever has the lower one is first in line. */
  @NumberColumn()
  place: number;
  @InstantColumn()
  submittedAt: Date;
  @InstantColumn({ nullable: true })
  endedAt: Date | null;
  /** Why it ended: the candidate's reason, or the code of the check that failed. */
  @TextColumn(100, { nullable: true })
  remark: string | null;
  @ReferenceColumn({ nullable: true })
  enrolmentId: string | null;
}
