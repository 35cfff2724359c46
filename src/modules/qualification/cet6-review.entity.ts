import { Entity } from 'typeorm';
import type { DocumentType } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';

/** CET6资格复核: one account's claim to have passed CET4, for the person it named (R-CR). */
@Entity('cet6_review')
export class Cet6Review {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  accountId: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 6 })
  campusCode: string;
  @WordColumn()
  documentType: DocumentType;
  @TextColumn(40)
  documentNumber: string;
  @TextColumn(100)
  name: string;
  @TextColumn(15)
  ticketNumber: string;
  @WordColumn()
  state: Cet6ReviewState;
  /** How often it was submitted; a school may decline to look at repeated claims ([001] §13). */
  @NumberColumn()
  submissions: number;
  @InstantColumn()
  submittedAt: Date;
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;
  /** `actorLabel` of who decided. */
  @TextColumn(100, { nullable: true })
  decidedBy: string | null;
  /** Why it was rejected; the candidate reads it. */
  @TextColumn(300, { nullable: true })
  reason: string | null;
}
