import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import type { Sitting } from './sitting.entity.js';
import { SittingRepository } from './sitting.repository.js';
import { paymentEndsAfterTheWindows, reportChangeWindowIsWhole } from './sitting.rules.js';
import { VenueRepository } from './venue.repository.js';

/** What the source documents disagree on, and the name. What is left out stays as it is. */
export type SittingPolicies = Pick<
  Sitting,
  | 'name'
  | 'payHours'
  | 'emptyRegistrationHours'
  | 'waitlistPayHours'
  | 'oralNeedsWritten'
  | 'paymentEndsAt'
  | 'reportChangeOpensAt'
  | 'reportChangeClosesAt'
>;

/**
 * Sets the policies of a sitting. Deadlines already given to candidates stay theirs: new hours count for what is
 * enrolled from now on (R-WE-6, R-WL-3), except the hours of an empty registration, which are counted anew (R-QU-7).
 * Central staff's.
 */
@Injectable()
export class SetSittingPolicies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, REPORT_WINDOW_INVALID, PAYMENT_ENDS_BEFORE_WINDOWS */
  execute(
    { sittingId, asShown, ...policies }: { sittingId: string } & Partial<SittingPolicies> & Shown,
    actor: StaffActor,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL');
      const sitting = await this.sittings.lock(tx, sittingId);
      await asShown?.(tx);
      const after = { ...sitting, ...policies };
      reportChangeWindowIsWhole(after);
      if (policies.paymentEndsAt) {
        const times = await this.venues.timesByKind(tx, sittingId);
        paymentEndsAfterTheWindows(
          policies.paymentEndsAt,
          times.flatMap(({ closesAt }) => closesAt ?? []),
        );
      }
      await this.sittings.change(tx, sittingId, policies);
      await this.auditTrail.record(tx, actor, {
        action: 'sitting.set-policies',
        rowId: sittingId,
        before: { ...sitting },
        after,
      });
    });
  }
}
