import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import type { School } from './school.entity.js';
import { SchoolRepository } from './school.repository.js';

export type SchoolDetails = Pick<School, 'name' | 'city' | 'educationLevel' | 'moeCode'>;

/** Central staff edit what a school is called; its code is for good. */
@Injectable()
export class EditSchool {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute(
    { schoolCode, asShown, ...details }: { schoolCode: string } & SchoolDetails & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      await asShown?.(tx);
      const [before] = await this.schools.schools(tx, [schoolCode]);
      if (!before) throw NOT_FOUND();
      const after = { ...before, ...details };
      await this.schools.saveSchools(tx, [after]);
      await this.auditTrail.record(tx, actor, {
        action: 'school.edit',
        rowId: schoolCode,
        provinceCode: before.provinceCode,
        schoolCode,
        before: { ...before },
        after: { ...after },
      });
    });
  }
}
