import { Injectable, Logger } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SittingRepository, VenueRepository } from '../sitting/index.js';
import { lapsesWhenPayByIsUntil, payByWhileLocked } from './deadlines.rules.js';
import type { Enrolment } from './enrolment.entity.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { SeatHolding } from './seat-holding.js';
import { WithOrdersClosed } from './with-orders-closed.js';

const BATCH = 200;
const CAUSE = actorLabel({ type: 'SYSTEM', cause: 'enrolment.lapse' });

/** R-WE-6: unpaid past its deadline, an enrolment lapses and its seat goes back. */
@Injectable()
export class LapseUnpaidEnrolments {
  private readonly logger = new Logger(LapseUnpaidEnrolments.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly holding: SeatHolding,
  ) {}

  /**
   * Each in a transaction of its own; safe to run twice and side by side. One whose order the platform cannot answer
   * for keeps its seat and is tried again on the next run.
   */
  async execute(): Promise<{ lapsed: number; postponed: number }> {
    let lapsed = 0;
    const postponed = new Set<string>();
    for (;;) {
      const due = await this.due(postponed.size);
      const fresh = due.filter(({ id }) => !postponed.has(id));
      for (const enrolment of fresh) {
        try {
          if (await this.lapse(enrolment)) lapsed++;
        } catch (error) {
          postponed.add(enrolment.id);
          this.logger.warn(`Enrolment ${enrolment.id} could not lapse yet: ${String(error)}`);
        }
      }
      if (fresh.length === 0 || due.length < BATCH) return { lapsed, postponed: postponed.size };
    }
  }

  private due(besides: number): Promise<Enrolment[]> {
    const reader = this.unitOfWork.read();
    return this.enrolments.unpaidSince(reader, lapsesWhenPayByIsUntil(reader.now), BATCH + besides);
  }

  private async lapse({ id, registrationId }: Enrolment): Promise<boolean> {
    return this.withOrdersClosed.run(registrationId, [id], async (tx) => {
      const enrolment = await this.enrolments.byId(tx, id);
      if (!enrolment || enrolment.payBy > lapsesWhenPayByIsUntil(tx.now)) return false;
      if (enrolment.lockedBySchool && (await this.schoolHasLonger(tx, enrolment))) return false;
      return this.holding.endEnrolment(tx, enrolment, 'LAPSED', CAUSE);
    });
  }

  /** R-PA-9: the payment period was extended since the school locked it; then the new end is its deadline. */
  private async schoolHasLonger(tx: Tx, enrolment: Enrolment): Promise<boolean> {
    const sitting = await this.sittings.byId(tx, enrolment.sittingId);
    const payBy = payByWhileLocked(enrolment, sitting, await this.venues.get(tx, enrolment.venueId));
    if (payBy <= lapsesWhenPayByIsUntil(tx.now)) return false;
    return this.enrolments.changeUnpaid(tx, enrolment.id, { payBy });
  }
}
