import { Column, Entity } from 'typeorm';
import { IdColumn, ReferenceColumn } from '../../platform/database/columns.js';
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
}
