import { Injectable, Logger } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EnrolmentRepository, WaitlistEntryRepository } from '../registration/index.js';
import { SeatLedger, VenueRepository } from '../sitting/index.js';
import { type SeatFault, SeatReplay } from './seat-replay.js';

/**
 * `cet verify seats`: replays the seat ledger and proves, venue by venue, that no count was ever above capacity, that
 * counts equal rows, that seats went to the first in line, and that whoever was passed over has a reason (R-JB-1).
 */
@Injectable()
export class VerifySeats {
  private readonly logger = new Logger(VerifySeats.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly venues: VenueRepository,
    private readonly ledger: SeatLedger,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
  ) {}

  /** One venue, or all of them. Each venue is held still while it is looked at, so the system may be running. */
  async execute({ venueId }: { venueId?: string } = {}): Promise<{ venues: number; faults: SeatFault[] }> {
    const ids = venueId ? [venueId] : await this.venues.allIds(this.unitOfWork.read());
    const faults: SeatFault[] = [];
    for (const id of ids) faults.push(...(await this.unitOfWork.run((tx) => this.verify(tx, id))));
    for (const { fault, sequence, venueId: id } of faults)
      this.logger.error(`Venue ${id}, line ${sequence ?? '-'}: ${fault}`);
    return { venues: ids.length, faults };
  }

  private async verify(tx: Tx, venueId: string): Promise<SeatFault[]> {
    const venue = await this.venues.lock(tx, venueId);
    const replay = new SeatReplay(venueId);
    for await (const line of this.ledger.of(tx, venueId)) replay.add(line);
    const holding = await this.enrolments.countHolding(tx, venueId);
    const waiting = await this.entries.waitingIn(tx, venueId);
    const without = await this.entries.endedWithoutRemark(tx, venueId);

    const faults = [...replay.faults];
    const check = (right: boolean, fault: string) => {
      if (!right) faults.push({ venueId, fault });
    };
    check(venue.taken === replay.taken, `taken is ${venue.taken}, the ledger says ${replay.taken}`);
    check(venue.waiting === replay.waiting, `waiting is ${venue.waiting}, the ledger says ${replay.waiting}`);
    check(venue.taken === holding, `taken is ${venue.taken}, ${holding} enrolments hold a seat`);
    check(
      waiting.join() === replay.stillWaiting.join(),
      'the entries that wait are not those of the ledger, in its order',
    );
    check(without.length === 0, `ended without a reason: ${without.join(', ')}`);
    return faults;
  }
}
