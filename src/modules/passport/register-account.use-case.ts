import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { SecurityLog } from '../../platform/security-log.js';
import { type Account, NO_DOCUMENT_LOGIN } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { aContactIsGiven, emailIsFree, phoneIsFree } from './account.rules.js';
import { UNPROVEN_CLAIMS } from './attempt-limits.js';
import { contactFrom } from './contact.rules.js';
import { passwordIsHardToGuess } from './guessable-password.js';
import { HumanCheck } from './human-check.js';
import { OneTimeCodes } from './one-time-codes.js';
import { passwordHasSixToEighteenCharacters, passwordsAgree } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { NO_PROFILE, profileFrom, type TypedProfile } from './profile.js';
import { AccountShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

export interface RegisterAccountCommand {
  email?: string;
  phone?: string;
  /** Proves the phone if there is one, else the e-mail address. */
  code?: string;
  password: string;
  passwordConfirmation: string;
  challenge: string;
  profile?: TypedProfile;
}

/**
 * R-PP-1: registers by mobile number, which a code must prove, by e-mail address, which a code may prove, or both.
 * Whether an address that is not proven is somebody else's already, the answer does not tell (R-PP-8).
 */
@Injectable()
export class RegisterAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly humanCheck: HumanCheck,
    private readonly limits: RateLimits,
    private readonly codes: OneTimeCodes,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws CONTACT_MISSING, PHONE_INVALID, EMAIL_INVALID, PASSWORD_LENGTH, PASSWORDS_DIFFER,
   * DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL, CHALLENGE_FAILED,
   * CHALLENGE_TOO_EASY, CODE_INVALID, PHONE_TAKEN, EMAIL_TAKEN, TOO_MANY_ATTEMPTS
   */
  execute(command: RegisterAccountCommand, visitor: Visitor): Promise<AccountShown> {
    return this.security.during('passport.register', { address: visitor.address }, async (known) => {
      const account = await this.register(command, visitor);
      known.accountId = account.id;
      return account;
    });
  }

  private async register(command: RegisterAccountCommand, visitor: Visitor): Promise<AccountShown> {
    aContactIsGiven(command);
    const phone = command.phone === undefined ? undefined : contactFrom('SMS', command.phone, 'phone');
    const email = command.email === undefined ? undefined : contactFrom('EMAIL', command.email, 'email');
    passwordHasSixToEighteenCharacters(command.password);
    passwordsAgree(command.password, command.passwordConfirmation);
    const profile = command.profile ? profileFrom(command.profile) : NO_PROFILE;
    const { profileDocumentNumber, profileName } = profile;
    const known = [email?.target, phone?.target, profileDocumentNumber, profileName];
    await passwordIsHardToGuess(command.password, known);

    await this.humanCheck.pass(command.challenge, visitor);
    const proven = phone ?? (command.code === undefined ? undefined : email);
    const asker = this.codes.asVisitor(visitor);
    const code = proven && (await this.codes.check(proven, 'REGISTER', command.code ?? '', asker));
    if (email && proven !== email) await this.limits.count(UNPROVEN_CLAIMS, email.target);

    const passwordHash = await this.hasher.hash(command.password);
    const account = await this.unitOfWork.run(async (tx) => {
      const row: Account = {
        id: newId(),
        email: email?.target ?? null,
        emailVerifiedAt: email && proven === email ? tx.now : null,
        phone: phone?.target ?? null,
        phoneBoundAt: phone ? tx.now : null,
        ...NO_DOCUMENT_LOGIN,
        openedBySchoolCode: null,
        passwordHash,
        passwordMustChange: false,
        passwordChosenAt: tx.now,
        resetAt: null,
        ...profile,
        createdAt: tx.now,
      };
      if (code) await this.codes.spend(tx, code);
      const added = await this.accounts.add(tx, row);
      if (phone) phoneIsFree(added);
      else emailIsFree(added);
      if (row.email && row.emailVerifiedAt) await this.accounts.withdrawClaims(tx, row.email);
      return row;
    });
    if (code) await this.codes.wasUsed(asker);
    return AccountShown.of(account);
  }
}
