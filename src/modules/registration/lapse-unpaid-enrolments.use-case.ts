import { Injectable, Logger } from '@nestjs/common';
import { actorLabel } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import { shuffled } from '../../kernel/shuffled.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SittingRepository, VenueRepository } from '../sitting/index.js';
import { lapsesWhenPayByIsUntil, payByWhileLocked, payByWhileUndecided } from './deadlines.rules.js';
import type { Enrolment } from './enrolment.entity.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { GATEWAY_UNAVAILABLE, OpenOrders } from './open-orders.js';
import { SeatHolding } from './seat-holding.js';
import { WithOrdersClosed } from './with-orders-closed.js';

const BATCH = 200;
/** After so many without an answer the platform is down, and whoever needs its word is left to the next run. */
const ENOUGH_SILENCE = 3;
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
    private readonly orders: OpenOrders,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly holding: SeatHolding,
  ) {}

  /**
   * Each in a transaction of its own; safe to run twice and side by side. One whose order the platform cannot answer
   * for keeps its seat and is tried again on the next run; however many these are, nobody else waits for them. In an
   * order of chance, so that a few it never answers for do not stand in front of the others for ever.
   */
  async execute(): Promise<{ lapsed: number; postponed: number }> {
    let lapsed = 0;
    let silence = 0;
    const postponed = new Set<string>();
    for (;;) {
      const due = await this.due(postponed.size);
      const fresh = shuffled(due.filter(({ id }) => !postponed.has(id)));
      for (const enrolment of fresh) {
        if (silence >= ENOUGH_SILENCE && (await this.needsThePlatform(enrolment))) {
          postponed.add(enrolment.id);
          continue;
        }
        try {
          if (await this.lapse(enrolment)) lapsed++;
        } catch (error) {
          if (isSilence(error)) silence++;
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

  private needsThePlatform({ id }: Enrolment): Promise<boolean> {
    return this.orders.anyHolds(this.unitOfWork.read(), [id]);
  }

  private async lapse({ id, registrationId }: Enrolment): Promise<boolean> {
    return this.withOrdersClosed.run({ id: registrationId }, [id], async (tx) => {
      const enrolment = await this.enrolments.byId(tx, id);
      if (!enrolment || enrolment.payBy > lapsesWhenPayByIsUntil(tx.now)) return false;
      if (enrolment.lockedBySchool && (await this.schoolHasLonger(tx, enrolment))) return false;
      return this.holding.endEnrolment(tx, enrolment, 'LAPSED', CAUSE);
    });
  }

  /** R-PA-9: payment period or exam were put off since the school locked or paid it; then the new end is its deadline. */
  private async schoolHasLonger(tx: Tx, enrolment: Enrolment): Promise<boolean> {
    const sitting = await this.sittings.byId(tx, enrolment.sittingId);
    const venue = await this.venues.get(tx, enrolment.venueId);
    const locked = payByWhileLocked(enrolment, sitting, venue);
    const undecided = await this.orders.awaitsDecision(tx, enrolment.id);
    const payBy = undecided ? payByWhileUndecided({ payBy: locked }, venue) : locked;
    if (payBy <= lapsesWhenPayByIsUntil(tx.now)) return false;
    return this.enrolments.changeUnpaid(tx, enrolment.id, { payBy });
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof DomainError && error.code === GATEWAY_UNAVAILABLE.definition.code;
}
