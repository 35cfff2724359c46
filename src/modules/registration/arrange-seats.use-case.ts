import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { shuffled } from '../../kernel/shuffled.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SittingRepository, type Venue, VenueRepository } from '../sitting/index.js';
import {
  everySeatIsPaid,
  registrationIsOver,
  somebodyIsToBeArranged,
  ticketNumbers,
} from './arrangement.rules.js';
import { EnrolmentRepository } from './enrolment.repository.js';

/** How many candidates have got a room and a seat, and in how many rooms. */
export interface Arranged {
  candidates: number;
  rooms: number;
}

/**
 * 编排 (R-RG-4): when registration is over and every seat is paid, the school gives the candidates of its venues rooms
 * and seats, in an order of chance, and with them their ticket numbers. Who has one keeps it.
 */
@Injectable()
export class ArrangeSeats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * All of these venues or none.
   * @throws NOT_YOUR_ROLE, NOT_FOUND, REGISTRATION_STILL_OPEN, SEATS_STILL_UNPAID, NOBODY_TO_ARRANGE, TOO_MANY_ROOMS
   */
  async execute(
    { venueIds, seatsPerRoom, asShown }: { venueIds: readonly string[]; seatsPerRoom: number } & Shown,
    actor: StaffActor,
  ): Promise<Arranged> {
    onlyStaffOf(actor, 'SCHOOL');
    return this.unitOfWork.run(async (tx) => {
      // locked: two who arrange one venue do so one after the other
      const venues = await this.venues.lockAll(tx, venueIds);
      const own = venues.filter((venue) => covers(scopeOf(actor), venue));
      if (own.length === 0 || own.length < venueIds.length) throw NOT_FOUND();
      await asShown?.(tx);
      const total: Arranged = { candidates: 0, rooms: 0 };
      for (const venue of own) {
        const { candidates, rooms } = await this.arrange(tx, venue, seatsPerRoom);
        total.candidates += candidates;
        total.rooms += rooms;
        await this.auditTrail.record(tx, actor, {
          action: 'venue.arrange',
          rowId: venue.id,
          provinceCode: venue.provinceCode,
          schoolCode: venue.schoolCode,
          after: { candidates, rooms, seatsPerRoom },
        });
      }
      return total;
    });
  }

  private async arrange(tx: Tx, venue: Venue, seatsPerRoom: number): Promise<Arranged> {
    registrationIsOver(venue, tx.now);
    const enrolments = await this.enrolments.toArrange(tx, venue.id);
    everySeatIsPaid(enrolments.filter(({ state }) => state === 'UNPAID').length);
    const without = shuffled(enrolments.filter(({ ticketNumber }) => ticketNumber === null));
    somebodyIsToBeArranged(without.length);
    const { number: sittingNumber } = await this.sittings.byId(tx, venue.sittingId);
    const taken = enrolments.flatMap(({ ticketNumber }) => ticketNumber ?? []);
    const numbers = ticketNumbers({ ...venue, sittingNumber }, without.length, { seatsPerRoom, taken });
    await this.enrolments.giveTicketNumbers(tx, new Map(without.map(({ id }, i) => [id, numbers[i]!])));
    return { candidates: without.length, rooms: Math.ceil(without.length / seatsPerRoom) };
  }
}
