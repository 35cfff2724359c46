import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type RateLimit, RateLimits } from '../../platform/http/rate-limits.js';
import { SecurityLog } from '../../platform/security-log.js';
import { CurrentPassword } from './current-password.js';
import { SecondFactor } from './second-factor.js';
import { noCodeIsAskedForYet } from './second-factor.rules.js';
import { StaffRepository } from './staff.repository.js';
import { totpPicture } from './totp.js';

const MINUTE = 60;

/** By account: a code is guessed no more often than a password. */
export const STAFF_CODE_CHECKS: RateLimit = { name: 'staff-code-check', points: 5, seconds: 15 * MINUTE };

/** Staff have a code of their phone asked for when they sign in. */
@Injectable()
export class SetUpTotp {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly staff: StaffRepository,
    private readonly currentPassword: CurrentPassword,
    private readonly secondFactor: SecondFactor,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** First: what the phone is to scan. Nothing is asked for yet. @throws STAFF_PASSWORD_WRONG, TOTP_ALREADY_ON */
  async begin(
    { currentPassword }: { currentPassword: string },
    actor: StaffActor,
  ): Promise<{ secret: string; picture: string }> {
    await this.currentPassword.check(actor, currentPassword);
    const { secret, sealed } = this.secondFactor.newSecret();
    const login = await this.unitOfWork.run(async (tx) => {
      const staff = await this.staff.loadForUpdate(tx, actor.staffId);
      noCodeIsAskedForYet(staff);
      await this.staff.update(tx, staff.id, { totpSecret: sealed, totpLastStep: null });
      return staff.login;
    });
    return { secret, picture: totpPicture(secret, login) };
  }

  /**
   * Then: a code proves that the phone has it, and from now on one is asked for. Gives the recovery codes, once.
   *
   * @throws TOTP_ALREADY_ON, TOTP_NOT_BEGUN, STAFF_CODE_WRONG
   */
  confirm({ code }: { code: string }, actor: StaffActor): Promise<{ recoveryCodes: string[] }> {
    const { staffId, address } = actor;
    return this.security.during('staff.second-factor-on', { staffId, address }, () =>
      this.turnOn(code, actor),
    );
  }

  private turnOn(code: string, actor: StaffActor): Promise<{ recoveryCodes: string[] }> {
    return this.unitOfWork.run(async (tx) => {
      const staff = await this.staff.loadForUpdate(tx, actor.staffId);
      noCodeIsAskedForYet(staff);
      await this.secondFactor.takeCode(tx, staff, code);
      const { codes, hashes } = this.secondFactor.newRecoveryCodes(staff.id);
      await this.staff.update(tx, staff.id, { totpSince: tx.now, recoveryCodeHashes: hashes });
      const { id, provinceCode, schoolCode } = staff;
      await this.audit.record(tx, actor, { action: 'staff.totp-on', rowId: id, provinceCode, schoolCode });
      return { recoveryCodes: codes };
    });
  }

  /**
   * And back: no code is asked for any more. A last one is, or a recovery code, so that a password alone never drops it.
   *
   * @throws STAFF_PASSWORD_WRONG, TOTP_NOT_BEGUN, STAFF_CODE_WRONG, TOO_MANY_ATTEMPTS
   */
  drop(command: { currentPassword: string; code: string }, actor: StaffActor): Promise<void> {
    const { staffId, address } = actor;
    return this.security.during('staff.second-factor-off', { staffId, address }, () =>
      this.turnOff(command, actor),
    );
  }

  private async turnOff(
    { currentPassword, code }: { currentPassword: string; code: string },
    actor: StaffActor,
  ): Promise<void> {
    await this.currentPassword.check(actor, currentPassword);
    await this.limits.count(STAFF_CODE_CHECKS, actor.staffId);
    await this.unitOfWork.run(async (tx) => {
      const staff = await this.staff.loadForUpdate(tx, actor.staffId);
      await this.secondFactor.take(tx, staff, code);
      const { id, provinceCode, schoolCode } = staff;
      await this.staff.update(tx, id, {
        totpSecret: null,
        totpSince: null,
        totpLastStep: null,
        recoveryCodeHashes: null,
      });
      await this.audit.record(tx, actor, { action: 'staff.totp-off', rowId: id, provinceCode, schoolCode });
    });
  }
}
