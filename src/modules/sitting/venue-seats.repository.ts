import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import { inPieces } from '../../kernel/in-pieces.js';
import { updateCounting, updateReturningSequence } from '../../platform/database/dialect.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { SeatMove } from './seat-ledger.entity.js';

const LONGEST_CAUSE = 100;
/** Venues in one statement: far from what either engine takes. */
const AT_ONCE = 1000;

/** Who moves a seat, and why: goes into the ledger. */
export interface SeatCause {
  venueId: string;
  /** The enrolment that takes or gives back the seat, or the waitlist entry that joins or leaves. */
  holderId: string;
  /** Who or what caused it (`actorLabel`). */
  cause: string;
}

const MOVES: Readonly<Record<Exclude<SeatMove, 'RESIZE' | 'ALLOCATE'>, { set: string; where: string }>> = {
  /** Direct enrolment; nobody passes the queue (R-WL-4). */
  CLAIM: { set: 'taken = taken + 1', where: 'waiting = 0 AND taken < capacity' },
  /** Gives the entry its place. */
  JOIN: { set: 'waiting = waiting + 1', where: '(taken >= capacity OR waiting > 0)' },
  LEAVE: { set: 'waiting = waiting - 1', where: 'waiting > 0' },
  RELEASE: { set: 'taken = taken - 1', where: 'taken > 0' },
};

/**
 * The only writer of a venue's seats. Each move is one conditional UPDATE and one ledger line; no row changed means
 * "no". Nothing reads a count and writes it back.
 */
@Injectable()
export class VenueSeats {
  /** Takes a free seat that nobody waits for. False: there is none. */
  async claim(tx: Tx, cause: SeatCause): Promise<boolean> {
    return (await this.move(tx, 'CLAIM', cause)) !== undefined;
  }

  /**
   * Takes a seat for each of these, at any number of venues, in two statements. False: one venue has not seats enough
   * that nobody waits for; the others have been moved then, so the transaction must not be committed.
   */
  async claimAll(tx: Tx, causes: readonly SeatCause[]): Promise<boolean> {
    const byVenue = groupedBy(causes, ({ venueId }) => venueId);
    if (byVenue.size === 0) return true;
    const wanted = `CASE id ${'WHEN ? THEN ? '.repeat(byVenue.size)}END`;
    const counts = [...byVenue].flatMap(([venueId, those]) => [venueId, those.length]);
    const moved = await updateCounting(
      tx.manager,
      `UPDATE venue SET taken = taken + ${wanted}, sequence = sequence + ${wanted}
       WHERE id IN (${placeholders([...byVenue])}) AND waiting = 0 AND capacity - taken >= ${wanted}`,
      [...counts, ...counts, ...byVenue.keys(), ...counts],
    );
    if (moved !== byVenue.size) return false;
    await this.recordAll(tx, 'CLAIM', [...byVenue.values()]);
    return true;
  }

  /** Joins the queue; gives the place in it, or undefined when a seat is free and nobody waits. */
  join(tx: Tx, cause: SeatCause): Promise<number | undefined> {
    return this.move(tx, 'JOIN', cause);
  }

  /** Hands free seats of one venue to these of its queue, in their order. False: not so many seats, or waiting. */
  async allocateAll(tx: Tx, venueId: string, causes: readonly SeatCause[]): Promise<boolean> {
    const count = causes.length;
    if (count === 0) return true;
    const moved = await updateCounting(
      tx.manager,
      `UPDATE venue SET taken = taken + ?, waiting = waiting - ?, sequence = sequence + ?
       WHERE id = ? AND waiting >= ? AND capacity - taken >= ?`,
      [count, count, count, venueId, count, count],
    );
    if (moved === 0) return false;
    await this.recordAll(tx, 'ALLOCATE', [causes]);
    return true;
  }

  /** A waiting entry ends. That makes no seat free, so nobody is woken: a queue that closes has thousands of these. */
  leave(tx: Tx, cause: SeatCause): Promise<void> {
    return this.must(tx, 'LEAVE', cause);
  }

