import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { toShanghai } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Devices } from '../../platform/http/devices.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import type { Account } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { type FirstSignIn, FirstSignIns } from './first-sign-ins.js';
import { HumanCheck } from './human-check.js';
import { loginFrom } from './login.js';
import { somebodyHasThisPassword } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';
import { AccountShown, type SessionOpenedShown } from './shown.dto.js';
import { SignInAttempts } from './sign-in-attempts.js';
import type { Visitor } from './visitor.js';

/** Several accounts may claim an e-mail address; how many passwords were tried, the time must not tell. */
const EMAIL_SIGN_IN_TAKES_MS = 150;

interface SignInCommand {
  login: string;
  password: string;
  challenge: string;
}

interface OpenedOnDevice {
  readonly session: SessionOpenedShown;
  readonly device: string;
}

/** R-PP-2: e-mail address, mobile number or document number, with password and human check. */
@Injectable()
export class SignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly humanCheck: HumanCheck,
    private readonly attempts: SignInAttempts,
    private readonly devices: Devices,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly firstSignIns: FirstSignIns,
    private readonly security: SecurityLog,
  ) {}

  /**
   * `device` is the cookie by which this device is known from now on.
   *
   * @throws CHALLENGE_FAILED, CHALLENGE_TOO_EASY, LOGIN_FAILED, LOGIN_GUESSED_TOO_OFTEN
   */
  execute(command: SignInCommand, visitor: Visitor): Promise<OpenedOnDevice> {
    return this.security.during('passport.sign-in', { address: visitor.address }, (known) =>
      this.signIn(command, visitor, known),
    );
  }

  private async signIn(
    command: SignInCommand,
    visitor: Visitor,
    known: SecurityFacts,
  ): Promise<OpenedOnDevice> {
    const login = loginFrom(command.login);
    const paid = await this.humanCheck.take(command.challenge, visitor);
    const meant = await this.accounts.meantBy(this.unitOfWork.read(), login);
    // of several that claim an address nobody knows whose password is guessed
    if (meant.length === 1) known.accountId = meant[0]!.id;
    const attempt = await this.attempts.begin(login, { meant, paid }, visitor);

    const [found] = await Promise.all([
      this.whoHas(meant, command.password),
      'email' in login ? sleep(EMAIL_SIGN_IN_TAKES_MS) : undefined,
    ]);
    const account = found?.account;
    if (!account) await this.attempts.failed(attempt);
    somebodyHasThisPassword(account);
    known.accountId = account.id;
    await this.attempts.succeeded(attempt);

    const session = await this.unitOfWork.run(async (tx) => {
      // a password that has changed since it was checked ended all sessions, and this one would outlive that
      const { passwordHash } = await this.accounts.loadForUpdate(tx, account.id);
      somebodyHasThisPassword(passwordHash === account.passwordHash ? account : undefined);
      return this.sessions.open(tx, { accountId: account.id, userAgent: visitor.userAgent });
    });
    return {
      session: {
        token: session.token,
        expiresAt: toShanghai(session.expiresAt),
        account: AccountShown.of(account, found?.first),
      },
      device: this.devices.remembering(account, this.devices.read(visitor.cookies)),
    };
  }

  /** The account that opens with this password, and how it is come into where the password is still the initial one. */
  private async whoHas(
    meant: readonly Account[],
    password: string,
  ): Promise<{ account: Account; first?: FirstSignIn } | undefined> {
    const reader = this.unitOfWork.read();
    if (meant.length === 0) await this.hasher.verifyNobodys(password);
    for (const account of meant) {
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
