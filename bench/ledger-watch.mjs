/** Looks at seats from outside: what a connection of its own sees committed, and when. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How often it looks, and so how exact its moments are. */
export const LOOK_EVERY_MS = 10;

/**
 * Follows the ledgers of venues: when each seat was seen free, and when each was seen handed to somebody who waited. A
 * freed seat is taken to be the one the next allocation of its venue hands out.
 */
export class LedgerWatch {
  /** @type {number[]} ms from a freed seat to its allocation */
  delays = [];
  /** @type {number[]} moments at which seats were seen allocated, ascending */
  allocations = [];
  /** @type {number[]} */
  releases = [];

  /** From the ledgers' present ends on. */
  static async of(pool, venueIds) {
    const watch = new LedgerWatch(pool, venueIds);
    for (const { id, sequence } of await watch.venues()) watch.seen.set(id, { sequence, free: [] });
    return watch;
  }

  constructor(pool, venueIds) {
    this.pool = pool;
    this.venueIds = venueIds;
    /** @type {Map<string, { sequence: number, free: number[] }>} */
    this.seen = new Map();
  }

  async venues() {
    const [rows] = await this.pool.query('SELECT id, sequence FROM venue WHERE id IN (?)', [this.venueIds]);
    return rows;
  }

  /** Looks until `enough` says so. @throws when nothing moved for a minute and a half: longer than a sweep takes */
  async until(enough) {
    let moved = performance.now();
    while (!enough(this)) {
      if (await this.look()) moved = performance.now();
      if (performance.now() - moved > 90_000)
        throw new Error('No seat moved for 90 s; the worker may be dead.');
      await sleep(LOOK_EVERY_MS);
    }
  }

  async look() {
    const changed = (await this.venues()).filter(({ id, sequence }) => sequence > this.seen.get(id).sequence);
    if (changed.length === 0) return false;
    const news = changed.map(() => '(venue_id = ? AND sequence > ?)').join(' OR ');
    const [lines] = await this.pool.query(
      `SELECT venue_id AS venueId, sequence, move FROM seat_ledger WHERE ${news} ORDER BY venue_id, sequence`,
      changed.flatMap(({ id }) => [id, this.seen.get(id).sequence]),
    );
    const now = performance.now();
    for (const line of lines) this.add(line, now);
    return true;
  }

  add({ venueId, sequence, move }, now) {
    const venue = this.seen.get(venueId);
    venue.sequence = sequence;
    if (move === 'RELEASE') {
      this.releases.push(now);
      venue.free.push(now);
    }
    if (move === 'ALLOCATE') {
      this.allocations.push(now);
      const freed = venue.free.shift();
      if (freed !== undefined) this.delays.push(now - freed);
    }
  }
}
