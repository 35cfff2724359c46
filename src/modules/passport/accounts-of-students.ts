import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { sameName } from '../../kernel/person-name.js';
import type { IdentityDocument } from '../../kernel/words.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { type Account, type DocumentLogin, NO_DOCUMENT_LOGIN } from './account.entity.js';
import { AccountRepository, type Profile } from './account.repository.js';
import { documentNumberIsNobodyElsesLogin } from './account.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';

/** What a collectively registered candidate signs in with for the first time ([002] 七). */
export const INITIAL_PASSWORD = '123456';

/** A student as a school's roster names one; number and name normalised. */
export type StudentIdentity = IdentityDocument & { name: string; schoolCode: string };

/** R-PP-7: which account a student has whom the school registers, and the one it is given without. */
@Injectable()
export class AccountsOfStudents {
  private initialHash?: Promise<string>;

  constructor(
    private readonly accounts: AccountRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * The account that signs in with this document number, else `known`, which the school has reason to take for the
   * student's own. Never one that only says so in its profile: anybody can write anybody's number there.
   * @throws LOGIN_OF_ANOTHER when the number is the sign-in name of somebody else
   */
  async find(reader: Reader, student: StudentIdentity, known?: string): Promise<Account | undefined> {
    const named = await this.accounts.withLoginDocument(reader, student.documentNumber);
    if (named) {
      documentNumberIsNobodyElsesLogin(meansTheStudent(named, student));
      return named;
    }
    return known === undefined ? undefined : this.accounts.load(reader, known);
  }

  /**
   * The same, or a new account: it signs in by document number, with the initial password, which must be changed first.
   * From now on the account signs in as the student whom this school names.
   * @throws LOGIN_OF_ANOTHER
   */
  async findOrOpen(tx: Tx, student: StudentIdentity, known?: string): Promise<Account> {
    const found = await this.find(tx, student, known);
    if (found) return this.letSignInAs(tx, found, student);
    const account = await this.newAccount(tx.now, student);
    if (await this.accounts.add(tx, account)) return account;
    // somebody else registers the student at this very moment
    const justOpened = await this.find(tx, student);
    documentNumberIsNobodyElsesLogin(justOpened !== undefined);
    return justOpened!;
  }

  /**
   * Puts the account back to what it was when the school opened it: the initial password, and nothing bound. Whoever was
   * in is out.
   */
  async reset(tx: Tx, { id }: Account, student: StudentIdentity): Promise<void> {
    const passwordHash = await this.hashOfInitialPassword();
    await this.accounts.putBack(tx, id, { ...loginOf(student), ...profileOf(student), passwordHash });
    await this.sessions.endAll(tx, id);
  }

  /** The account is not this student's: nobody signs in to it with their document any more. */
  async takeLogin(tx: Tx, account: Account, { documentNumber }: IdentityDocument): Promise<void> {
    if (account.loginDocumentNumber === documentNumber)
      await this.accounts.setDocumentLogin(tx, account.id, NO_DOCUMENT_LOGIN);
  }

  /**
   * By document number too, as R-PP-2 promises; one that signs in with another document of its owner's keeps that.
   * @throws LOGIN_OF_ANOTHER
   */
  async letSignInAs(tx: Tx, account: Account, student: StudentIdentity): Promise<Account> {
    const { loginDocumentNumber: number } = account;
    if (number !== null && number !== student.documentNumber) return account;
    const login = { ...loginOf(student), ...renamed(account, student) };
    documentNumberIsNobodyElsesLogin(await this.accounts.setDocumentLogin(tx, account.id, login));
    return { ...account, ...login };
  }

  private async newAccount(now: Date, student: StudentIdentity): Promise<Account> {
    return {
      id: newId(),
      email: null,
      emailVerifiedAt: null,
      phone: null,
      phoneBoundAt: null,
      ...loginOf(student),
      openedBySchoolCode: student.schoolCode,
      passwordHash: await this.hashOfInitialPassword(),
      passwordMustChange: true,
      passwordChosenAt: null,
      resetAt: null,
      ...profileOf(student),
      createdAt: now,
    };
  }

  /** One hash for all: what it hides is written in the FAQ, and a school may register thousands at once. */
  private hashOfInitialPassword(): Promise<string> {
    this.initialHash ??= this.hasher.hash(INITIAL_PASSWORD);
    return this.initialHash;
  }
}

function profileOf({ documentType, documentNumber, name }: StudentIdentity): Profile {
  return {
    profileDocumentType: documentType,
    profileDocumentNumber: documentNumber,
    profileName: name,
  };
}

function loginOf({ documentType, documentNumber, name, schoolCode }: StudentIdentity): DocumentLogin {
  return {
    loginDocumentNumber: documentNumber,
    loginDocumentType: documentType,
    loginName: name,
    loginSchoolCode: schoolCode,
  };
}

/** A profile that the school has written follows the roster. */
function renamed(
  { loginName, profileName }: Account,
  { name }: StudentIdentity,
): Partial<Pick<Account, 'profileName'>> {
  return loginName !== null && loginName === profileName ? { profileName: name } : {};
}

/**
 * The same document, and the same name or a name that the same school has corrected. What the profile says does not
 * count: its owner could lock the school out, or somebody else in.
 */
function meansTheStudent(
  account: DocumentLogin,
  { documentType, name, schoolCode }: StudentIdentity,
): boolean {
  if (account.loginDocumentType !== documentType) return false;
  return account.loginSchoolCode === schoolCode || sameName(account.loginName ?? '', name);
}
