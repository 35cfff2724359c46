import { Injectable } from '@nestjs/common';
import { actorLabel, type StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SchoolRepository } from './school.repository.js';
import type { Venue } from './venue.entity.js';
import { VenueRepository } from './venue.repository.js';
import { CAPACITY_BELOW_TAKEN } from './venue.rules.js';
import { VenueSeats } from './venue-seats.repository.js';
import {
  schoolsAreThere,
  type VenueSettings,
  venueCanBeSetSo,
  whatPeopleEnrolledByStaysSet,
} from './venue-settings.rules.js';

/** One venue or several get the same settings; what is left out stays as it is. */
export interface EditVenuesCommand extends Shown {
  venueIds: readonly string[];
  settings: Partial<VenueSettings>;
}

/**
 * A school sets up its venues within what its province allows: capacity, fee, exam time, whom they take, tickets. All
 * of the venues or none. An enrolment keeps the fee it was made with; a grown capacity wakes the queue.
 */
@Injectable()
export class EditVenues {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
    private readonly seats: VenueSeats,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, CAPACITY_BELOW_TAKEN, VENUE_IN_USE, SCHOOL_UNKNOWN and what `venueCanBeSetSo` throws */
  execute({ venueIds, settings, asShown }: EditVenuesCommand, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'SCHOOL', 'CENTRAL');
      const venues = await this.venues.lockAll(tx, venueIds);
      const own = venues.filter((venue) => covers(scopeOf(actor), venue));
      if (own.length === 0 || own.length < venueIds.length) throw NOT_FOUND();
      await asShown?.(tx);
      await this.admittedSchoolsAreThere(tx, settings.admittedSchools ?? []);
      for (const venue of own) await this.edit(tx, venue, settings, actor);
    });
  }

  private async edit(
    tx: Tx,
    before: Venue,
    settings: Partial<VenueSettings>,
    actor: StaffActor,
  ): Promise<void> {
    const after = { ...before, ...settings };
    if (after.admits !== 'LISTED_SCHOOLS') after.admittedSchools = null;
    const limits = await this.schools.provinceSetting(tx, before.sittingId, before.provinceCode);
    venueCanBeSetSo(after, limits);
    whatPeopleEnrolledByStaysSet(before, after);
    const { id, capacity, provinceCode, schoolCode, admittedSchools } = after;
    if (capacity !== before.capacity) {
      const resized = await this.seats.resize(tx, { venueId: id, capacity, cause: actorLabel(actor) });
      if (!resized) throw CAPACITY_BELOW_TAKEN();
    }
    const { capacity: _, ...changes } = settings;
    await this.venues.change(tx, id, { ...changes, admittedSchools });
    await this.auditTrail.record(tx, actor, {
      action: 'venue.edit',
      rowId: id,
      provinceCode,
      schoolCode,
      before: { ...before },
      after: { ...after },
    });
  }

  private async admittedSchoolsAreThere(tx: Tx, codes: readonly string[]): Promise<void> {
    if (codes.length === 0) return;
    const known = await this.schools.schools(tx, codes);
    schoolsAreThere(codes, new Set(known.map(({ code }) => code)));
  }
}
