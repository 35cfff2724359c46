import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { Cet6Decision } from '../../modules/qualification/index.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { type Invitation, Invitations } from './invitations.js';
import { SignInLocks } from './sign-in-locks.js';
import { StaffRepository } from './staff.repository.js';
import { itIsSomebodyElse } from './staff.rules.js';
import { StaffSessionRepository } from './staff-session.repository.js';

/**
 * R-AD: somebody lost their password, or their phone. The old password, the codes of the phone, and every session are
 * worth nothing from now on; a new invitation is. What was decided in their name in the last seconds is not to be.
 */
@Injectable()
export class InviteStaffAgain {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly sessions: StaffSessionRepository,
    private readonly locks: SignInLocks,
    private readonly invitations: Invitations,
    private readonly decisions: Cet6Decision,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, STAFF_IS_YOURSELF */
  execute(command: { id: string } & Shown, actor: StaffActor): Promise<Invitation> {
    const { staffId: by, address } = actor;
    return this.security.during('staff.invite-again', { staffId: command.id, by, address }, () =>
      this.invite(command, actor),
    );
  }

  private invite({ id, asShown }: { id: string } & Shown, actor: StaffActor): Promise<Invitation> {
    return this.unitOfWork.run(async (tx) => {
      const staff = await this.staff.loadManaged(tx, id, actor);
      await asShown?.(tx);
      itIsSomebodyElse(actor, staff);
      await this.staff.update(tx, id, {
        passwordHash: null,
        totpSecret: null,
        totpSince: null,
        totpLastStep: null,
        recoveryCodeHashes: null,
      });
      await this.sessions.endAll(tx, id);
      await this.decisions.dropAllOf(tx, id, actor);
      await this.locks.forget(tx, staff.login);
      await this.audit.record(tx, actor, {
        action: 'staff.invite-again',
        rowId: id,
        provinceCode: staff.provinceCode,
        schoolCode: staff.schoolCode,
        after: { login: staff.login, email: staff.email },
      });
      return this.invitations.issue(tx, staff, actor);
    });
  }
}
