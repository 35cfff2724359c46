import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository } from './school.repository.js';

/** Central staff edit what a campus is called; its code is for good. */
@Injectable()
export class EditCampus {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute(
    { campusCode, name, asShown }: { campusCode: string; name: string } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      const campus = await this.schools.lockCampus(tx, campusCode);
      if (!campus) throw NOT_FOUND();
      await asShown?.(tx);
      await this.schools.saveCampuses(tx, [{ ...campus, name }]);
      await this.auditTrail.record(tx, actor, {
        action: 'campus.edit',
        rowId: campusCode,
        provinceCode: campus.provinceCode,
        schoolCode: campus.schoolCode,
        before: { name: campus.name },
        after: { name },
      });
    });
  }
}
