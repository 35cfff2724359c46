import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { CollectiveRegistrationRepository } from './collective-registration.repository.js';
import { COLLECTIVE_REGISTRATION_MOVED_ON, theListAwaitsADecision } from './collective-registration.rules.js';

/** The school has read what would become of its list: the lines found ready are enrolled, or the list is dropped. */
@Injectable()
export class DecideCollectiveRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: CollectiveRegistrationRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, COLLECTIVE_REGISTRATION_MOVED_ON */
  async execute(
    { id, enrol, asShown }: { id: string; enrol: boolean } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    return this.unitOfWork.run(async (tx) => {
      const list = await this.lists.byId(tx, id);
      if (!list || !covers(scopeOf(actor), list)) throw NOT_FOUND();
      theListAwaitsADecision(list);
      await asShown?.(tx);
      const state = enrol ? 'ENROLLING' : 'DISCARDED';
      if (!(await this.lists.move(tx, list, state))) throw COLLECTIVE_REGISTRATION_MOVED_ON();
      await this.auditTrail.record(tx, actor, {
        action: enrol ? 'collective-registration.enrol' : 'collective-registration.discard',
        rowId: id,
        provinceCode: list.provinceCode,
        schoolCode: list.schoolCode,
        before: { state: list.state },
        after: {
          state,
          subjectCode: list.subjectCode,
          campusCode: list.campusCode,
          lineCount: list.lineCount,
        },
      });
      if (enrol) tx.wake('collective-registration.work-off');
    });
  }
}
