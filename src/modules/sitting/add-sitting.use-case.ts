import { Injectable } from '@nestjs/common';
import type { StaffActor, SystemActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import type { Sitting } from './sitting.entity.js';
import { SittingRepository } from './sitting.repository.js';
import { sittingIsNew, sittingNumberIsAYearAndAHalf } from './sitting.rules.js';
import { usualSittingName } from './sitting-name.js';

export interface NewSitting {
  /** 262: the second half of 2026. */
  number: number;
  /** By default the usual one, `2026年下半年全国大学英语四、六级考试`. */
  name?: string;
  /** Is it the one candidates register for from now on? */
  current?: boolean;
}

/** Adds a sitting, with the newest value of each policy. Central staff's. */
@Injectable()
export class AddSitting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, SITTING_NUMBER_INVALID, SITTING_EXISTS */
  execute(
    { number, name = usualSittingName(number), current = false }: NewSitting,
    actor: StaffActor | SystemActor,
  ): Promise<Sitting> {
    return this.unitOfWork.run(async (tx) => {
      if (actor.type === 'STAFF') onlyStaffOf(actor, 'CENTRAL');
      sittingNumberIsAYearAndAHalf(number);
      sittingIsNew(number, await this.sittings.byNumber(tx, number));
      const sitting = await this.sittings.add(tx, { number, name });
      if (current) await this.sittings.makeCurrent(tx, sitting.id);
      await this.auditTrail.record(tx, actor, {
        action: 'sitting.add',
        rowId: sitting.id,
        after: { number, name, current },
      });
      return { ...sitting, current };
    });
  }
}
