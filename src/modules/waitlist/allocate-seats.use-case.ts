import { Injectable } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { newId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from '../passport/index.js';
import {
  type ChoosingFacts,
  type Enrolment,
  LoadChoosingFacts,
  type PricedVenue,
  payByOf,
  RegistrationRepository,
  SeatHolding,
  type WaitlistEntry,
  WaitlistEntryRepository,
} from '../registration/index.js';
import { SittingRepository, type Venue, VenueRepository, VenueSeats } from '../sitting/index.js';
import { candidateMayWaitFor, venueHandsOutSeats } from './waiting.rules.js';
import { seatAllocatedMessage } from './waitlist.messages.js';

const CAUSE = actorLabel({ type: 'SYSTEM', cause: 'waitlist.allocate' });

type Outcome = 'ALLOCATED' | 'FAILED' | 'CHANGED_MEANWHILE' | 'NOTHING_TO_DO';

/**
 * R-WL-3 to 5: hands free seats to those who wait, first come, first served; one venue, one entry, one transaction at
 * a time. Whoever fails the second check ends with the reason and the next one is tried, so nobody blocks the queue.
 */
@Injectable()
export class AllocateSeats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly seats: VenueSeats,
    private readonly registrations: RegistrationRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly holding: SeatHolding,
    private readonly accounts: AccountRepository,
    private readonly outbox: Outbox,
  ) {}

  /** One venue's queue, or every queue that has a free seat. Safe to run twice, side by side, and after a kill. */
  async execute({ venueId }: { venueId?: string }): Promise<{ allocated: number; failed: number }> {
    const venueIds = venueId ? [venueId] : await this.venues.idsToAllocate(this.unitOfWork.read());
    const done = { allocated: 0, failed: 0 };
    for (const id of venueIds) {
      for (;;) {
        const outcome = await this.serve(id);
        if (outcome === 'ALLOCATED') done.allocated++;
        if (outcome === 'FAILED') done.failed++;
        if (outcome === 'NOTHING_TO_DO') break;
      }
    }
    return done;
  }

  private async serve(venueId: string): Promise<Outcome> {
    try {
      return await this.unitOfWork.run((tx) => this.serveHead(tx, venueId));
    } catch (error) {
      if (error instanceof SeatGone) return 'NOTHING_TO_DO';
      throw error;
    }
  }

  private async serveHead(tx: Tx, venueId: string): Promise<Outcome> {
    const venue = await this.venues.byId(tx, venueId);
    if (!venue || venue.waiting === 0 || venue.taken >= venue.capacity) return 'NOTHING_TO_DO';
    const sitting = await this.sittings.byId(tx, venue.sittingId);
    if (!venueHandsOutSeats(venue, sitting, tx.now)) return 'NOTHING_TO_DO';
    const peeked = await this.entries.head(tx, venueId);
    if (!peeked) return 'NOTHING_TO_DO';

    // whoever cancels or deletes holds this lock too: from here on the entry cannot leave, nor anyone get before it
    const registration = await this.registrations.lockIfActive(tx, peeked.registrationId);
    const head = await this.entries.head(tx, venueId);
    if (head?.id !== peeked.id) return 'CHANGED_MEANWHILE';
    if (!registration) throw new Error(`Waitlist entry ${head.id} outlived its registration.`);

    const facts = await this.facts.of(tx, registration, sitting);
    const refused = firstRefusal(() => candidateMayWaitFor(facts, venue, tx.now, head.id));
    if (refused) {
      await this.holding.endEntry(tx, head, 'FAILED', refused.code, CAUSE);
      return 'FAILED';
    }
    return this.give(tx, venue as PricedVenue, head, facts);
  }

  private async give(
    tx: Tx,
    venue: PricedVenue,
    head: WaitlistEntry,
    facts: ChoosingFacts,
  ): Promise<Outcome> {
    const { registration, sitting } = facts;
    const enrolmentId = newId();
    const payBy = payByOf(sitting, sitting.waitlistPayHours, tx.now);
    const enrolling = { registration, payBy, enrolledBy: 'CANDIDATE' as const, cause: CAUSE };
    const enrolment = await this.holding.enrolFromQueue(tx, enrolling, venue, head, enrolmentId);
    await this.tell(tx, registration.accountId, venue, enrolment);
    const moved = await this.seats.allocate(tx, { venueId: venue.id, holderId: head.id, cause: CAUSE });
    if (!moved) throw new SeatGone();
    return 'ALLOCATED';
  }

  private async tell(tx: Tx, accountId: string, venue: Venue, enrolment: Enrolment): Promise<void> {
    const account = await this.accounts.find(tx, accountId);
    if (!account?.phone) return;
    await this.outbox.put(tx, {
      channel: 'SMS',
      recipient: account.phone,
      template: 'waitlist.allocated',
      body: seatAllocatedMessage(venue.subjectCode, enrolment.payBy),
    });
  }
}

/** The capacity was lowered meanwhile: the transaction rolls back and the entry waits on. */
class SeatGone extends Error {}
