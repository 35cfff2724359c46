import { Entity } from 'typeorm';
import type { DocumentType } from '../../kernel/words.js';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** 通行证: a person's login. */
@Entity('account')
export class Account {
  @IdColumn()
  id: string;
  /** Lower case. Several accounts may claim one address; the database lets one of them have proven it. */
  @TextColumn(254, { nullable: true })
  email: string | null;
  /** When a code sent to the address came back. */
  @InstantColumn({ nullable: true })
  emailVerifiedAt: Date | null;
  /** Eleven digits, always proven by a code; unique. */
  @TextColumn(20, { nullable: true })
  phone: string | null;
  /** Sign-in name of a collectively registered candidate (R-PP-7), normalised; unique. */
  @TextColumn(40, { nullable: true })
  loginDocumentNumber: string | null;
  /** argon2id, with its parameters. */
  @TextColumn(200)
  passwordHash: string;
  /** Still the initial password (R-PP-7). */
  @FlagColumn()
  passwordMustChange: boolean;
  @WordColumn({ nullable: true })
  profileDocumentType: DocumentType | null;
  /** Normalised. */
  @TextColumn(40, { nullable: true })
  profileDocumentNumber: string | null;
  /** Normalised. */
  @TextColumn(100, { nullable: true })
  profileName: string | null;
  @InstantColumn()
  createdAt: Date;
}

/** What other modules may know of an account. */
export interface AccountFacts {
  readonly id: string;
  readonly email?: string;
  readonly phone?: string;
  /** R-PP-3 */
  readonly phoneBound: boolean;
  /** R-PP-7 */
  readonly passwordMustChange: boolean;
}

export function factsOf(account: Account): AccountFacts {
  const { id, email, phone, passwordMustChange } = account;
  return {
    id,
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    phoneBound: phone !== null,
    passwordMustChange,
  };
}
