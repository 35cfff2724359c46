import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import type { Account } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import type { Contact } from './contact.rules.js';
import { contactChangedMessage, provenContacts } from './contact-messages.js';
import { CurrentPassword } from './current-password.js';
import { currentPasswordIsRight, thePasswordIsTypedAgain } from './password.rules.js';
import { SessionRepository } from './session.repository.js';

export interface BindContactCommand {
  value: string;
  /** Sent to the new one. */
  code: string;
  /** The password until now; needed where one is proven, or signing in lies back a while. */
  currentPassword?: string;
}

/** A change that was asked for by somebody who may. */
export interface AllowedChange {
  readonly contact: Contact;
  readonly actor: CandidateActor;
  readonly currentPassword: string | undefined;
  readonly passwordHash: string;
}

/**
 * A phone or an address is what an account comes back to its owner by, so that a stolen session would become the account:
 * a change takes the password once more, tells whoever was reached before, and ends the other sessions (R-PP-4).
 */
@Injectable()
export class ContactChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly password: CurrentPassword,
    private readonly outbox: Outbox,
  ) {}

  /** @throws CURRENT_PASSWORD_MISSING, CURRENT_PASSWORD_WRONG, TOO_MANY_ATTEMPTS */
  async allow(
    contact: Contact,
    currentPassword: string | undefined,
    actor: CandidateActor,
  ): Promise<AllowedChange> {
    const reader = this.unitOfWork.read();
    const account = await this.accounts.load(reader, actor.accountId);
    const openedAt = await this.sessions.openedAt(reader, actor.sessionId);
    thePasswordIsTypedAgain({ currentPassword, account, openedAt }, reader.now);
    if (currentPassword !== undefined) await this.password.check(account, currentPassword, actor.sessionId);
    return { contact, actor, currentPassword, passwordHash: account.passwordHash };
  }

  /**
   * In the transaction of the change, before it: gives the account, held still.
   *
   * @throws CURRENT_PASSWORD_MISSING, CURRENT_PASSWORD_WRONG where it has changed meanwhile
   */
  async hold(tx: Tx, { actor, currentPassword, passwordHash }: AllowedChange): Promise<Account> {
    const account = await this.accounts.loadForUpdate(tx, actor.accountId);
    const openedAt = await this.sessions.openedAt(tx, actor.sessionId);
    thePasswordIsTypedAgain({ currentPassword, account, openedAt }, tx.now);
    currentPasswordIsRight(account.passwordHash === passwordHash);
    return account;
  }

  /** And after it: `before` is the account as it was held. */
  async follow(tx: Tx, before: Account, { contact, actor }: AllowedChange): Promise<void> {
    await this.sessions.endOthers(tx, actor.accountId, actor.sessionId);
    const told = provenContacts(before).filter(({ target }) => target !== contact.target);
    await this.outbox.put(tx, ...told.map((one) => contactChangedMessage(one, contact)));
  }
}
