import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { PasswordHasher, passwordIsHardToGuess } from '../../modules/passport/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { CurrentPassword } from './current-password.js';
import { thePasswordWasTypedTwice } from './invitation.rules.js';
import { staffPasswordIsLongEnough } from './new-staff.rules.js';
import { StaffRepository } from './staff.repository.js';
import { StaffSessionRepository } from './staff-session.repository.js';

interface ChangeStaffPasswordCommand {
  currentPassword: string;
  password: string;
  repeated: string;
}

/** Staff change their own password; every other session of theirs ends (R-PP-8). */
@Injectable()
export class ChangeStaffPassword {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly sessions: StaffSessionRepository,
    private readonly currentPassword: CurrentPassword,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws STAFF_PASSWORD_WRONG, STAFF_PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL, PASSWORDS_UNLIKE,
   * TOO_MANY_ATTEMPTS
   */
  execute(command: ChangeStaffPasswordCommand, actor: StaffActor, sessionId: string): Promise<void> {
    const { staffId, address } = actor;
    return this.security.during('staff.password-change', { staffId, address }, () =>
      this.change(command, actor, sessionId),
    );
  }

  private async change(
    command: ChangeStaffPasswordCommand,
    actor: StaffActor,
    sessionId: string,
  ): Promise<void> {
    thePasswordWasTypedTwice(command.password, command.repeated);
    staffPasswordIsLongEnough(command.password);
    await this.currentPassword.check(actor, command.currentPassword);
    const known = await this.staff.byId(this.unitOfWork.read(), actor.staffId);
    await passwordIsHardToGuess(command.password, [known?.login, known?.email, known?.name]);
    const passwordHash = await this.passwords.hash(command.password);
    await this.unitOfWork.run(async (tx) => {
      const { id, provinceCode, schoolCode } = await this.staff.loadForUpdate(tx, actor.staffId);
      await this.staff.update(tx, id, { passwordHash, invitationHash: null, invitationExpiresAt: null });
      await this.sessions.endOthers(tx, id, sessionId);
      await this.audit.record(tx, actor, {
        action: 'staff.change-password',
        rowId: id,
        provinceCode,
        schoolCode,
      });
    });
  }
}
