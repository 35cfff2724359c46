import { Entity } from 'typeorm';
import type { DocumentType, SubjectCode } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/**
 * 白名单 (may take the subject whatever the rules say) or 黑名单 (may not), one student and subject a line (R-QU-3). Each
 * school has lines of its own, which count for its own students only (R-AD-1).
 */
@Entity('subject_list_line')
export class SubjectListLine {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn()
  documentType: DocumentType;
  @TextColumn(40)
  documentNumber: string;
  @WordColumn({ length: 1 })
  subjectCode: SubjectCode;
  @WordColumn()
  list: 'WHITE' | 'BLACK';
  @TextColumn(200, { nullable: true })
  reason: string | null;
  @InstantColumn()
  createdAt: Date;
}

/** What the audit trail keeps of a line. */
export function subjectListFacts({
  documentType,
  documentNumber,
  subjectCode,
  list,
  reason,
}: SubjectListLine) {
  return { documentType, documentNumber, subjectCode, list, reason };
}
