/**
 * Did every seat go to one candidate, and to the right one? Asked of the rows in SQL of our own; the application is
 * asked as well (`seats.verify`, which replays the ledgers), and must say the same.
 */
import { cet } from './database.mjs';

/** More seats handed out than there are: at any line of a ledger, or among the rows. */
const OVERSELL = `
  SELECT (SELECT COUNT(*) FROM seat_ledger WHERE taken > capacity)
    + (SELECT COUNT(*) FROM venue WHERE capacity <
        (SELECT COUNT(*) FROM enrolment WHERE venue_id = venue.id AND state IN ('UNPAID', 'PAID'))) AS count`;

/** Counts that are not those of the rows, or not those of the ledger's last line. */
const MISCOUNTS = `
  SELECT COUNT(*) AS count FROM venue
  WHERE taken <> (SELECT COUNT(*) FROM enrolment WHERE venue_id = venue.id AND state IN ('UNPAID', 'PAID'))
    OR waiting <> (SELECT COUNT(*) FROM waitlist_entry WHERE venue_id = venue.id AND state = 'WAITING')
    OR sequence <> (SELECT COUNT(*) FROM seat_ledger WHERE venue_id = venue.id)
    OR (sequence > 0 AND (taken, waiting, capacity) <> (SELECT taken, waiting, capacity FROM seat_ledger line
        WHERE line.venue_id = venue.id AND line.sequence = venue.sequence))`;

/** Who joined a queue and who left it, in the order it happened. */
const COMINGS_AND_GOINGS = `
  SELECT venue_id AS venueId, move, holder_id AS holderId FROM seat_ledger
  WHERE move IN ('JOIN', 'ALLOCATE', 'LEAVE') ORDER BY venue_id, sequence`;

/** Somebody enrolled directly while somebody waited. */
const PASSED_THE_QUEUE = `SELECT COUNT(*) AS count FROM seat_ledger WHERE move = 'CLAIM' AND waiting > 0`;

/**
 * @param {import('./database.mjs').Database} database
 * @param {readonly string[]} bareVenueIds
 * @returns {Promise<{ oversell: number, inversions: number, miscounts: number, application: string,
 *   seconds: number }>} `application`: what `seats.verify` says, 'clean' when nothing is wrong, and how long it took
 */
export async function checkSeats(app, database, bareVenueIds) {
  const pool = database.pool(1);
  const count = async (statement) => Number((await pool.query(statement))[0][0].count);
  const rows = {
    oversell: await count(OVERSELL),
    inversions: overtaken((await pool.query(COMINGS_AND_GOINGS))[0]) + (await count(PASSED_THE_QUEUE)),
    miscounts: await count(MISCOUNTS),
  };
  const begun = performance.now();
  const application = await whatTheApplicationSays(app, database, bareVenueIds);
  return { ...rows, application, seconds: (performance.now() - begun) / 1000 };
}

/** How often somebody was handed a seat while somebody who had joined before was waiting still. */
function overtaken(moves) {
  let count = 0;
  const queues = new Map();
  for (const { venueId, move, holderId } of moves) {
    const queue = queues.get(venueId) ?? new Set();
    queues.set(venueId, queue);
    const [first] = queue;
    if (move === 'JOIN') queue.add(holderId);
    else queue.delete(holderId);
    if (move === 'ALLOCATE' && holderId !== first) count++;
  }
  return count;
}

/** The venues of bare SQL are not asked about: it claims no levels, and the application misses those. */
async function whatTheApplicationSays(app, database, bareVenueIds) {
  const { code, out, err } = await cet(app, database, {}, ['run-job', 'seats.verify']);
  if (code !== 0) return err.trim();
  const faults = JSON.parse(out).faults.filter(({ venueId }) => !bareVenueIds.includes(venueId));
  if (faults.length === 0) return 'clean';
  const some = faults.slice(0, 3).map(({ venueId, fault }) => `${venueId}: ${fault.slice(0, 150)}`);
  return `${faults.length} faults: ${some.join('; ')}`;
}

/** Rows of enrolments the candidates made themselves in these venues, whatever became of them. */
export async function enrolmentsIn(pool, venueIds) {
  const [[{ count }]] = await pool.query('SELECT COUNT(*) AS count FROM enrolment WHERE venue_id IN (?)', [
    venueIds,
  ]);
  return Number(count);
}
