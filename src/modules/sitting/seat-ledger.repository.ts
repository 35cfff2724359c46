import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { SeatLedgerLine, type SeatMove } from './seat-ledger.entity.js';

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

  /** Has anybody ever held or awaited a seat of the venue? Its capacity alone may have been changed. */
  hasSeenPeople(reader: Reader, venueId: string): Promise<boolean> {
    return reader.manager.existsBy(SeatLedgerLine, { venueId, move: Not<SeatMove>('RESIZE') });
  }
}
