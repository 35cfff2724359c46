import { Column, Entity } from 'typeorm';
import { IdColumn, ReferenceColumn, TextColumn } from '../../platform/database/columns.js';
import { StudentDetails } from './student-details.js';

/** 学籍: a line of a school's roster, one for each document in a sitting. */
@Entity('student_record')
export class StudentRecord {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @Column(() => StudentDetails, { prefix: false })
  details: StudentDetails;
  /**
   * Where the school reaches the student, eleven digits. Not among the details: nobody is shown it or confirms it, and a
   * code that goes there is how the school knows who comes (R-PP-7).
   */
  @TextColumn(20, { nullable: true })
  phone: string | null;
}
