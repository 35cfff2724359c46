import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository } from './school.repository.js';

/**
 * R-OE-3: a school lets the candidates of a campus take orals at other campuses, or forbids it. Those who hold a seat
 * elsewhere keep it.
 */
@Injectable()
export class AllowOralElsewhere {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute(
    { campusCode, allowed, asShown }: { campusCode: string; allowed: boolean } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      const campus = await this.schools.lockCampus(tx, campusCode);
      if (!campus || !covers(scopeOf(actor), campus)) throw NOT_FOUND();
      await asShown?.(tx);
      if (campus.oralElsewhereAllowed === allowed) return;
      await this.schools.saveCampuses(tx, [{ ...campus, oralElsewhereAllowed: allowed }]);
      await this.auditTrail.record(tx, actor, {
        action: 'campus.allow-oral-elsewhere',
        rowId: campusCode,
        provinceCode: campus.provinceCode,
        schoolCode: campus.schoolCode,
        before: { oralElsewhereAllowed: campus.oralElsewhereAllowed },
        after: { oralElsewhereAllowed: allowed },
      });
    });
  }
}
