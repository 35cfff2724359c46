import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository } from './school.repository.js';

/** Central staff edit what a province is called; its code is for good. */
@Injectable()
export class RenameProvince {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND */
  execute(
    { provinceCode: code, name, asShown }: { provinceCode: string; name: string } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      await asShown?.(tx);
      const before = (await this.schools.provinceNames(tx)).get(code);
      if (before === undefined) throw NOT_FOUND();
      await this.schools.saveProvinces(tx, [{ code, name }]);
      await this.auditTrail.record(tx, actor, {
        action: 'province.rename',
        rowId: code,
        provinceCode: code,
        before: { name: before },
        after: { name },
      });
    });
  }
}
