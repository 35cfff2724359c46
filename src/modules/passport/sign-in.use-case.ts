import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { toShanghai } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import type { Account } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { FAILED_SIGN_INS_PER_ADDRESS, SIGN_INS_PER_LOGIN } from './attempt-limits.js';
import { type FirstSignIn, FirstSignIns } from './first-sign-ins.js';
import { HumanCheck } from './human-check.js';
import { type Login, loginFrom, loginKey } from './login.js';
import { somebodyHasThisPassword } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';
import { AccountShown, type SessionOpenedShown } from './shown.dto.js';
import type { Visitor } from './visitor.js';

/** Several accounts may claim an e-mail address; how many passwords were tried, the time must not tell. */
const EMAIL_SIGN_IN_TAKES_MS = 150;

interface SignInCommand {
  login: string;
  password: string;
  challenge: string;
}

/** R-PP-2: e-mail address, mobile number or document number, with password and human check. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly humanCheck: HumanCheck,
    private readonly limits: RateLimits,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly firstSignIns: FirstSignIns,
    private readonly security: SecurityLog,
  ) {}

  /** @throws CHALLENGE_FAILED, LOGIN_FAILED, TOO_MANY_ATTEMPTS */
  execute(command: SignInCommand, visitor: Visitor): Promise<SessionOpenedShown> {
    return this.security.during('passport.sign-in', { address: visitor.address }, (known) =>
      this.signIn(command, visitor, known),
    );
  }

  private async signIn(
    command: SignInCommand,
    visitor: Visitor,
    known: SecurityFacts,
  ): Promise<SessionOpenedShown> {
    const login = loginFrom(command.login);
    await this.humanCheck.pass(command.challenge, visitor);
    await this.limits.check(FAILED_SIGN_INS_PER_ADDRESS, visitor.network);
    await this.limits.count(SIGN_INS_PER_LOGIN, loginKey(login));

    const [found] = await Promise.all([
      this.whoHas(login, command.password, known),
      'email' in login ? sleep(EMAIL_SIGN_IN_TAKES_MS) : undefined,
    ]);
    const account = found?.account;
    if (!account) await this.limits.count(FAILED_SIGN_INS_PER_ADDRESS, visitor.network);
    somebodyHasThisPassword(account);
    known.accountId = account.id;
    await this.limits.forget(SIGN_INS_PER_LOGIN, loginKey(login));

    const session = await this.unitOfWork.run(async (tx) => {
      // a password that has changed since it was checked ended all sessions, and this one would outlive that
      const { passwordHash } = await this.accounts.loadForUpdate(tx, account.id);
      somebodyHasThisPassword(passwordHash === account.passwordHash ? account : undefined);
      return this.sessions.open(tx, { accountId: account.id, userAgent: visitor.userAgent });
    });
    return {
      token: session.token,
      expiresAt: toShanghai(session.expiresAt),
      account: AccountShown.of(account, found?.first),
    };
  }

  /** The account that opens with this password, and how it is come into where the password is still the initial one. */
  private async whoHas(
    login: Login,
    password: string,
    known: SecurityFacts,
  ): Promise<{ account: Account; first?: FirstSignIn } | undefined> {
    const reader = this.unitOfWork.read();
    const candidates = await this.accounts.meantBy(reader, login);
    // of several that claim an address nobody knows whose password was guessed
    if (candidates.length === 1) known.accountId = candidates[0]!.id;
    if (candidates.length === 0) await this.hasher.verifyNobodys(password);
    for (const account of candidates) {
      // beside each other, so that the time does not tell which accounts nobody has come into yet
      const [right, first] = await Promise.all([
        this.hasher.verify(account.passwordHash, password),
        account.passwordMustChange ? this.firstSignIns.of(reader, account) : undefined,
      ]);
      if (right && first?.opens !== false) return { account, first };
    }
    return undefined;
  }
}
