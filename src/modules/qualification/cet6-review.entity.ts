import { Entity } from 'typeorm';
import type { DocumentType } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  JsonColumn,
  NumberColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { Cet6Basis, GivenDecision } from './cet6-given-decision.js';
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
  /**
   * How often it was submitted; a school may decline to look at repeated claims ([001] §13). The row stays when it is
   * deleted and submitted anew, so this is also which claim stands in it: no two of them have the same number.
   */
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

  /** On what it was approved. */
  @JsonColumn({ nullable: true })
  basis: Cet6Basis | null;

  /**
   * What the school has decided and may still take back. Until `finalAt` the review is as if nobody had decided it, for
   * everybody but the school; nothing above says anything of it.
   */
  @JsonColumn({ nullable: true })
  given: GivenDecision | null;

  /** From when on what was given is final; null where nothing is. */
  @InstantColumn({ nullable: true })
  finalAt: Date | null;
}
