import { Entity } from 'typeorm';
import type { DocumentType } from '../../kernel/words.js';
import {
  IdColumn,
  InstantColumn,
  ReferenceColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { OwnerChangeKind, OwnerChangeState } from './owner-change.machine.js';

/**
 * How the school knows whose an account is. ROSTER_PHONE: it has proven the number that the roster has. IN_PERSON: the
 * student has shown a document, and looked themselves up with the account.
 */
export type OwnerProof = 'ROSTER_PHONE' | 'IN_PERSON';

/** 报名归属: that a student's registration, or the account opened for them, is taken from whoever holds it, and given to whom. */
@Entity('owner_change')
export class OwnerChange {
  @IdColumn()
  id: string;
  @ReferenceColumn()
  sittingId: string;
  @WordColumn({ length: 2 })
  provinceCode: string;
  @WordColumn({ length: 5 })
  schoolCode: string;
  @WordColumn({ length: 10 })
  kind: OwnerChangeKind;
  @WordColumn({ length: 10 })
  state: OwnerChangeState;
  /** The student, as the registration or, without one, the roster has them. */
  @ReferenceColumn()
  recordId: string;
  @WordColumn()
  documentType: DocumentType;
  @TextColumn(40)
  documentNumber: string;
  @TextColumn(100)
  name: string;
  /** Null: an account is reset that holds none. */
  @ReferenceColumn({ nullable: true })
  registrationId: string | null;
  /** Whose it was. */
  @ReferenceColumn()
  fromAccountId: string;
  /** Of a MOVE: whose it becomes. */
  @ReferenceColumn({ nullable: true })
  toAccountId: string | null;
  @WordColumn({ length: 20, nullable: true })
  proof: OwnerProof | null;
  /** Of a RESET: the student's number, which the roster is to have; null: the roster stays as it is. */
  @TextColumn(20, { nullable: true })
  phone: string | null;
  @TextColumn(300)
  reason: string;
  @ReferenceColumn()
  requestedBy: string;
  /** Who gave them their account: no second person (`nobodyApprovesForWhomTheyInvited`). */
  @ReferenceColumn({ nullable: true })
  requesterInvitedBy: string | null;
  @InstantColumn()
  requestedAt: Date;
  @ReferenceColumn({ nullable: true })
  decidedBy: string | null;
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;
  /** Why it was rejected. */
  @TextColumn(300, { nullable: true })
  decisionReason: string | null;
}
