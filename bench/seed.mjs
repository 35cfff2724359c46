/** Fills a database by bulk statements, to the state the application would have brought it to. */
import { idSql, SITTING_ID, SUBJECTS, schoolSql, tokenSql, venueSql } from './people.mjs';

/** Rows made by one statement: enough to be fast, few enough that undoing one would not take minutes. */
const CHUNK = 100_000;

const KIND_AND_LEVEL = {
  1: ['WRITTEN', 4],
  2: ['WRITTEN', 6],
  3: ['WRITTEN', 4],
  F: ['ORAL', 4],
  S: ['ORAL', 6],
};

/** An open sitting; its policies are the defaults. */
export async function seedSitting(pool) {
  await pool.query(
    `INSERT INTO sitting (id, number, name, current, pay_hours, empty_registration_hours, waitlist_pay_hours,
       oral_needs_written, created_at) VALUES (?, 262, 'Bench', 1, 24, 24, 24, 'PAID', UTC_TIMESTAMP(3))`,
    [SITTING_ID],
  );
  await pool.query("INSERT INTO province SELECT seq, CONCAT('Province ', seq) FROM seq_10_to_19");
  await pool.query(
    `INSERT INTO notice (id, sitting_id, issuer, province_code, kind, title, body_html, body_text, published_at)
     SELECT ${idSql('rule', 'seq + 1000000')}, ?, 'PROVINCE', seq, 'WRITTEN', 'Notice', REPEAT('Bring your ticket. ', 20),
       REPEAT('Bring your ticket. ', 20),
       UTC_TIMESTAMP(3) FROM seq_10_to_19`,
    [SITTING_ID],
  );
}

/** Campuses, each a school of its own, offering English 4 and 6, their orals, and every tenth Japanese 4 to everybody. */
export async function seedCampuses(pool, { campus, campuses }, capacity) {
  const from = `FROM seq_${campus}_to_${campus + campuses - 1}`;
  const school = schoolSql('seq');
  await pool.query(
    `INSERT INTO school (code, province_code, name) SELECT ${school}, LEFT(${school}, 2), CONCAT('School ', seq) ${from}`,
  );
  await pool.query(
    `INSERT INTO campus (code, school_code, province_code, name, oral_elsewhere_allowed)
     SELECT CONCAT(${school}, '1'), ${school}, LEFT(${school}, 2), 'Main', 1 ${from}`,
  );
  await pool.query(
    `INSERT INTO subject_rule (id, sitting_id, province_code, school_code, subject_code, entry_years)
     SELECT ${idSql('rule', 'seq')}, ?, LEFT(${school}, 2), ${school}, '1', '[2023,2024,2025]' ${from}`,
    [SITTING_ID],
  );
  for (const [i, subject] of SUBJECTS.entries()) {
    const [kind, level] = KIND_AND_LEVEL[subject];
    const everybody = subject === '3';
    await pool.query(
      `INSERT INTO venue (id, sitting_id, province_code, school_code, campus_code, subject_code, kind, level, fee_fen,
         capacity, taken, waiting, sequence, exam_starts_at, exam_ends_at, opens_at, closes_at, admits, ticket_printing)
       SELECT ${idSql('venue', `seq * ${SUBJECTS.length} + ${i}`)}, ?, LEFT(${school}, 2), ${school},
         CONCAT(${school}, '1'), ?, ?, ?, 3000, ?, 0, 0, 0, UTC_TIMESTAMP() + INTERVAL 30 DAY,
         UTC_TIMESTAMP() + INTERVAL 31 DAY, UTC_TIMESTAMP() - INTERVAL 1 DAY, UTC_TIMESTAMP() + INTERVAL 10 DAY, ?, 'SELF'
       ${from} ${everybody ? 'WHERE seq % 10 = 0' : ''}`,
      [SITTING_ID, subject, kind, level, capacity, everybody ? 'ALL_SCHOOLS' : 'OWN_SCHOOL'],
    );
  }
}

/** Numbers of a group's candidates in SQL, piece by piece: `number`, `campus` and `place` (in the venue, from 1). */
function* pieces({ first, step, count, campus, campuses }) {
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(count, from + CHUNK) - 1;
    yield `(SELECT ${first} + ${step} * seq AS number, ${campus} + seq % ${campuses} AS campus,
      seq DIV ${campuses} + 1 AS place FROM seq_${from}_to_${to}) AS candidate`;
  }
}

/** One statement a piece of the group. */
async function each(pool, group, statement, values = []) {
  for (const piece of pieces(group)) await pool.query(statement(piece), values);
}

