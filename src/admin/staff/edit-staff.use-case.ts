import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { auditedStaff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';

/** R-AD: corrects a name or an address. What somebody may see does not change: that is another account. */
@Injectable()
export class EditStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  async execute(
    { id, name, email }: { id: string; name: string; email?: string },
    actor: StaffActor,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.staff.loadManaged(tx, id, actor);
      const change = { name: name.trim(), email: email?.trim() || null };
      await this.staff.update(tx, id, change);
      await this.audit.record(tx, actor, {
        action: 'staff.edit',
        rowId: id,
        provinceCode: before.provinceCode,
        schoolCode: before.schoolCode,
        before: auditedStaff(before),
        after: auditedStaff({ ...before, ...change }),
      });
    });
  }
}
