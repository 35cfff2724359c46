import { Entity } from 'typeorm';
import type { EducationLevel, SubjectCode } from '../../kernel/words.js';
import { IdColumn, JsonColumn, ReferenceColumn, WordColumn } from '../../platform/database/columns.js';

/** Whom a school lets take a subject (R-QU-3). A list that is null does not restrict; without a row nothing does. */
@Entity('subject_rule')
export class SubjectRule {
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
  @JsonColumn({ nullable: true })
  educationLevels: EducationLevel[] | null;
  @JsonColumn({ nullable: true })
  grades: string[] | null;
  @JsonColumn({ nullable: true })
  entryYears: number[] | null;
}
