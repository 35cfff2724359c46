import type { DocumentType, EducationLevel, Gender } from '../../kernel/words.js';
import { NumberColumn, TextColumn, WordColumn } from '../../platform/database/columns.js';

/**
 * A student as a roster line describes them (学籍). A record has them, and a registration keeps a copy that later
 * roster changes do not touch (R-QU-6).
 */
export class StudentDetails {
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 6 })
  campusCode: string;
  @WordColumn()
  documentType: DocumentType;
  /** Normalised (`normaliseDocumentNumber`). */
  @TextColumn(40)
  documentNumber: string;
  /** Normalised (`normaliseName`). */
  @TextColumn(100)
  name: string;
  @WordColumn()
  gender: Gender;
  @WordColumn()
  educationLevel: EducationLevel;
  /** 学制, years as the school writes them: `4`, `2.5`. */
  @TextColumn(10, { nullable: true })
  duration: string | null;
  /** 入学年份, four digits. */
  @NumberColumn({ nullable: true })
  entryYear: number | null;
  /** 年级, as the school writes it. */
  @TextColumn(20, { nullable: true })
  grade: string | null;
  @TextColumn(100, { nullable: true })
  college: string | null;
  @TextColumn(100, { nullable: true })
  major: string | null;
  @TextColumn(100, { nullable: true })
  className: string | null;
  @TextColumn(50, { nullable: true })
  studentNumber: string | null;
  @TextColumn(500, { nullable: true })
  remark: string | null;
}
