import { Injectable } from '@nestjs/common';
import { PasswordHasher } from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { loginAsTyped } from './new-staff.rules.js';
import { SecondFactor } from './second-factor.js';
import { SignInLocks } from './sign-in-locks.js';
import { SignInRecords } from './sign-in-records.js';
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
    private readonly records: SignInRecords,
    private readonly security: SecurityLog,
  ) {}

  /**
   * The first step. Where `totpSince` is set, the second is to follow before they are in.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_DISABLED, STAFF_LOCKED, TOO_MANY_ATTEMPTS
   */
  execute(command: { login: string; password: string }, visitor: { address: string }): Promise<Staff> {
    const { address } = visitor;
    return this.security.during('staff.sign-in', { address }, async (facts) => {
      const staff = await this.takePassword(command, visitor, facts);
      if (staff.totpSince !== null) facts.outcome = 'CODE_AWAITED';
      return staff;
    });
  }

  private async takePassword(
    command: { login: string; password: string },
    visitor: { address: string },
    facts: SecurityFacts,
  ): Promise<Staff> {
    const login = loginAsTyped(command.login).slice(0, 100);
    await this.limits.check(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    await this.locks.take(login);

    const staff = await this.staff.byLogin(this.unitOfWork.read(), login);
    facts.staffId = staff?.id;
    const right = staff?.passwordHash
      ? await this.hasher.verify(staff.passwordHash, command.password)
      : await this.hasher.verifyNobodys(command.password);
    if (!right) await this.limits.count(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
    if (staff && !right) await this.records.failed(staff, visitor.address);
    theStaffPasswordIsRight(staff, right);
    theStaffAccountIsInUse(staff);

    // a right password alone does not make guesses of the code uncounted
    if (staff.totpSince !== null) return staff;
    await this.unitOfWork.run(async (tx) => {
      await this.locks.forget(tx, login);
      await this.records.signedIn(tx, staff, visitor.address);
    });
    return staff;
  }

  /**
   * The second step. `password`: which one was typed in the first, as `passwordFingerprint` says; one that was changed
   * or reset meanwhile opens nothing.
   *
   * @throws STAFF_LOGIN_FAILED, STAFF_CODE_WRONG, STAFF_DISABLED, STAFF_LOCKED, TOO_MANY_ATTEMPTS
   */
  takeCode(
    command: { staffId: string; password: string; code: string },
    visitor: { address: string },
  ): Promise<Staff> {
    const facts = { staffId: command.staffId, address: visitor.address };
    return this.security.during('staff.sign-in-code', facts, () => this.takeSecondStep(command, visitor));
  }

  private async takeSecondStep(
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
        await this.records.signedIn(tx, staff, visitor.address);
        return staff;
      });
    } catch (error) {
      await this.limits.count(FAILED_STAFF_SIGN_INS_PER_ADDRESS, visitor.address);
      await this.records.failed(known, visitor.address);
      throw error;
    }
  }
}
