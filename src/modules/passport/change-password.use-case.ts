import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { maskPhone } from '../../kernel/document-number.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Devices } from '../../platform/http/devices.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { NOT_SIGNED_IN } from '../../platform/http/refusals.js';
import { SecurityLog } from '../../platform/security-log.js';
import { guessableFacts } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { PASSWORD_CHECKS } from './attempt-limits.js';
import { FirstSignIns } from './first-sign-ins.js';
import { passwordIsHardToGuess } from './guessable-password.js';
import { theFirstCodeIsGiven } from './one-time-code.rules.js';
import { type CheckedCode, inSession, OneTimeCodes } from './one-time-codes.js';
import {
  currentPasswordIsRight,
  passwordHasSixToEighteenCharacters,
  passwordIsNew,
} from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';
import type { Visitor } from './visitor.js';

export interface ChangePasswordCommand {
  currentPassword: string;
  newPassword: string;
  /** Of an initial password, where the school reaches the student. */
  code?: string;
}

/**
 * R-PP-4, R-PP-8: changes the password and ends the other sessions. The initial password (R-PP-7) is one only while the
 * school's list is open, and where the school reaches the student it takes the code sent there besides; that number is
 * proven by it, and bound if it is nobody's.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly devices: Devices,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly codes: OneTimeCodes,
    private readonly firstSignIns: FirstSignIns,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Gives the cookie by which this device goes on being known.
   *
   * @throws PASSWORD_LENGTH, PASSWORD_UNCHANGED, CURRENT_PASSWORD_WRONG, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL,
   * FIRST_CODE_NEEDED, CODE_INVALID, NOT_SIGNED_IN, TOO_MANY_ATTEMPTS
   */
  execute(
    command: ChangePasswordCommand,
    actor: CandidateActor,
    visitor: Pick<Visitor, 'cookies'>,
  ): Promise<string> {
    const { accountId, address } = actor;
    return this.security.during('passport.password-change', { accountId, address }, () =>
      this.change(command, actor, visitor),
    );
  }

  private async change(
    { currentPassword, newPassword, code: typed }: ChangePasswordCommand,
    { accountId, sessionId }: CandidateActor,
    { cookies }: Pick<Visitor, 'cookies'>,
  ): Promise<string> {
    passwordHasSixToEighteenCharacters(newPassword, 'newPassword');
    passwordIsNew(newPassword, currentPassword);
    await this.limits.count(PASSWORD_CHECKS, sessionId);
    const reader = this.unitOfWork.read();
    const checked = await this.accounts.load(reader, accountId);
    const first = checked.passwordMustChange ? await this.firstSignIns.of(reader, checked) : undefined;
    const right = await this.hasher.verify(checked.passwordHash, currentPassword);
    currentPasswordIsRight(right && first?.opens !== false);
    await this.limits.forget(PASSWORD_CHECKS, sessionId);
    const phone = first?.phone;
    await passwordIsHardToGuess(newPassword, [...guessableFacts(checked), phone], 'newPassword');
    const code = phone === undefined ? undefined : await this.checkFirstCode(phone, typed, sessionId);

    const passwordHash = await this.hasher.hash(newPassword);
    await this.unitOfWork.run(async (tx) => {
      const current = await this.accounts.loadForUpdate(tx, accountId);
      currentPasswordIsRight(current.passwordHash === checked.passwordHash);
      // initial passwords have one hash: only the ended session tells that the school has reset the account meanwhile
      if (!(await this.sessions.openedAt(tx, sessionId))) throw NOT_SIGNED_IN();
      if (code) await this.codes.spend(tx, code);
      await this.accounts.setPassword(tx, accountId, passwordHash);
      if (phone !== undefined) await this.accounts.bindPhone(tx, accountId, phone);
      await this.sessions.endOthers(tx, accountId, sessionId);
    });
    return this.devices.remembering({ id: accountId, passwordHash }, this.devices.read(cookies));
  }

  private checkFirstCode(phone: string, typed: string | undefined, sessionId: string): Promise<CheckedCode> {
    theFirstCodeIsGiven(typed, maskPhone(phone));
    return this.codes.check(
      { channel: 'SMS', target: phone },
      'FIRST_SIGN_IN',
      typed,
      inSession(sessionId),
      sessionId,
    );
  }
}
