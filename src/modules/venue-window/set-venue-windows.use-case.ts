import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { ROWS_CHANGED_MEANWHILE } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { VenueRepository, wakeQueues } from '../sitting/index.js';
import { AffectedPeople } from './affected-people.js';
import { type ChosenCampuses, LoadWindowFacts } from './load-window-facts.js';
import { closingLiesAhead, stoppingIsConfirmed } from './venue-window.rules.js';
import {
  type PlannedVenue,
  type PlannedWindow,
  planVersion,
  planWindows,
  type WindowChanges,
} from './window-plan.js';

export interface SetVenueWindowsCommand extends ChosenCampuses {
  changes: WindowChanges;
  /** Of the preview that was looked at. */
  version?: string;
  /** Those whom it affects have been looked at: a running registration may be stopped although people depend on it. */
  stoppingConfirmed?: boolean;
}

/** Of how many campuses the windows of a kind were changed, and what that did. */
export interface WindowsSet {
  readonly changed: number;
  readonly opened: number;
  readonly stopped: number;
}

/**
 * A province moves the registration windows of its campuses: one, many or all, written and oral apart (R-AD). All of
 * it or nothing, in one transaction. Queues of windows that open get the free seats; those of windows that stop end.
 */
@Injectable()
export class SetVenueWindows {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: LoadWindowFacts,
    private readonly people: AffectedPeople,
    private readonly venues: VenueRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * @throws NOT_YOUR_ROLE, NOT_FOUND, WINDOW_ENDS_IN_THE_PAST, WINDOW_HALF_SET, WINDOW_ENDS_BEFORE_IT_BEGINS,
   *   ROWS_CHANGED_MEANWHILE, WINDOW_OUTLASTS_PAYMENT, EXAM_BEFORE_WINDOW_CLOSES, ORAL_OPENS_BEFORE_WRITTEN, WINDOW_CLOSES_ON_PEOPLE
   */
  execute(
    { changes, version, stoppingConfirmed = false, ...chosen }: SetVenueWindowsCommand,
    actor: StaffActor,
  ): Promise<WindowsSet> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'PROVINCE', 'CENTRAL');
      for (const change of Object.values(changes)) closingLiesAhead(change, tx.now);
      const facts = await this.facts.of(tx, chosen, actor);
      const plan = planWindows(changes, facts);
      if (version !== undefined && version !== planVersion(plan)) throw ROWS_CHANGED_MEANWHILE();
      for (const { refused } of plan) if (refused) throw refused;
      stoppingIsConfirmed(await this.stranded(tx, facts.sitting.id, plan), stoppingConfirmed);
      const changed = plan.flatMap((planned) => planned.changed);
      await this.move(tx, changed);
      await this.auditTrail.recordAll(tx, actor, changed.map(lineOf));
      wakeQueues(
        tx,
        changed.map(({ venue, after }) => ({ ...venue, ...after })),
      );
      return {
        changed: plan.filter((planned) => planned.changed.length > 0).length,
        opened: plan.filter(({ opens }) => opens).length,
        stopped: plan.filter(({ stops }) => stops).length,
      };
    });
  }

  private async stranded(tx: Tx, sittingId: string, plan: readonly PlannedWindow[]) {
    const stopping = plan.filter(({ stops }) => stops);
    const affected = [...(await this.people.of(tx, sittingId, stopping)).values()];
    return {
      campuses: stopping.length,
      waiting: affected.reduce((total, { waiting }) => total + waiting, 0),
      unpaid: affected.reduce((total, { unpaid }) => total + unpaid, 0),
    };
  }

  private async move(tx: Tx, changed: readonly PlannedVenue[]): Promise<void> {
    const alike = groupedBy(
      changed,
      ({ after }) => `${after.opensAt?.getTime()} ${after.closesAt?.getTime()}`,
    );
    for (const planned of alike.values()) {
      const { opensAt, closesAt } = planned[0]!.after;
      await this.venues.setWindow(
        tx,
        planned.map(({ venue }) => venue.id),
        { opensAt, closesAt },
      );
    }
  }
}

function lineOf({ venue, after }: PlannedVenue) {
  return {
    action: 'venue-window.set',
    rowId: venue.id,
    provinceCode: venue.provinceCode,
    schoolCode: venue.schoolCode,
    before: { opensAt: venue.opensAt, closesAt: venue.closesAt },
    after: { opensAt: after.opensAt, closesAt: after.closesAt },
  };
}
