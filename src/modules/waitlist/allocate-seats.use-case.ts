import { Injectable, Logger } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { firstRefusal } from '../../kernel/first-refusal.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from '../passport/index.js';
import {
  LoadChoosingFacts,
  type PricedVenue,
  payByOf,
  type Registration,
  RegistrationRepository,
  SeatHolding,
  type WaitlistEntry,
  WaitlistEntryRepository,
} from '../registration/index.js';
import { type Sitting, SittingRepository, VenueRepository } from '../sitting/index.js';
import { candidateMayWaitFor, venueHandsOutSeats } from './waiting.rules.js';
import { seatAllocatedMessage } from './waitlist.messages.js';

const CAUSE = actorLabel({ type: 'SYSTEM', cause: 'waitlist.allocate' });

/** What a run did; `postponed` counts venues in trouble, which the next run tries again. */
interface Served {
  allocated: number;
  failed: number;
  postponed: number;
}

type Outcome = Pick<Served, 'allocated' | 'failed'> | 'CHANGED_MEANWHILE' | 'NOTHING_TO_DO';

/** Somebody first in line who may have a seat. */
interface First {
  entry: WaitlistEntry;
  registration: Registration;
}

/** Served in one transaction. Their registrations are locked for as long, so not too many. */
const MOST = 25;

/**
 * R-WL-3 to 5: hands free seats to those who wait, first come, first served; one venue at a time, and of its queue as
 * many as there are seats, a few in one transaction. Whoever fails the second check ends with the reason and the next
 * one is tried, so nobody blocks the queue.
 */
@Injectable()
export class AllocateSeats {
  private readonly logger = new Logger(AllocateSeats.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
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
    const total: Served = { allocated: 0, failed: 0, postponed: 0 };
    for (let most = MOST; ; ) {
      const served = await this.serve(venueId, most);
      if (served === 'NOTHING_TO_DO') return total;
      // the capacity was lowered under so many: what is left is found by going one by one
      if (served === 'SEATS_GONE' && most === 1) return total;
      most = served === 'SEATS_GONE' ? 1 : MOST;
      if (typeof served === 'string') continue;
      total.allocated += served.allocated;
      total.failed += served.failed;
    }
  }

  private async serve(venueId: string, most: number) {
    try {
      return await this.unitOfWork.run((tx) => this.serveHeads(tx, venueId, most));
    } catch (error) {
      if (error instanceof SeatsGone) return 'SEATS_GONE';
      throw error;
    }
  }

  private async serveHeads(tx: Tx, venueId: string, most: number): Promise<Outcome> {
    const venue = await this.venues.byId(tx, venueId);
    if (!venue || venue.waiting === 0 || venue.taken >= venue.capacity) return 'NOTHING_TO_DO';
    const sitting = await this.sittings.byId(tx, venue.sittingId);
    if (!venueHandsOutSeats(venue, sitting, tx.now)) return 'NOTHING_TO_DO';
    const free = Math.min(venue.capacity - venue.taken, most);
    const peeked = await this.entries.heads(tx, venueId, free);
    if (peeked.length === 0) return 'NOTHING_TO_DO';

    // whoever cancels or deletes holds these locks too: from here on none of them can leave, nor anyone get before them
    const locked = await this.registrations.lockAll(
      tx,
      peeked.map(({ registrationId }) => registrationId),
    );
    const heads = await this.entries.heads(tx, venueId, free);
    if (heads.map(({ id }) => id).join() !== peeked.map(({ id }) => id).join()) return 'CHANGED_MEANWHILE';

    const allFacts = await this.facts.ofAll(tx, locked, sitting);
    const factsByRegistration = new Map(allFacts.map((facts) => [facts.registration.id, facts]));
    const first: First[] = [];
    for (const entry of heads) {
      const facts = factsByRegistration.get(entry.registrationId);
      const remark = facts
        ? firstRefusal(() => candidateMayWaitFor(facts, venue, tx.now, entry.id))?.code
        : 'REGISTRATION_DELETED';
      if (facts && !remark) first.push({ entry, registration: facts.registration });
      else await this.holding.endEntry(tx, entry, 'FAILED', remark!, CAUSE);
    }
    await this.give(tx, venue as PricedVenue, sitting, first);
    return { allocated: first.length, failed: heads.length - first.length };
  }

  private async give(tx: Tx, venue: PricedVenue, sitting: Sitting, first: readonly First[]): Promise<void> {
    const payBy = payByOf(sitting, sitting.waitlistPayHours, tx.now);
    const enrolled = await this.holding.enrolFromQueue(
      tx,
      venue,
      first.map((one) => ({ ...one, payBy, enrolledBy: 'CANDIDATE', cause: CAUSE })),
    );
    if (!enrolled) throw new SeatsGone();
    await this.tell(
      tx,
      first.map(({ registration }) => registration.accountId),
      seatAllocatedMessage(venue.subjectCode, payBy),
    );
  }

  private async tell(tx: Tx, accountIds: readonly string[], body: string): Promise<void> {
    const accounts = await this.accounts.findAll(tx, accountIds);
    const messages = accountIds.flatMap((id) => {
      const recipient = accounts.get(id)?.phone;
      return recipient ? [{ channel: 'SMS' as const, recipient, template: 'waitlist.allocated', body }] : [];
    });
    await this.outbox.put(tx, ...messages);
  }
}

/** The capacity was lowered meanwhile: the transaction rolls back and the entries wait on. */
class SeatsGone extends Error {}
