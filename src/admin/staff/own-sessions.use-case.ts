import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SecurityLog } from '../../platform/security-log.js';
import type { StaffSession } from './staff-session.entity.js';
import { StaffSessionRepository } from './staff-session.repository.js';

/** Staff see where they are signed in, and sign out elsewhere. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: StaffSessionRepository,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /** Newest first. */
  list({ staffId }: StaffActor): Promise<StaffSession[]> {
    return this.sessions.ofStaff(this.unitOfWork.read(), staffId);
  }

  /** @throws NOT_FOUND for somebody else's, or one that has ended */
  end(id: string, actor: StaffActor): Promise<void> {
    return this.ending(actor, async (tx) => {
      if (!(await this.sessions.end(tx, actor.staffId, id))) throw NOT_FOUND();
    });
  }

  /** Signs out everywhere but here. */
  endOthers(keptId: string, actor: StaffActor): Promise<void> {
    return this.ending(actor, (tx) => this.sessions.endOthers(tx, actor.staffId, keptId));
  }

  private ending(actor: StaffActor, end: (tx: Tx) => Promise<void>): Promise<void> {
    const { staffId, provinceCode, schoolCode, address } = actor;
    return this.security.during('staff.session-end', { staffId, address }, () =>
      this.unitOfWork.run(async (tx) => {
        await end(tx);
        const whose = { rowId: staffId, provinceCode, schoolCode };
        await this.audit.record(tx, actor, { action: 'staff.end-session', ...whose });
      }),
    );
  }
}
