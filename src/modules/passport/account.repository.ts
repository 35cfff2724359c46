import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { forUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Account, type AccountFacts, type DocumentLogin, factsOf } from './account.entity.js';
import type { Login } from './login.js';

/** How many accounts that claim one unproven address are tried at sign-in. */
const CLAIMANTS_TRIED = 5;
/** How many of them are looked at when its password is to be reset. */
const CLAIMANTS_LOOKED_AT = 50;

@Injectable()
export class AccountRepository {
  /** What other modules may know of an account. */
  async find(reader: Reader, id: string): Promise<AccountFacts | undefined> {
    const account = await reader.manager.findOneBy(Account, { id });
    return account ? factsOf(account) : undefined;
  }

  /** Those of these accounts, by id. */
  async findAll(reader: Reader, ids: readonly string[]): Promise<Map<string, AccountFacts>> {
    const accounts = await reader.manager.findBy(Account, { id: In([...ids]) });
    return new Map(accounts.map((account) => [account.id, factsOf(account)]));
  }

  /** The rows themselves, for staff who look after who holds what; by id. */
  async rows(reader: Reader, ids: readonly string[]): Promise<Map<string, Account>> {
    if (ids.length === 0) return new Map();
    const accounts = await reader.manager.findBy(Account, { id: In([...new Set(ids)]) });
    return new Map(accounts.map((account) => [account.id, account]));
  }

  /** @throws Error if there is none: accounts are never deleted */
  load(reader: Reader, id: string): Promise<Account> {
    return reader.manager.findOneByOrFail(Account, { id });
  }

  /** The account, which nobody else changes before this transaction ends. */
  loadForUpdate(tx: Tx, id: string): Promise<Account> {
    return forUpdate(tx.manager.createQueryBuilder(Account, 'account').where({ id })).getOneOrFail();
  }

  /**
   * The accounts a sign-in name may mean. An address means the account that proved it and, because anybody may claim
   * it, some of those that claim it, oldest first: whoever claims it later cannot push them out.
   */
  async meantBy(reader: Reader, login: Login): Promise<Account[]> {
    if ('email' in login) {
      const { email } = login;
      const proven = await reader.manager.findBy(Account, { email, emailVerifiedAt: Not(IsNull()) });
      const claimants = await reader.manager.find(Account, {
        where: { email, emailVerifiedAt: IsNull() },
        order: { createdAt: 'ASC', id: 'ASC' },
        take: CLAIMANTS_TRIED - proven.length,
      });
      return [...proven, ...claimants];
    }
    return reader.manager.findBy(Account, [
      { phone: login.phone },
      { loginDocumentNumber: login.documentNumber },
    ]);
  }

  /** Who says that the address is theirs: whoever has proven it, and then the oldest of the others. */
  withAddress(reader: Reader, email: string): Promise<Account[]> {
    return reader.manager.find(Account, {
      where: { email },
      order: { emailVerifiedAt: 'DESC', createdAt: 'ASC', id: 'ASC' },
      take: CLAIMANTS_LOOKED_AT,
    });
  }

  /** The account that signs in with this (normalised) document number. */
  withLoginDocument(reader: Reader, documentNumber: string): Promise<Account | null> {
    return reader.manager.findOneBy(Account, { loginDocumentNumber: documentNumber });
  }

  /** Adds an account; false if its phone, its document number or its proven address is another's. */
  add(tx: Tx, account: Account): Promise<boolean> {
    return unlessTaken(() => tx.manager.insert(Account, account));
  }

  /** False if the number is another account's. */
  bindPhone(tx: Tx, id: string, phone: string): Promise<boolean> {
    return unlessTaken(() => tx.manager.update(Account, { id }, { phone, phoneBoundAt: tx.now }));
  }

  /** The account that has proven this number. */
  withPhone(reader: Reader, phone: string): Promise<Account | null> {
    return reader.manager.findOneBy(Account, { phone });
  }

  /** False if somebody else signs in with the number. */
  setDocumentLogin(tx: Tx, id: string, login: DocumentLogin & Partial<Profile>): Promise<boolean> {
    return unlessTaken(() => tx.manager.update(Account, { id }, login));
  }

  /** Gives a proven address to the account and takes it from all that only claim it; false if another has proven it. */
  async bindEmail(tx: Tx, id: string, email: string): Promise<boolean> {
    const bound = await unlessTaken(() =>
      tx.manager.update(Account, { id }, { email, emailVerifiedAt: tx.now }),
    );
    if (bound) await this.withdrawClaims(tx, email);
    return bound;
  }

  /** Takes an address from the accounts that have not proven it. */
  async withdrawClaims(tx: Tx, email: string): Promise<void> {
    await tx.manager.update(Account, { email, emailVerifiedAt: IsNull() }, { email: null });
  }

  /** The candidate's own choice from now on. */
  async setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await tx.manager.update(
      Account,
      { id },
      { passwordHash, passwordMustChange: false, passwordChosenAt: tx.now },
    );
  }

  /** Takes what is not its owner's from the account. */
  async drop(tx: Tx, id: string, facts: Partial<Account>): Promise<void> {
    if (Object.keys(facts).length > 0) await tx.manager.update(Account, { id }, facts);
  }

  /** An account is put back to what it was when a school opened it. */
  async putBack(
    tx: Tx,
    id: string,
    facts: DocumentLogin & Profile & { passwordHash: string },
  ): Promise<void> {
    await tx.manager.update(
      Account,
      { id },
      {
        ...facts,
        passwordMustChange: true,
        passwordChosenAt: null,
        resetAt: tx.now,
        phone: null,
        phoneBoundAt: null,
        email: null,
        emailVerifiedAt: null,
      },
    );
  }

  async setProfile(tx: Tx, id: string, profile: Profile): Promise<void> {
    await tx.manager.update(Account, { id }, profile);
  }
}

export type Profile = Pick<Account, 'profileDocumentType' | 'profileDocumentNumber' | 'profileName'>;

/** The unique indexes decide, so that of two at the same moment one wins. */
async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return false;
  }
}
