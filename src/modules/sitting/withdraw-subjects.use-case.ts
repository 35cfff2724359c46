import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SeatLedger } from './seat-ledger.repository.js';
import { VenueRepository } from './venue.repository.js';
import { nobodyEverEnrolled } from './venue-settings.rules.js';

/** A school no longer offers subjects that nobody ever enrolled in or waited for. All of them or none. */
@Injectable()
export class WithdrawSubjects {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly venues: VenueRepository,
    private readonly ledger: SeatLedger,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, VENUE_HAS_A_HISTORY */
  execute({ venueIds, asShown }: { venueIds: readonly string[] } & Shown, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      // locked: nobody takes a seat between the look at the ledger and the end
      const venues = await this.venues.lockAll(tx, venueIds);
      const own = venues.filter((venue) => covers(scopeOf(actor), venue));
      if (own.length === 0 || own.length < venueIds.length) throw NOT_FOUND();
      await asShown?.(tx);
      for (const venue of own) {
        nobodyEverEnrolled(await this.ledger.hasSeenPeople(tx, venue.id));
        await this.venues.remove(tx, venue.id);
        await this.auditTrail.record(tx, actor, {
          action: 'venue.withdraw',
          rowId: venue.id,
          provinceCode: venue.provinceCode,
          schoolCode: venue.schoolCode,
          before: { ...venue },
        });
      }
    });
  }
}
