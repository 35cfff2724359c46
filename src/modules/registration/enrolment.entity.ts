import { Entity } from 'typeorm';
import type { EnrolledBy, ExamKind, Level, ReportForm, SubjectCode } from '../../kernel/words.js';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { EnrolmentState } from './enrolment.machine.js';

/** 报考科目: one registration holding one seat of one venue. Fee and places are as they were when it was made. */
@Entity('enrolment')
export class Enrolment {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  registrationId: string;
  @ReferenceColumn()
  sittingId: string;
  @ReferenceColumn()
  venueId: string;
  /** Where the exam is taken. */
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
  /** The candidate's own, whose staff look after the enrolment (R-AD-1, R-PA-9). */
  @WordColumn({ length: 2 })
  candidateProvinceCode: string;
  @WordColumn({ length: 5 })
  candidateSchoolCode: string;
  @NumberColumn()
  feeFen: number;
  @WordColumn()
  state: EnrolmentState;
  /** The deadline shown; it is acted on `LAPSE_GRACE` later. */
  @InstantColumn()
  payBy: Date;
  @WordColumn()
  enrolledBy: EnrolledBy;
  /** Locked by the school for collective payment (R-PA-9). */
  @FlagColumn()
  lockedBySchool: boolean;
  @WordColumn({ nullable: true })
  reportForm: ReportForm | null;
  /** Set by arrangement (编排). */
  @TextColumn(15, { nullable: true })
  ticketNumber: string | null;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn({ nullable: true })
  paidAt: Date | null;
  @InstantColumn({ nullable: true })
  endedAt: Date | null;
}
