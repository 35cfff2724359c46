import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { PasswordHasher } from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';
import { theirCurrentPasswordIsRight } from './second-factor.rules.js';
import { StaffRepository } from './staff.repository.js';

const MINUTE = 60;

/** By account; a success forgets them. */
export const STAFF_PASSWORD_CHECKS: RateLimit = {
  name: 'staff-password-check',
  points: 5,
  seconds: 15 * MINUTE,
};

/** Asked for again before what opens an account is changed. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly staff: StaffRepository,
    private readonly passwords: PasswordHasher,
  ) {}

  /** @throws STAFF_PASSWORD_WRONG, TOO_MANY_ATTEMPTS */
  async check({ staffId }: StaffActor, password: string): Promise<void> {
    await this.limits.count(STAFF_PASSWORD_CHECKS, staffId);
    const staff = await this.staff.byId(this.unitOfWork.read(), staffId);
    theirCurrentPasswordIsRight(
      staff?.passwordHash != null && (await this.passwords.verify(staff.passwordHash, password)),
    );
    await this.limits.forget(STAFF_PASSWORD_CHECKS, staffId);
  }
}
