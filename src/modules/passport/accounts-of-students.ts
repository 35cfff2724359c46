import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { sameName } from '../../kernel/person-name.js';
import type { IdentityDocument } from '../../kernel/words.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import type { Account } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { documentNumberIsNobodyElsesLogin } from './account.rules.js';
import { PasswordHasher } from './password-hasher.js';

/** What a collectively registered candidate signs in with for the first time ([002] 七). */
export const INITIAL_PASSWORD = '123456';

/** A student as a school's roster names one; number and name normalised. */
export type StudentIdentity = IdentityDocument & { name: string };

/** R-PP-7: which account a student has whom the school registers, and the one it is given without. */
@Injectable()
export class AccountsOfStudents {
  private initialHash?: Promise<string>;

  constructor(
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * The account that signs in with this document number, else `confirmedBy`, which has confirmed in an earlier sitting to
   * be this student. Never one that only says so in its profile: anybody can write anybody's number there.
   * @throws LOGIN_OF_ANOTHER when the number is the sign-in name of somebody else
   */
  async find(reader: Reader, student: StudentIdentity, confirmedBy?: string): Promise<Account | undefined> {
    const named = await this.accounts.withLoginDocument(reader, student.documentNumber);
    if (named) {
      documentNumberIsNobodyElsesLogin(saysToBe(named, student));
      return named;
    }
    return confirmedBy === undefined ? undefined : this.accounts.load(reader, confirmedBy);
  }

  /**
   * The same, or a new account: it signs in by document number, with the initial password, which must be changed first.
   * @throws LOGIN_OF_ANOTHER
   */
  async findOrOpen(tx: Tx, student: StudentIdentity, confirmedBy?: string): Promise<Account> {
    const known = await this.find(tx, student, confirmedBy);
    if (known) return this.letSignInWithDocument(tx, known, student);
    const account = await this.newAccount(tx.now, student);
    if (await this.accounts.add(tx, account)) return account;
    // somebody else registers the student at this very moment
    const justOpened = await this.find(tx, student);
    documentNumberIsNobodyElsesLogin(justOpened !== undefined);
    return justOpened!;
  }

  /** From now on the account can be signed in to with the document number too, as R-PP-2 promises. */
  private async letSignInWithDocument(
    tx: Tx,
    account: Account,
    { documentNumber }: StudentIdentity,
  ): Promise<Account> {
    if (account.loginDocumentNumber !== null) return account;
    documentNumberIsNobodyElsesLogin(await this.accounts.bindLoginDocument(tx, account.id, documentNumber));
    return { ...account, loginDocumentNumber: documentNumber };
  }

  private async newAccount(now: Date, student: StudentIdentity): Promise<Account> {
    return {
      id: newId(),
      email: null,
      emailVerifiedAt: null,
      phone: null,
      loginDocumentNumber: student.documentNumber,
      passwordHash: await this.hashOfInitialPassword(),
      passwordMustChange: true,
      profileDocumentType: student.documentType,
      profileDocumentNumber: student.documentNumber,
      profileName: student.name,
      createdAt: now,
    };
  }

  /** One hash for all: what it hides is written in the FAQ, and a school may register thousands at once. */
  private hashOfInitialPassword(): Promise<string> {
    this.initialHash ??= this.hasher.hash(INITIAL_PASSWORD);
    return this.initialHash;
  }
}

function saysToBe(account: Account, { documentType, documentNumber, name }: StudentIdentity): boolean {
  return (
    account.profileDocumentType === documentType &&
    account.profileDocumentNumber === documentNumber &&
    account.profileName !== null &&
    sameName(account.profileName, name)
  );
}