const SCHOOL = schoolSql('campus');
const DETAILS =
  'province_code, school_code, campus_code, document_type, document_number, name, gender, education_level, entry_year, grade, student_number';
const DETAILS_SQL = `LEFT(${SCHOOL}, 2), ${SCHOOL}, CONCAT(${SCHOOL}, '1'), 'RESIDENT_ID',
  CONCAT('110101', LPAD(number, 12, '0')), CONCAT('Candidate ', number), 'FEMALE', 'UNDERGRADUATE', 2024, '2024',
  CONCAT('S', number)`;

/** `levels_held`: a written subject of level 4. */
const WRITTEN_4 = 1;

/** Candidates on the roster, with accounts that have accepted the agreement and confirmed registrations. */
export async function seedCandidates(pool, group, { holdingNothing }) {
  const run = (statement, values) => each(pool, group, statement, values);
  const account = idSql('account', 'number');
  await Promise.all([
    run(
      (piece) => `INSERT INTO account (id, phone, password_hash, password_must_change, created_at)
        SELECT ${account}, CONCAT('1', LPAD(number, 10, '0')), '-', 0, UTC_TIMESTAMP(3) FROM ${piece}`,
    ),
    run(
      (piece) => `INSERT INTO agreement_acceptance (account_id, version, accepted_at)
        SELECT ${account}, 1, UTC_TIMESTAMP(3) FROM ${piece}`,
    ),
    run(
      (piece) => `INSERT INTO student_record (id, sitting_id, ${DETAILS})
        SELECT ${idSql('record', 'number')}, ?, ${DETAILS_SQL} FROM ${piece}`,
      [SITTING_ID],
    ),
    run(
      (
        piece,
      ) => `INSERT INTO registration (id, sitting_id, account_id, record_id, state, ${DETAILS}, levels_held,
          levels_held_since, created_at)
        SELECT ${idSql('registration', 'number')}, ?, ${account}, ${idSql('record', 'number')}, 'ACTIVE', ${DETAILS_SQL},
          ${holdingNothing ? 0 : WRITTEN_4}, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM ${piece}`,
      [SITTING_ID],
    ),
  ]);
}

/** Students on the roster who have no account yet: passport `E00000001`, `Candidate 1`, and so on. */
export function seedRoster(pool, group) {
  return each(
    pool,
    group,
    (piece) => `INSERT INTO student_record (id, sitting_id, ${DETAILS})
      SELECT ${idSql('record', 'number')}, ?, LEFT(${SCHOOL}, 2), ${SCHOOL}, CONCAT(${SCHOOL}, '1'), 'PASSPORT',
        CONCAT('E', LPAD(number, 8, '0')), CONCAT('Candidate ', number), 'FEMALE', 'UNDERGRADUATE', 2024, '2024',
        CONCAT('S', number) FROM ${piece}`,
    [SITTING_ID],
  );
}

/** Signs a group in: its tokens (`tokenOf`) are good for a day. */
export function seedSessions(pool, group) {
  return each(
    pool,
    group,
    (piece) => `INSERT INTO session (id, account_id, token_hash, created_at, expires_at)
      SELECT ${idSql('session', 'number')}, ${idSql('account', 'number')}, SHA2(${tokenSql('number')}, 256),
        UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 DAY FROM ${piece}`,
  );
}

/**
 * The group's candidates hold a seat each of English 4 at their campus; these are the venue's first moves.
 * @param {{ dueInHours: number }} options  when they must have paid; below 0 they lapse
 */
export async function seedEnrolments(pool, group, { dueInHours }) {
  const enrolment = idSql('enrolment', 'number');
  const registration = idSql('registration', 'number');
  const venue = venueSql('campus');
  const run = (statement, values) => each(pool, group, statement, values);
  await Promise.all([
    run(
      (
        piece,
      ) => `INSERT INTO enrolment (id, registration_id, sitting_id, venue_id, province_code, school_code, campus_code,
          subject_code, kind, level, candidate_province_code, candidate_school_code, fee_fen, state, pay_by,
          enrolled_by, locked_by_school, created_at)
        SELECT ${enrolment}, ${registration}, ?, ${venue}, LEFT(${SCHOOL}, 2), ${SCHOOL}, CONCAT(${SCHOOL}, '1'), '1',
          'WRITTEN', 4, LEFT(${SCHOOL}, 2), ${SCHOOL}, 3000, 'UNPAID', UTC_TIMESTAMP(3) + INTERVAL ? HOUR, 'CANDIDATE', 0, UTC_TIMESTAMP(3) FROM ${piece}`,
      [SITTING_ID, dueInHours],
    ),
    run(
      (
        piece,
      ) => `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
        SELECT ${venue}, place, 'CLAIM', ${enrolment}, venue.capacity, place, 0, UTC_TIMESTAMP(3), 'bench'
        FROM ${piece} JOIN venue ON venue.id = ${venue}`,
    ),
  ]);
  await countSeats(pool, group);
}

