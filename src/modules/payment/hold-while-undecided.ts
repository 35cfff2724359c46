import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import {
  type Enrolment,
  EnrolmentRepository,
  payByWhileLocked,
  payByWhileUndecided,
} from '../registration/index.js';
import { SittingRepository, type Venue, VenueRepository } from '../sitting/index.js';
import type { PaymentBatch } from './payment-batch.entity.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';

/**
 * R-PA-7, R-PA-9: for what stands in a submitted batch money is on its way, so the end of the payment period does not
 * take its seat: it waits for the decision. A batch that comes to nothing gives it back to the school's own deadline.
 */
@Injectable()
export class HoldWhileUndecided {
  constructor(
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly batches: PaymentBatchRepository,
  ) {}

  async begin(tx: Tx, enrolments: readonly Enrolment[]): Promise<void> {
    await this.setDeadlines(tx, enrolments, payByWhileUndecided);
  }

  /** While the batch's lines still wait. */
  async end(tx: Tx, { id, sittingId }: PaymentBatch): Promise<void> {
    const sitting = await this.sittings.byId(tx, sittingId);
    const enrolments = await this.enrolments.byIds(tx, await this.batches.waitingIn(tx, id));
    await this.setDeadlines(tx, enrolments, (enrolment, venue) =>
      payByWhileLocked(enrolment, sitting, venue),
    );
  }

  private async setDeadlines(
    tx: Tx,
    enrolments: readonly Enrolment[],
    deadlineOf: (enrolment: Enrolment, venue: Venue) => Date,
  ): Promise<void> {
    const ids = [...new Set(enrolments.map(({ venueId }) => venueId))];
    const venues = new Map((await this.venues.byIds(tx, ids)).map((venue) => [venue.id, venue]));
    const byDeadline = groupedBy(enrolments, (enrolment) =>
      deadlineOf(enrolment, venues.get(enrolment.venueId)!).getTime(),
    );
    for (const [time, some] of byDeadline)
      await this.enrolments.setPayByOfLocked(
        tx,
        some.map(({ id }) => id),
        new Date(time),
      );
  }
}
