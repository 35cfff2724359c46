import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Figure, Metrics } from '../../platform/http/metrics.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { EnrolmentRepository, WaitlistEntryRepository } from '../registration/index.js';
import { SeatLedger, VenueRepository } from '../sitting/index.js';
import { proveSeats } from './seat-proof.js';
import type { SeatFault } from './seat-replay.js';

const FAULTS: Figure = { name: 'cet_seat_faults', help: 'Faults that the last proof of all seats found' };
const VERIFIED_AT: Figure = {
  name: 'cet_seats_verified_at_seconds',
  help: 'When all seats were last proved, in Unix time',
};

/** `cet verify seats`, and each night: replays the seat ledger of every venue and compares it with the rows (R-JB-1). */
@Injectable()
export class VerifySeats {
  private readonly logger = new Logger(VerifySeats.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly venues: VenueRepository,
    private readonly ledger: SeatLedger,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly metrics: Metrics,
  ) {}

  /**
   * One venue, or all of them; what all of them show goes to `/metrics`. Each venue is looked at as it is at one moment,
   * so the system may be running, and nobody waits for this. @throws NOT_FOUND
   */
  async execute({ venueId }: { venueId?: string } = {}): Promise<{ venues: number; faults: SeatFault[] }> {
    const ids = venueId ? [venueId] : await this.venues.allIds(this.unitOfWork.read());
    const faults: SeatFault[] = [];
    for (const id of ids) faults.push(...(await this.verify(id)));
    for (const { fault, sequence, venueId: id } of faults)
      this.logger.error(`Venue ${id}, line ${sequence ?? '-'}: ${fault}`);
    if (!venueId) this.showFigures(faults.length);
    return { venues: ids.length, faults };
  }

  private showFigures(faults: number): void {
    this.metrics.set(FAULTS, faults);
    this.metrics.set(VERIFIED_AT, this.unitOfWork.read().now.getTime() / 1000);
  }

  private async verify(venueId: string): Promise<SeatFault[]> {
    return this.unitOfWork.readOneMoment(async (reader) => {
      const venue = await this.venues.byId(reader, venueId);
      if (!venue) throw NOT_FOUND();
      const holders = await this.enrolments.holdersIn(reader, venueId);
      const entries = await this.entries.ofVenue(reader, venueId);
      return proveSeats({ venue, holders, entries }, this.ledger.of(reader, venueId));
    });
  }
}
