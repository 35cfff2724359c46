import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';
import { loginAsTyped } from './new-staff.rules.js';
import { SecondFactor } from './second-factor.js';
import { SignInLocks } from './sign-in-locks.js';
import { passwordFingerprint, type Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';
import { theStaffAccountIsInUse, theStaffPasswordIsRight } from './staff.rules.js';

const MINUTE = 60;

/** A whole office may sit behind one address, so only failures count there. */
export const FAILED_STAFF_SIGN_INS_PER_ADDRESS: RateLimit = {
  name: 'failed-staff-sign-in',
  points: 50,
  seconds: 15 * MINUTE,
};

/**
 * Staff sign in with login and password and, where they set it up, a code of their phone. A login that fails too often
 * is locked for a while; too many failures from one address are, too.
 */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly locks: SignInLocks,
    private readonly hasher: PasswordHasher,
    private readonly staff: StaffRepository,
    private readonly secondFactor: SecondFactor,
  ) {}

  /**
   * The first step. Where `totpSince` is set, the second is to follow before they are in.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_DISABLED, STAFF_LOCKED, TOO_MANY_ATTEMPTS
   */
  async execute(command: { login: string; password: string }, visitor: { address: string }): Promise<Staff> {
    const login = loginAsTyped(command.login).slice(0, 100);
    await this.limits.check(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    await this.locks.take(login);

    const staff = await this.staff.byLogin(this.unitOfWork.read(), login);
    const right = staff?.passwordHash
      ? await this.hasher.verify(staff.passwordHash, command.password)
      : await this.hasher.verifyNobodys(command.password);
    if (!right) await this.limits.count(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    theStaffPasswordIsRight(staff, right);
    theStaffAccountIsInUse(staff);

    // a right password alone does not make guesses of the code uncounted
    if (staff.totpSince === null) await this.unitOfWork.run((tx) => this.locks.forget(tx, login));
    return staff;
  }

  /**
   * The second step. `password`: which one was typed in the first, as `passwordFingerprint` says; one that was changed
   * or reset meanwhile opens nothing.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_CODE_WRONG, STAFF_DISABLED, STAFF_LOCKED, TOO_MANY_ATTEMPTS
   */
  async takeCode(
    command: { staffId: string; password: string; code: string },
    visitor: { address: string },
  ): Promise<Staff> {
    await this.limits.check(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    const known = await this.staff.byId(this.unitOfWork.read(), command.staffId);
    theStaffPasswordIsRight(known, true);
    await this.locks.take(known.login);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const staff = await this.staff.loadForUpdate(tx, known.id);
        theStaffPasswordIsRight(staff, passwordFingerprint(staff) === command.password);
        theStaffAccountIsInUse(staff);
        await this.secondFactor.take(tx, staff, command.code);
        await this.locks.forget(tx, staff.login);
        return staff;
      });
    } catch (error) {
      await this.limits.count(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
      throw error;
    }
  }
}
