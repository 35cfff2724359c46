import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { SeatLedgerLine } from './seat-ledger.entity.js';

const PAGE = 5_000;

/** Reads the seat ledger; `VenueSeats` alone writes it. */
@Injectable()
export class SeatLedger {
  /** A venue's lines, oldest first, a page at a time. */
  async *of(reader: Reader, venueId: string): AsyncGenerator<SeatLedgerLine> {
    let last = 0;
    for (;;) {
      const lines = await reader.manager.find(SeatLedgerLine, {
        where: { venueId, sequence: MoreThan(last) },
        order: { sequence: 'ASC' },
        take: PAGE,
      });
      yield* lines;
      if (lines.length < PAGE) return;
      last = lines.at(-1)!.sequence;
    }
  }
}