/** The group's candidates wait for English 4 at their campus, behind the seats that are taken; all of them are. */
export async function seedQueue(pool, group) {
  const entry = idSql('entry', 'number');
  const registration = idSql('registration', 'number');
  const venue = venueSql('campus');
  const run = (statement, values) => each(pool, group, statement, values);
  await Promise.all([
    run(
      (
        piece,
      ) => `INSERT INTO waitlist_entry (id, registration_id, sitting_id, venue_id, province_code, school_code,
          campus_code, subject_code, kind, level, candidate_province_code, candidate_school_code, state, place, submitted_at)
        SELECT ${entry}, ${registration}, ?, ${venue}, LEFT(${SCHOOL}, 2), ${SCHOOL}, CONCAT(${SCHOOL}, '1'), '1',
          'WRITTEN', 4, LEFT(${SCHOOL}, 2), ${SCHOOL}, 'WAITING', venue.taken + place, UTC_TIMESTAMP(3) FROM ${piece} JOIN venue ON venue.id = ${venue}`,
      [SITTING_ID],
    ),
    run(
      (
        piece,
      ) => `INSERT INTO seat_ledger (venue_id, sequence, move, holder_id, capacity, taken, waiting, happened_at, cause)
        SELECT ${venue}, venue.taken + place, 'JOIN', ${entry}, venue.capacity, venue.taken, place, UTC_TIMESTAMP(3),
          'bench' FROM ${piece} JOIN venue ON venue.id = ${venue}`,
    ),
  ]);
  await countSeats(pool, group);
}

/** Lets the time to pay of all the group's enrolments be over. */
export function makeDue(pool, group) {
  return each(
    pool,
    group,
    (piece) => `UPDATE enrolment JOIN ${piece} ON enrolment.id = ${idSql('enrolment', 'number')}
      SET pay_by = UTC_TIMESTAMP(3) - INTERVAL 1 HOUR`,
  );
}

/** One in so many; it shares no factor with 100, so that it does not always meet the same of a hundred venues. */
const ONE_IN = 49;

/** Some of a queue have been blacklisted since they joined: they must end with their reason and hold up nobody. */
export function seedBlacklist(pool, group) {
  const some = { ...group, count: Math.ceil(group.count / ONE_IN), step: group.step * ONE_IN };
  return each(
    pool,
    some,
    // their registrations know their schools; by their number in `some`, they would be of others
    (
      piece,
    ) => `INSERT INTO subject_list_line (id, sitting_id, province_code, school_code, document_type, document_number, subject_code,
        list, reason, created_at)
      SELECT ${idSql('listLine', 'number')}, sitting_id, province_code, school_code, document_type, document_number, '1', 'BLACK', 'bench',
        UTC_TIMESTAMP(3) FROM ${piece} JOIN registration ON registration.id = ${idSql('registration', 'number')}`,
  );
}

/** A venue's counts are what its ledger's last line says. */
async function countSeats(pool, { campus, campuses }) {
  await pool.query(
    `UPDATE venue SET
       sequence = (SELECT COALESCE(MAX(sequence), 0) FROM seat_ledger WHERE venue_id = venue.id),
       taken = (SELECT COUNT(*) FROM seat_ledger WHERE venue_id = venue.id AND move = 'CLAIM'),
       waiting = (SELECT COUNT(*) FROM seat_ledger WHERE venue_id = venue.id AND move = 'JOIN')
     WHERE id IN (SELECT ${venueSql('seq')} FROM seq_${campus}_to_${campus + campuses - 1})`,
  );
}

/** Gives a venue so many seats, as staff do: the number, and its line in the ledger. */
export async function resize(pool, venueId, capacity) {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.query('UPDATE venue SET capacity = ?, sequence = sequence + 1 WHERE id = ?', [
      capacity,
      venueId,
    ]);
    await connection.query(
      `INSERT INTO seat_ledger SELECT id, sequence, 'RESIZE', NULL, capacity, taken, waiting, UTC_TIMESTAMP(3), 'bench'
       FROM venue WHERE id = ?`,
      [venueId],
    );
    await connection.commit();
  } finally {
    connection.release();
  }
}

/** Fresh statistics, so that the optimiser does not plan for the empty tables it knew. */
export async function analyse(pool) {
  const [tables] = await pool.query(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  for (const { name } of tables) await pool.query(`ANALYZE TABLE \`${name}\``);
}
