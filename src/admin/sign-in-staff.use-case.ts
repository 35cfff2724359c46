import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../modules/passport/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type RateLimit, RateLimits } from '../platform/http/rate-limits.js';
import type { Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { theStaffPasswordIsRight } from './staff.rules.js';

const MINUTE = 60;

/** By login; a success forgets them. */
export const STAFF_SIGN_INS_PER_LOGIN: RateLimit = {
  name: 'staff-sign-in',
  points: 5,
  seconds: 15 * MINUTE,
};
/** A whole office may sit behind one address, so only failures count there. */
export const FAILED_STAFF_SIGN_INS_PER_ADDRESS: RateLimit = {
  name: 'failed-staff-sign-in',
  points: 50,
  seconds: 15 * MINUTE,
};

/** Staff sign in with login and password; attempts are limited per login and per address. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly hasher: PasswordHasher,
    private readonly staff: StaffRepository,
  ) {}

  /** @throws STAFF_LOGIN_FAILED, TOO_MANY_ATTEMPTS */
  async execute(command: { login: string; password: string }, visitor: { address: string }): Promise<Staff> {
    const login = command.login.trim().toLowerCase().slice(0, 100);
    await this.limits.check(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    await this.limits.count(STAFF_SIGN_INS_PER_LOGIN, login);

    const staff = await this.staff.byLogin(this.unitOfWork.read(), login);
    const right = staff
      ? await this.hasher.verify(staff.passwordHash, command.password)
      : await this.hasher.verifyNobodys(command.password);
    if (!right) await this.limits.count(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    theStaffPasswordIsRight(staff, right);

    await this.limits.forget(STAFF_SIGN_INS_PER_LOGIN, login);
    return staff;
  }
}
