import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Devices } from '../../platform/http/devices.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { Outbox } from '../notification/index.js';
import { type Account, guessableFacts } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { type Contact, contactFrom } from './contact.rules.js';
import { passwordResetMessage, phoneReleasedMessage, provenContacts } from './contact-messages.js';
import { whatFallsAtAReset } from './contact-owner.rules.js';
import { ContactOwners } from './contact-owners.js';
import { passwordIsHardToGuess } from './guessable-password.js';
import { loginFrom } from './login.js';
import { codeIsRight } from './one-time-code.rules.js';
import { OneTimeCodes } from './one-time-codes.js';
import { passwordHasSixToEighteenCharacters } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';
import { SignInAttempts } from './sign-in-attempts.js';
import type { Visitor } from './visitor.js';

interface ResetPasswordCommand {
  login: string;
  code: string;
  newPassword: string;
}

/**
 * R-PP-5: a forgotten password, by a code sent to the mobile number or e-mail address. Ends all sessions, and leaves the
 * account to whoever the code reached: what was never proven falls (`whatFallsAtAReset`).
 */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly attempts: SignInAttempts,
    private readonly devices: Devices,
    private readonly codes: OneTimeCodes,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly owners: ContactOwners,
    private readonly sessions: SessionRepository,
    private readonly outbox: Outbox,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Gives the cookie by which this device is known from now on: whoever was kept out by strangers' guesses gets in by it.
   *
   * @throws PASSWORD_LENGTH, PHONE_INVALID, EMAIL_INVALID, CODE_INVALID, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL
   */
  execute(command: ResetPasswordCommand, visitor: Visitor): Promise<string> {
    return this.security.during('passport.password-reset', { address: visitor.address }, (known) =>
      this.reset(command, visitor, known),
    );
  }

  private async reset(
    command: ResetPasswordCommand,
    visitor: Visitor,
    known: SecurityFacts,
  ): Promise<string> {
    passwordHasSixToEighteenCharacters(command.newPassword, 'newPassword');
    const login = loginFrom(command.login);
    const contact = contactFrom('email' in login ? 'EMAIL' : 'SMS', command.login, 'login');
    const asker = this.codes.asVisitor(visitor);
    const code = await this.codes.check(contact, 'RESET_PASSWORD', command.code, asker);

    const { owner } = await this.owners.of(this.unitOfWork.read(), contact);
    known.accountId = owner?.id;
    await passwordIsHardToGuess(command.newPassword, owner ? guessableFacts(owner) : [], 'newPassword');
    const passwordHash = await this.hasher.hash(command.newPassword);
    const id = await this.unitOfWork.run(async (tx) => {
      await this.codes.spend(tx, code);
      const account = await this.ownerHeld(tx, contact);
      const falls = whatFallsAtAReset(account, contact);
      await this.accounts.setPassword(tx, account.id, passwordHash);
      await this.sessions.endAll(tx, account.id);
      await this.accounts.drop(tx, account.id, falls);
      // the code came back from the mailbox, which proves it
      if (contact.channel === 'EMAIL')
        codeIsRight(await this.accounts.bindEmail(tx, account.id, contact.target));
      await this.tellOthers(tx, account, contact, falls.phone === null);
      return account.id;
    });
    await this.codes.wasUsed(asker);
    await this.attempts.forget(login);
    return this.devices.remembering({ id, passwordHash }, this.devices.read(visitor.cookies));
  }

  /** Whose contact it is, nobody else changing it meanwhile. @throws CODE_INVALID */
  private async ownerHeld(tx: Tx, contact: Contact): Promise<Account> {
    const { owner } = await this.owners.of(tx, contact);
    codeIsRight(owner !== undefined);
    const held = await this.accounts.loadForUpdate(tx, owner!.id);
    codeIsRight((contact.channel === 'SMS' ? held.phone : held.email) === contact.target);
    return held;
  }

  private async tellOthers(tx: Tx, account: Account, by: Contact, phoneFalls: boolean): Promise<void> {
    const others = provenContacts(account).filter(({ channel }) => channel !== by.channel);
    const messages = others.map((other) =>
      phoneFalls ? phoneReleasedMessage(other) : passwordResetMessage(other, by),
    );
    await this.outbox.put(tx, ...messages);
  }
}
