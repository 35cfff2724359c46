import { Injectable } from '@nestjs/common';
import { RateLimits } from '../../platform/http/rate-limits.js';
import type { Account } from './account.entity.js';
import { PASSWORD_CHECKS } from './attempt-limits.js';
import { currentPasswordIsRight } from './password.rules.js';
import { PasswordHasher } from './password-hasher.js';

/** The password that whoever holds a session is asked for again, before what opens the account is changed. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly limits: RateLimits,
    private readonly hasher: PasswordHasher,
  ) {}

  /** `guesser`: whose wrong ones are counted. @throws CURRENT_PASSWORD_WRONG, TOO_MANY_ATTEMPTS */
  async check({ passwordHash }: Account, typed: string, guesser: string): Promise<void> {
    await this.limits.count(PASSWORD_CHECKS, guesser);
    currentPasswordIsRight(await this.hasher.verify(passwordHash, typed));
    await this.limits.forget(PASSWORD_CHECKS, guesser);
  }
}
