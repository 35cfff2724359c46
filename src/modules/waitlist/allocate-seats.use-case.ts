import { Injectable, Logger } from '@nestjs/common';
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

/** What a run did; `postponed` counts venues in trouble, which the next run tries again. */
interface Served {
  allocated: number;
  failed: number;
  postponed: number;
}

type Outcome = 'ALLOCATED' | 'FAILED' | 'CHANGED_MEANWHILE' | 'NOTHING_TO_DO';

/**
 * R-WL-3 to 5: hands free seats to those who wait, first come, first served; one venue, one entry, one transaction at
 * a time. Whoever fails the second check ends with the reason and the next one is tried, so nobody blocks the queue.
 */
@Injectable()
export class AllocateSeats {
  private readonly logger = new Logger(AllocateSeats.name);

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

  /**
   * One venue's queue, or every queue that has a free seat, where a venue in trouble does not keep the others waiting.
   * Safe to run twice, side by side, and after a kill.
   */
  async execute({ venueId }: { venueId?: string }): Promise<Served> {
    if (venueId) return this.drain(venueId);
    const total: Served = { allocated: 0, failed: 0, postponed: 0 };
    for (const id of await this.venues.idsToAllocate(this.unitOfWork.read())) {
      try {
        const { allocated, failed } = await this.drain(id);
        total.allocated += allocated;
        total.failed += failed;
      } catch (error) {
        total.postponed++;
        this.logger.warn(`The queue of venue ${id} could not be served: ${String(error)}`);
      }
    }
    return total;
  }

  private async drain(venueId: string): Promise<Served> {
    const done: Served = { allocated: 0, failed: 0, postponed: 0 };
    for (;;) {
      const outcome = await this.serve(venueId);
      if (outcome === 'ALLOCATED') done.allocated++;
      if (outcome === 'FAILED') done.failed++;
      if (outcome === 'NOTHING_TO_DO') return done;
    }
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
    if (!registration) return this.end(tx, head, 'REGISTRATION_DELETED');

    const facts = await this.facts.of(tx, registration, sitting);
    const refused = firstRefusal(() => candidateMayWaitFor(facts, venue, tx.now, head.id));
    if (refused) return this.end(tx, head, refused.code);
    return this.give(tx, venue as PricedVenue, head, facts);
  }

  private async end(tx: Tx, head: WaitlistEntry, remark: string): Promise<Outcome> {
    await this.holding.endEntry(tx, head, 'FAILED', remark, CAUSE);
    return 'FAILED';
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
