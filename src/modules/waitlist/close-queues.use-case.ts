import { Injectable, Logger } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RegistrationRepository, SeatHolding, WaitlistEntryRepository } from '../registration/index.js';
import { VenueRepository } from '../sitting/index.js';

const CAUSE = actorLabel({ type: 'SYSTEM', cause: 'waitlist.close' });

/** R-WL-8: at the end of the window the remaining entries end. */
@Injectable()
export class CloseQueues {
  private readonly logger = new Logger(CloseQueues.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly venues: VenueRepository,
    private readonly registrations: RegistrationRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly holding: SeatHolding,
  ) {}

  /**
   * One entry, one transaction; a venue in trouble does not keep the others open. Safe to run twice, side by side, and
   * after a kill.
   */
  async execute(): Promise<{ closed: number; postponed: number }> {
    const total = { closed: 0, postponed: 0 };
    for (const venueId of await this.venues.idsToCloseQueueOf(this.unitOfWork.read())) {
      try {
        total.closed += await this.close(venueId);
      } catch (error) {
        total.postponed++;
        this.logger.warn(`The queue of venue ${venueId} could not be closed: ${String(error)}`);
      }
    }
    return total;
  }

  private async close(venueId: string): Promise<number> {
    for (let closed = 0; ; ) {
      const outcome = await this.closeHead(venueId);
      if (outcome === 'CLOSED') closed++;
      if (outcome === 'QUEUE_DONE') return closed;
    }
  }

  private closeHead(venueId: string): Promise<'CLOSED' | 'CHANGED_MEANWHILE' | 'QUEUE_DONE'> {
    return this.unitOfWork.run(async (tx) => {
      const [head] = await this.entries.heads(tx, venueId, 1);
      if (!head) return 'QUEUE_DONE';
      const venue = await this.venues.get(tx, venueId);
      if (!venue.closesAt || venue.closesAt > tx.now) return 'QUEUE_DONE';
      await this.registrations.lockIfActive(tx, head.registrationId);
      const ended = await this.holding.endEntry(tx, head, 'CLOSED', 'WINDOW_CLOSED', CAUSE);
      return ended ? 'CLOSED' : 'CHANGED_MEANWHILE';
    });
  }
}
