import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { EnrolledBy } from '../../kernel/words.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { aSeatIsFree, SEATS_FULL, type Venue, VenueRepository, VenueSeats } from '../sitting/index.js';
import { Enrolment } from './enrolment.entity.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { LevelClaimRepository } from './level-claim.repository.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
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
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly levels: LevelClaimRepository,
    private readonly venues: VenueRepository,
    private readonly seats: VenueSeats,
  ) {}

  /** Direct enrolment in all of these venues, or in none. @throws LEVEL_CONFLICT, SEATS_FULL, QUEUE_AHEAD */
  async enrol(tx: Tx, enrolling: Enrolling, chosen: readonly PricedVenue[]): Promise<Enrolment[]> {
    const made: Enrolment[] = [];
    for (const venue of inLockOrder(chosen)) made.push(await this.addEnrolment(tx, enrolling, venue));
    if (enrolling.registration.emptySince)
      await this.registrations.isNoLongerEmpty(tx, enrolling.registration.id);
    for (const enrolment of made) await this.claimSeat(tx, enrolment, enrolling.cause);
    return made;
  }

  /** The first in line becomes an enrolment. The seat was moved by the allocator already, under `enrolmentId`. */
  async enrolFromQueue(
    tx: Tx,
    enrolling: Enrolling,
    venue: PricedVenue,
    entry: WaitlistEntry,
    enrolmentId: string,
  ): Promise<Enrolment> {
    const enrolment = enrolmentIn(venue, enrolling, tx.now, enrolmentId);
    await this.levels.pass(tx, entry.id, {
      ...levelOf(enrolment),
      holder: 'ENROLMENT',
      holderId: enrolment.id,
    });
    await this.enrolments.add(tx, enrolment);
    if (!(await this.entries.move(tx, entry, 'ALLOCATED', { enrolmentId: enrolment.id }))) {
      throw new Error(`Waitlist entry ${entry.id} was locked and yet moved.`);
    }
    return enrolment;
  }

  /** Moves an unpaid enrolment to another venue in one step; its id and deadline stay. */
  async change(tx: Tx, enrolment: Enrolment, to: PricedVenue, cause: string): Promise<Enrolment> {
    const changed: Enrolment = { ...enrolment, ...placeOf(to), feeFen: to.feeFen, reportForm: null };
    if (changed.level !== enrolment.level) {
      await this.levels.giveBack(tx, { registrationId: enrolment.registrationId, holderId: enrolment.id });
      await this.levels.take(tx, { ...levelOf(changed), holder: 'ENROLMENT', holderId: enrolment.id });
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
    await this.giveBackLevel(tx, enrolment.registrationId, enrolment.id);
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
    const claimed = { registrationId: registration.id, kind: venue.kind, level: venue.level };
    await this.levels.take(tx, { ...claimed, holder: 'WAITLIST', holderId: id });
    if (registration.emptySince) await this.registrations.isNoLongerEmpty(tx, registration.id);
    const place = await this.seats.join(tx, { venueId: venue.id, holderId: id, cause });
    if (place === undefined) return undefined;
    return this.entries.add(tx, {
      id,
      registrationId: registration.id,
      ...placeOf(venue),
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
    await this.giveBackLevel(tx, entry.registrationId, entry.id);
    await this.seats.leave(tx, { venueId: entry.venueId, holderId: entry.id, cause });
    return true;
  }

  private async addEnrolment(tx: Tx, enrolling: Enrolling, venue: PricedVenue): Promise<Enrolment> {
    const enrolment = enrolmentIn(venue, enrolling, tx.now, newId());
    await this.levels.take(tx, { ...levelOf(enrolment), holder: 'ENROLMENT', holderId: enrolment.id });
    await this.enrolments.add(tx, enrolment);
    return enrolment;
  }

  private async claimSeat(tx: Tx, enrolment: Enrolment, cause: string): Promise<void> {
    const { venueId, id } = enrolment;
    if (await this.seats.claim(tx, { venueId, holderId: id, cause })) return;
    await this.refuseForWantOfSeats(tx, venueId);
  }

  /** Says which it is: full, or others waiting. */
  private async refuseForWantOfSeats(tx: Tx, venueId: string): Promise<never> {
    const venue = await this.venues.byId(tx, venueId);
    if (venue) aSeatIsFree(venue);
    throw SEATS_FULL();
  }

  private async giveBackLevel(tx: Tx, registrationId: string, holderId: string): Promise<void> {
    if (await this.levels.giveBack(tx, { registrationId, holderId })) {
      await this.registrations.becameEmpty(tx, registrationId);
    }
  }
}

function inLockOrder(venues: readonly PricedVenue[]): PricedVenue[] {
  return [...venues].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function placeOf(venue: Venue) {
  const { id, provinceCode, schoolCode, campusCode, subjectCode, kind, level } = venue;
  return { venueId: id, provinceCode, schoolCode, campusCode, subjectCode, kind, level };
}

function levelOf({ registrationId, kind, level }: Pick<Enrolment, 'registrationId' | 'kind' | 'level'>) {
  return { registrationId, kind, level };
}

function enrolmentIn(venue: PricedVenue, enrolling: Enrolling, now: Date, id: string): Enrolment {
  return Object.assign(new Enrolment(), {
    ...placeOf(venue),
    id,
    registrationId: enrolling.registration.id,
    sittingId: venue.sittingId,
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
