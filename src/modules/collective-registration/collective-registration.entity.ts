import { Entity } from 'typeorm';
import type { ReportForm, SubjectCode } from '../../kernel/words.js';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { CollectiveRegistrationState } from './collective-registration.machine.js';

/** 集体报名: a school enrols a list of its students in one subject (R-PP-7). */
@Entity('collective_registration')
export class CollectiveRegistration {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 1 })
  subjectCode: SubjectCode;
  /** Where the exam is taken; null: each student's own campus. */
  @WordColumn({ length: 6, nullable: true })
  campusCode: string | null;
  /** For all of them, who may choose anew after results; null: each chooses. */
  @WordColumn({ length: 10, nullable: true })
  reportForm: ReportForm | null;
  /** Locked at once, to be paid for by the school (R-PA-9). */
  @FlagColumn()
  locks: boolean;
  @WordColumn()
  state: CollectiveRegistrationState;
  @NumberColumn()
  lineCount: number;
  /** The member of staff whose list it is. */
  @ReferenceColumn()
  staffId: string;
  @InstantColumn()
  createdAt: Date;
  @InstantColumn({ nullable: true })
  endedAt: Date | null;
}
