import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { AccountRepository } from './account.repository.js';
import { PASSWORD_CHECKS } from './attempt-limits.js';
import {
  currentPasswordIsRight,
  passwordHasSixToEighteenCharacters,
  passwordIsNew,
} from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';

/** R-PP-4, R-PP-8: changes the password and ends the other sessions. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly hasher: PasswordHasher,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
  ) {}

  /** @throws PASSWORD_LENGTH, PASSWORD_UNCHANGED, CURRENT_PASSWORD_WRONG, TOO_MANY_ATTEMPTS */
  async execute(
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    { accountId, sessionId }: CandidateActor,
  ): Promise<void> {
    passwordHasSixToEighteenCharacters(newPassword, 'newPassword');
    passwordIsNew(newPassword, currentPassword);
    await this.limits.count(PASSWORD_CHECKS, accountId);
    const checked = await this.accounts.load(this.unitOfWork.read(), accountId);
    currentPasswordIsRight(await this.hasher.verify(checked.passwordHash, currentPassword));
    await this.limits.forget(PASSWORD_CHECKS, accountId);

    const passwordHash = await this.hasher.hash(newPassword);
    await this.unitOfWork.run(async (tx) => {
      const current = await this.accounts.loadForUpdate(tx, accountId);
      currentPasswordIsRight(current.passwordHash === checked.passwordHash);
      await this.accounts.setPassword(tx, accountId, passwordHash);
      await this.sessions.endOthers(tx, accountId, sessionId);
    });
  }
}
