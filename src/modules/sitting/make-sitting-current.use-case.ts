import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { SittingRepository } from './sitting.repository.js';
import { noCampusIsOpenForAnother } from './sitting.rules.js';
import { VenueRepository } from './venue.repository.js';

/** Makes a sitting the one candidates register for: from then on they see nothing of the one before. Central staff's. */
@Injectable()
export class MakeSittingCurrent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, CURRENT_SITTING_STILL_OPEN */
  execute({ sittingId, asShown }: { sittingId: string } & Shown, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      const sitting = await this.sittings.lock(tx, sittingId);
      await asShown?.(tx);
      if (sitting.current) return;
      const before = (await this.sittings.all(tx)).find(({ current }) => current);
      const openCampuses = before ? await this.venues.countOpenCampuses(tx, before.id) : 0;
      noCampusIsOpenForAnother(openCampuses);
      await this.sittings.makeCurrent(tx, sittingId);
      await this.auditTrail.record(tx, actor, {
        action: 'sitting.make-current',
        rowId: sittingId,
        before: { currentNumber: before?.number ?? null },
        after: { currentNumber: sitting.number },
      });
    });
  }
}
