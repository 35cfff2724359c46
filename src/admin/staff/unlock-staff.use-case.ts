import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { SignInLocks } from './sign-in-locks.js';
import { StaffRepository } from './staff.repository.js';

/** R-AD: lets somebody try again who failed too often to sign in. */
@Injectable()
export class UnlockStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly locks: SignInLocks,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute(command: { id: string } & Shown, actor: StaffActor): Promise<void> {
    const { staffId: by, address } = actor;
    return this.security.during('staff.unlock', { staffId: command.id, by, address }, () =>
      this.unlock(command, actor),
    );
  }

  private async unlock({ id, asShown }: { id: string } & Shown, actor: StaffActor): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { login, provinceCode, schoolCode } = await this.staff.loadManaged(tx, id, actor);
      await asShown?.(tx);
      const lockedUntil = (await this.locks.lockedUntil(tx, [login])).get(login) ?? null;
      await this.locks.forget(tx, login);
      await this.audit.record(tx, actor, {
        action: 'staff.unlock',
        rowId: id,
        provinceCode,
        schoolCode,
        before: { lockedUntil },
        after: { lockedUntil: null, login },
      });
    });
  }
}
