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
  @InstantColumn({ nullable: true })
  phoneBoundAt: Date | null;
  /** Sign-in name of a collectively registered candidate (R-PP-7), normalised; unique. */
  @TextColumn(40, { nullable: true })
  loginDocumentNumber: string | null;
  /** Whose number that is, as the school says whose list gave it last; nothing the candidate writes touches it. */
  @WordColumn({ nullable: true })
  loginDocumentType: DocumentType | null;
  @TextColumn(100, { nullable: true })
  loginName: string | null;
  @WordColumn({ length: 5, nullable: true })
  loginSchoolCode: string | null;
  /** The school whose list opened the account; null: its owner registered it. */
  @WordColumn({ length: 5, nullable: true })
  openedBySchoolCode: string | null;
  /** argon2id, with its parameters. */
  @TextColumn(200)
  passwordHash: string;
  /** Still the initial password (R-PP-7). */
  @FlagColumn()
  passwordMustChange: boolean;
  /** When the candidate chose the password; null: never. */
  @InstantColumn({ nullable: true })
  passwordChosenAt: Date | null;
  /** When its school put the account back to the initial password. */
  @InstantColumn({ nullable: true })
  resetAt: Date | null;
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

/** The document an account signs in with, and who says so. */
export type DocumentLogin = Pick<
  Account,
  'loginDocumentNumber' | 'loginDocumentType' | 'loginName' | 'loginSchoolCode'
>;

/** Of an account that nobody signs in to by document. */
export const NO_DOCUMENT_LOGIN: DocumentLogin = {
  loginDocumentNumber: null,
  loginDocumentType: null,
  loginName: null,
  loginSchoolCode: null,
};

/** What others may know of its owner, and so guess: whatever it is signed in to with, and the profile. */
export function guessableFacts(
  account: Pick<Account, 'email' | 'phone' | 'loginDocumentNumber' | 'profileDocumentNumber' | 'profileName'>,
): (string | null)[] {
  const { email, phone, loginDocumentNumber, profileDocumentNumber, profileName } = account;
  return [email, phone, loginDocumentNumber, profileDocumentNumber, profileName];
}

/** What other modules may know of an account. */
export interface AccountFacts {
  readonly id: string;
  readonly email?: string;
  /** Did a code sent to the address come back? Until then anybody may have typed it. */
  readonly emailProven: boolean;
  readonly phone?: string;
  /** R-PP-3 */
  readonly phoneBound: boolean;
  /** R-PP-7 */
  readonly passwordMustChange: boolean;
}

/** What of an account's row says what others may know. */
export type KnownAccount = Pick<Account, 'id' | 'email' | 'emailVerifiedAt' | 'phone' | 'passwordMustChange'>;

/** A flag may come as the driver has it. */
export function factsOf(
  account: Omit<KnownAccount, 'passwordMustChange'> & { passwordMustChange: boolean | number },
): AccountFacts {
  const { id, email, emailVerifiedAt, phone } = account;
  const passwordMustChange = Boolean(account.passwordMustChange);
  return {
    id,
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    emailProven: emailVerifiedAt !== null,
    phoneBound: phone !== null,
    passwordMustChange,
  };
}
