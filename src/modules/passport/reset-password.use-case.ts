import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { guessableFacts } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { SIGN_INS_PER_LOGIN } from './attempt-limits.js';
import { contactFrom } from './contact.rules.js';
import { passwordIsHardToGuess } from './guessable-password.js';
import { loginFrom, loginKey } from './login.js';
import { codeIsRight } from './one-time-code.rules.js';
import { OneTimeCodes } from './one-time-codes.js';
import { passwordHasSixToEighteenCharacters } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';
import type { Visitor } from './visitor.js';

/** R-PP-5: a forgotten password, by a code sent to the mobile number or e-mail address. Ends all sessions. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly codes: OneTimeCodes,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * @throws PASSWORD_LENGTH, PHONE_INVALID, EMAIL_INVALID, CODE_INVALID, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL,
   * TOO_MANY_ATTEMPTS
   */
  async execute(
    command: { login: string; code: string; newPassword: string },
    visitor: Visitor,
  ): Promise<void> {
    passwordHasSixToEighteenCharacters(command.newPassword, 'newPassword');
    const login = loginFrom(command.login);
    const contact = contactFrom('email' in login ? 'EMAIL' : 'SMS', command.login, 'login');
    const code = await this.codes.check(contact, 'RESET_PASSWORD', command.code, visitor.network);

    const owner = await this.accounts.ownerOf(this.unitOfWork.read(), contact);
    await passwordIsHardToGuess(command.newPassword, owner ? guessableFacts(owner) : [], 'newPassword');
    const passwordHash = await this.hasher.hash(command.newPassword);
    await this.unitOfWork.run(async (tx) => {
      await this.codes.spend(tx, code);
      const account = await this.accounts.ownerOf(tx, contact);
      codeIsRight(account !== undefined);
      await this.accounts.setPassword(tx, account!.id, passwordHash);
      await this.sessions.endAll(tx, account!.id);
      // the code came back from the mailbox, which proves it
      if (contact.channel === 'EMAIL') await this.accounts.bindEmail(tx, account!.id, contact.target);
    });
    await this.limits.forget(SIGN_INS_PER_LOGIN, loginKey(login));
  }
}
