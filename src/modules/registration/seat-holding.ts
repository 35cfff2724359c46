import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { EnrolledBy } from '../../kernel/words.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { aSeatIsFree, SEATS_FULL, type Venue, VenueRepository, VenueSeats } from '../sitting/index.js';
import { Enrolment } from './enrolment.entity.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { HeldLevels } from './held-levels.repository.js';
import type { Registration } from './registration.entity.js';
import { WaitlistEntry } from './waitlist-entry.entity.js';
import type { WaitlistEntryState } from './waitlist-entry.machine.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';

/** A venue whose fee has been checked. */
export type PricedVenue = Venue & { feeFen: number };

export interface Enrolling {
  registration: Registration;
  payBy: Date;
  enrolledBy: EnrolledBy;
  /** `actorLabel`, for the ledger. */
  cause: string;
}

/**
 * How enrolments and waitlist entries come to hold something and let it go: the level, the seat and the row, always
 * together. The registration is locked by the caller; venues are touched last and in the order of their ids.
 */
@Injectable()
export class SeatHolding {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly levels: HeldLevels,
    private readonly venues: VenueRepository,
    private readonly seats: VenueSeats,
  ) {}

  /** Direct enrolment in all of these venues, or in none. @throws LEVEL_CONFLICT, SEATS_FULL, QUEUE_AHEAD */
  async enrol(tx: Tx, enrolling: Enrolling, chosen: readonly PricedVenue[]): Promise<Enrolment[]> {
    const made = await this.enrolAll(tx, [{ ...enrolling, venues: chosen }]);
    if (made) return made[0]!;
    return this.refuseForWantOfSeats(tx, ...chosen.map(({ id }) => id));
  }

  /**
   * Several registrations at once, in as many statements as for one: all of them in all of their venues, or nobody.
   * Gives the enrolments of each. Undefined: a venue has not seats enough for them that nobody waits for, and the
   * transaction must not be committed. @throws LEVEL_CONFLICT, whosever it is
   */
  async enrolAll(
    tx: Tx,
    all: readonly (Enrolling & { venues: readonly PricedVenue[] })[],
  ): Promise<Enrolment[][] | undefined> {
    if (all.length === 0) return [];
    const made = all.map(({ venues, ...enrolling }) =>
      inLockOrder(venues).map((venue) => enrolmentIn(venue, enrolling, tx.now, newId())),
    );
    const enrolments = made.flat();
    await this.levels.take(tx, ...enrolments);
    await this.enrolments.add(tx, ...enrolments);

    const seats = made.flatMap((those, i) =>
      those.map(({ venueId, id }) => ({ venueId, holderId: id, cause: all[i]!.cause })),
    );
    return (await this.seats.claimAll(tx, seats)) ? made : undefined;
  }

  /**
   * The first in line, in their order, become enrolments with seats of their venue; all of them, or nobody. The level
   * each has held stays held.
   * Undefined: the venue has not so many free seats any more, and the transaction must not be committed.
   */
  async enrolFromQueue(
    tx: Tx,
    venue: PricedVenue,
    first: readonly (Enrolling & { entry: WaitlistEntry })[],
  ): Promise<Enrolment[] | undefined> {
    if (first.length === 0) return [];
    const enrolments = first.map((enrolling) => enrolmentIn(venue, enrolling, tx.now, newId()));
    const became = new Map(first.map(({ entry }, i) => [entry.id, enrolments[i]!.id]));
    await this.enrolments.add(tx, ...enrolments);
    if (!(await this.entries.allocated(tx, became)))
      throw new Error(`A waitlist entry of venue ${venue.id} was locked and yet moved.`);
    const seats = first.map(({ entry, cause }) => ({ venueId: venue.id, holderId: entry.id, cause }));
    return (await this.seats.allocateAll(tx, venue.id, seats)) ? enrolments : undefined;
  }

  /** Moves an unpaid enrolment to another venue in one step; its id and deadline stay. */
  async change(tx: Tx, enrolment: Enrolment, to: PricedVenue, cause: string): Promise<Enrolment> {
    const changed: Enrolment = { ...enrolment, ...placeOf(to), feeFen: to.feeFen, reportForm: null };
    if (changed.level !== enrolment.level) {
      await this.levels.giveBack(tx, enrolment);
      await this.levels.take(tx, changed);
    }
    if (!(await this.enrolments.changeUnpaid(tx, enrolment.id, changed)))
      throw new Error(`Enrolment ${enrolment.id} was locked and yet moved.`);
    const release = () =>
      this.seats.release(tx, { venueId: enrolment.venueId, holderId: enrolment.id, cause });
    const claim = () => this.claimSeat(tx, changed, cause);
    for (const move of enrolment.venueId < to.id ? [release, claim] : [claim, release]) await move();
    return changed;
  }

  /** An unpaid enrolment ends and its seat goes back. False: it was not unpaid any more, and nothing happened. */
  async endEnrolment(
    tx: Tx,
    enrolment: Enrolment,
    to: 'LAPSED' | 'GIVEN_UP',
    cause: string,
  ): Promise<boolean> {
    if (enrolment.state !== 'UNPAID') return false;
    if (!(await this.enrolments.move(tx, enrolment, to, { endedAt: tx.now }))) return false;
    await this.levels.giveBack(tx, enrolment);
    await this.seats.release(tx, { venueId: enrolment.venueId, holderId: enrolment.id, cause });
    return true;
  }

  /** Joins a venue's queue at its end. @throws LEVEL_CONFLICT; undefined when a seat is free and nobody waits */
  async join(
    tx: Tx,
    registration: Registration,
    venue: Venue,
    cause: string,
  ): Promise<WaitlistEntry | undefined> {
    const id = newId();
    await this.levels.take(tx, { registrationId: registration.id, kind: venue.kind, level: venue.level });
    const place = await this.seats.join(tx, { venueId: venue.id, holderId: id, cause });
    if (place === undefined) return undefined;
    return this.entries.add(tx, {
      id,
      registrationId: registration.id,
      ...placeOf(venue),
      ...ownPlaceOf(registration),
      sittingId: venue.sittingId,
      place,
    });
  }

  /** A waiting entry ends without a seat. False: it did not wait any more, and nothing happened. */
  async endEntry(
    tx: Tx,
    entry: WaitlistEntry,
    to: Extract<WaitlistEntryState, 'CANCELLED' | 'FAILED' | 'CLOSED'>,
    remark: string | null,
    cause: string,
  ): Promise<boolean> {
    if (entry.state !== 'WAITING') return false;
    if (!(await this.entries.move(tx, entry, to, { remark }))) return false;
    await this.levels.giveBack(tx, entry);
    await this.seats.leave(tx, { venueId: entry.venueId, holderId: entry.id, cause });
    return true;
  }

  private async claimSeat(tx: Tx, enrolment: Enrolment, cause: string): Promise<void> {
    const { venueId, id } = enrolment;
    if (await this.seats.claim(tx, { venueId, holderId: id, cause })) return;
    await this.refuseForWantOfSeats(tx, venueId);
  }

  /** Says which it is: full, or others waiting. */
  private async refuseForWantOfSeats(tx: Tx, ...venueIds: readonly string[]): Promise<never> {
    for (const venue of await this.venues.byIds(tx, venueIds)) aSeatIsFree(venue);
    throw SEATS_FULL();
  }
}

function inLockOrder(venues: readonly PricedVenue[]): PricedVenue[] {
  return [...venues].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function placeOf(venue: Venue) {
  const { id, provinceCode, schoolCode, campusCode, subjectCode, kind, level } = venue;
  return { venueId: id, provinceCode, schoolCode, campusCode, subjectCode, kind, level };
}

function ownPlaceOf({ details }: Registration) {
  return { candidateProvinceCode: details.provinceCode, candidateSchoolCode: details.schoolCode };
}

function enrolmentIn(venue: PricedVenue, enrolling: Enrolling, now: Date, id: string): Enrolment {
  return Object.assign(new Enrolment(), {
    ...placeOf(venue),
    id,
    registrationId: enrolling.registration.id,
    sittingId: venue.sittingId,
    ...ownPlaceOf(enrolling.registration),
    feeFen: venue.feeFen,
    state: 'UNPAID',
    payBy: enrolling.payBy,
    enrolledBy: enrolling.enrolledBy,
    lockedBySchool: false,
    reportForm: null,
    ticketNumber: null,
    createdAt: now,
    paidAt: null,
    endedAt: null,
  } satisfies Enrolment);
}
