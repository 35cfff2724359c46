/**
 * What the server itself can do: the seat with the same guarantees by mysql2 and nothing else, in one transaction: the
 * row of the enrolment, the conditional update of the venue, the line of the ledger. Same tables, same isolation, as
 * many clients, and as many connections as the application has.
 */
import { v7 } from 'uuid';
import { measure } from './figures.mjs';
import { LONGEST_ROUND_MS } from './options.mjs';
import { SITTING_ID } from './people.mjs';

const INSERT = `INSERT INTO enrolment (id, registration_id, sitting_id, venue_id, province_code, school_code, campus_code,
  subject_code, kind, level, candidate_province_code, candidate_school_code, fee_fen, state, pay_by, enrolled_by,
  locked_by_school, created_at)
  VALUES (?, ?, ?, ?, '10', '10000', '100001', '1', 'WRITTEN', 4, '10', '10000', 3000, 'UNPAID', ?, 'CANDIDATE', 0, ?)`;
const CLAIM = `UPDATE venue SET taken = taken + 1, sequence = LAST_INSERT_ID(sequence + 1)
  WHERE id = ? AND waiting = 0 AND taken < capacity`;
const RECORD = `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
  SELECT id, sequence, 'CLAIM', ?, capacity, taken, waiting, ?, 'bare SQL' FROM venue WHERE id = ?`;

/**
 * So many clients take a seat each time, venue by venue in turn.
 * @param {import('mysql2/promise').Pool} pool @param {number} clients @param {readonly string[]} venueIds
 */
export function takeSeats(pool, clients, venueIds, count) {
  const tasks = Array.from({ length: count }, (_, i) => venueIds[i % venueIds.length]);
  return measure({ clients, tasks, longestMs: LONGEST_ROUND_MS, work: (venueId) => takeSeat(pool, venueId) });
}

async function takeSeat(pool, venueId) {
  const connection = await pool.getConnection();
  try {
    const [id, now] = [v7(), new Date()];
    await connection.query('START TRANSACTION');
    await connection.execute(INSERT, [
      id,
      v7(),
      SITTING_ID,
      venueId,
      new Date(now.getTime() + 86_400_000),
      now,
    ]);
    const [{ affectedRows }] = await connection.execute(CLAIM, [venueId]);
    if (affectedRows === 0) {
      await connection.query('ROLLBACK');
      return 'FULL';
    }
    await connection.execute(RECORD, [id, now, venueId]);
    await connection.query('COMMIT');
    return 'TAKEN';
  } catch (error) {
    await connection.query('ROLLBACK');
    return error.code;
  } finally {
    connection.release();
  }
}