  /** A seat goes back, and the allocator is woken after the commit. */
  async release(tx: Tx, cause: SeatCause): Promise<void> {
    await this.must(tx, 'RELEASE', cause);
    tx.wake('waitlist.allocate', { venueId: cause.venueId });
  }

  /** Sets the capacity. False: more seats are taken than that. */
  async resize(tx: Tx, change: { venueId: string; capacity: number; cause: string }): Promise<boolean> {
    if (!(await this.resizeAll(tx, [change], change.cause))) return false;
    tx.wake('waitlist.allocate', { venueId: change.venueId });
    return true;
  }

  /**
   * Sets capacities of a thousand venues in two statements, and wakes nobody. False: at one of them more seats are
   * taken than that; others have been changed then, so the transaction must not be committed.
   */
  async resizeAll(
    tx: Tx,
    changes: readonly { venueId: string; capacity: number }[],
    cause: string,
  ): Promise<boolean> {
    for (const some of inPieces(changes, AT_ONCE)) {
      const wanted = `CASE id ${'WHEN ? THEN ? '.repeat(some.length)}END`;
      const capacities = some.flatMap(({ venueId, capacity }) => [venueId, capacity]);
      const ids = some.map(({ venueId }) => venueId);
      const among = `id IN (${placeholders(ids)})`;
      const resized = await updateCounting(
        tx.manager,
        `UPDATE venue SET capacity = ${wanted}, sequence = sequence + 1 WHERE ${among} AND taken <= ${wanted}`,
        [...capacities, ...ids, ...capacities],
      );
      if (resized !== some.length) return false;
      await tx.manager.query(
        `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
         SELECT id, sequence, 'RESIZE', NULL, capacity, taken, waiting, ?, ? FROM venue WHERE ${among}`,
        [tx.now, cause.slice(0, LONGEST_CAUSE), ...ids],
      );
    }
    return true;
  }

  private async must(tx: Tx, move: 'LEAVE' | 'RELEASE', cause: SeatCause): Promise<void> {
    if ((await this.move(tx, move, cause)) !== undefined) return;
    throw new Error(`${move} on venue ${cause.venueId}: its counts do not equal its rows.`);
  }

  private async move(tx: Tx, move: keyof typeof MOVES, cause: SeatCause): Promise<number | undefined> {
    const { set, where } = MOVES[move];
    const sequence = await updateReturningSequence(tx.manager, {
      table: 'venue',
      set,
      where: `id = ? AND ${where}`,
      parameters: [cause.venueId],
    });
    if (sequence === undefined) return undefined;
    await this.record(tx, move, cause);
    return sequence;
  }

  /** Writes a line for each, as if the venue's seats had moved one after the other. */
  private async recordAll(
    tx: Tx,
    move: 'CLAIM' | 'ALLOCATE',
    byVenue: readonly (readonly SeatCause[])[],
  ): Promise<void> {
    const lines = byVenue.flatMap((those) =>
      those.map(({ venueId, holderId, cause }, i) => [
        venueId,
        those.length - 1 - i,
        holderId,
        cause.slice(0, LONGEST_CAUSE),
      ]),
    );
    await tx.manager.query(
      `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
       WITH line (venue_id, later, holder_id, cause) AS (${lines.map(() => 'SELECT ?, ?, ?, ?').join(' UNION ALL ')})
       SELECT venue.id, venue.sequence - line.later, ?, line.holder_id, venue.capacity, venue.taken - line.later,
         ${move === 'ALLOCATE' ? 'venue.waiting + line.later' : 'venue.waiting'}, ?, line.cause
       FROM line JOIN venue ON venue.id = line.venue_id`,
      [...lines.flat(), move, tx.now],
    );
  }

  /**
   * Writes the ledger line from the row itself, which this transaction has just locked by changing it; in one
   * statement, because everybody else who wants a seat here waits meanwhile.
   */
  private async record(tx: Tx, move: SeatMove, { venueId, holderId, cause }: SeatCause): Promise<void> {
    await tx.manager.query(
      `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
       SELECT id, sequence, ?, ?, capacity, taken, waiting, ?, ? FROM venue WHERE id = ?`,
      [move, holderId, tx.now, cause.slice(0, LONGEST_CAUSE), venueId],
    );
  }
}
