import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { Cet6Decision } from '../../modules/qualification/index.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { StaffRepository } from './staff.repository.js';
import { itIsSomebodyElse } from './staff.rules.js';
import { StaffSessionRepository } from './staff-session.repository.js';

/**
 * R-AD: takes away, or gives back, the right to sign in. Whoever is disabled is out at once, everywhere, and what they
 * decided in the last seconds, and nobody can take back any more, is not to be.
 */
@Injectable()
export class DisableStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly sessions: StaffSessionRepository,
    private readonly decisions: Cet6Decision,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, STAFF_IS_YOURSELF */
  execute(command: { id: string; disabled: boolean } & Shown, actor: StaffActor): Promise<void> {
    const facts = { staffId: command.id, by: actor.staffId, address: actor.address };
    return this.security.during(command.disabled ? 'staff.disable' : 'staff.enable', facts, () =>
      this.set(command, actor),
    );
  }

  private async set(
    { id, disabled, asShown }: { id: string; disabled: boolean } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.staff.loadManaged(tx, id, actor);
      await asShown?.(tx);
      itIsSomebodyElse(actor, before);
      if ((before.disabledAt !== null) === disabled) return;
      const disabledAt = disabled ? tx.now : null;
      await this.staff.update(tx, id, { disabledAt });
      if (disabled) {
        await this.sessions.endAll(tx, id);
        await this.decisions.dropAllOf(tx, id, actor);
      }
      await this.audit.record(tx, actor, {
        action: disabled ? 'staff.disable' : 'staff.enable',
        rowId: id,
        provinceCode: before.provinceCode,
        schoolCode: before.schoolCode,
        before: { disabledAt: before.disabledAt },
        after: { disabledAt, login: before.login },
      });
    });
  }
}
