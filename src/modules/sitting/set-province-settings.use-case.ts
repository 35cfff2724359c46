import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { oralDaysAreWhole } from './province-setting.rules.js';
import { NO_PROVINCE_SETTING, type ProvinceSetting } from './school.entity.js';
import { SchoolRepository } from './school.repository.js';
import { SittingRepository } from './sitting.repository.js';

type Settings = Omit<ProvinceSetting, 'sittingId' | 'provinceCode'>;

/**
 * A province sets, for a sitting, from when oral tickets can be printed (R-RG-3), and within what its schools set up
 * their venues. What schools have set already stays; it is checked when they set it anew. What is left out stays.
 */
@Injectable()
export class SetProvinceSettings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, ORAL_DAYS_INVALID */
  execute(
    { asShown, ...command }: { sittingId: string; provinceCode: string } & Partial<Settings> & Shown,
    actor: StaffActor,
  ): Promise<void> {
    const { sittingId, provinceCode } = command;
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'PROVINCE', 'CENTRAL');
      if (actor.role === 'PROVINCE' && actor.provinceCode !== provinceCode) throw NOT_FOUND();
      if (!(await this.schools.provinceNames(tx)).has(provinceCode)) throw NOT_FOUND();
      await this.sittings.lock(tx, sittingId);
      await asShown?.(tx);
      const before = (await this.schools.provinceSetting(tx, sittingId, provinceCode)) ?? NO_PROVINCE_SETTING;
      const after = { ...before, ...command };
      oralDaysAreWhole(after);
      await this.schools.saveProvinceSettings(tx, [after]);
      await this.auditTrail.record(tx, actor, {
        action: 'province.set',
        rowId: sittingId,
        provinceCode,
        before: { ...before },
        after: { ...after },
      });
    });
  }
}
