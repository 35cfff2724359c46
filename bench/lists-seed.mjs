/** A sitting in the middle of its registration, with a million candidates, as the back office's lists meet it. */
import { idOf, idSql, Numbers, SITTING_ID, schoolSql } from './people.mjs';
import { analyse, seedCampuses, seedCandidates, seedEnrolments, seedQueue, seedSitting } from './seed.mjs';

/** Rows changed by one statement. */
const CHUNK = 100_000;
/** Campuses, each a school of its own; ten provinces share them. */
const CAMPUSES = 5000;
const EARLIER_SITTING_ID = idOf('sitting', 0);

/** @returns {Promise<{ school: string }>} the large school's code */
export async function seedLists(pool, { candidates, large, waiting, others }, say) {
  const numbers = new Numbers();
  await seedSitting(pool);
  const many = numbers.group(candidates - large - waiting, CAMPUSES);
  const one = numbers.group(large, 1);
  const queue = numbers.group(waiting, 100);
  for (const group of [many, one, queue]) {
    await seedCampuses(pool, group, group === queue ? 0 : 2 * candidates);
    await seedCandidates(pool, group, { holdingNothing: false });
    if (group === queue) await seedQueue(pool, group);
    else await seedEnrolments(pool, group, { dueInHours: 20 });
  }
  say(`${candidates} candidates are there`);
  const last = queue.first + queue.count - 1;
  for (let from = 1; from <= last; from += CHUNK)
    await varyEnrolments(pool, from, Math.min(last, from + CHUNK - 1), last);
  await makeFirstOfEarlierSitting(pool, Math.round(candidates / 10));
  say('Their enrolments have their states, their payments their orders');
  await seedReviews(pool, many, others.reviews);
  await seedMessages(pool, others.messages);
  await seedAudit(pool, others.audit);
  await analyse(pool);
  say('Reviews, messages and the audit trail are there');
  const [[{ code }]] = await pool.query(`SELECT ${schoolSql(one.campus)} AS code`);
  return { school: code };
}

/** Who came first came half a year before: theirs is the sitting before, whose rows lie behind all of this one's. */
async function makeFirstOfEarlierSitting(pool, last) {
  await pool.query(
    `INSERT INTO sitting (id, number, name, current, pay_hours, empty_registration_hours, waitlist_pay_hours,
       oral_needs_written, created_at) VALUES (?, 261, 'Bench before', 0, 24, 24, 24, 'PAID', UTC_TIMESTAMP(3))`,
    [EARLIER_SITTING_ID],
  );
  for (const [table, kind] of [
    ['student_record', 'record'],
    ['registration', 'registration'],
    ['enrolment', 'enrolment'],
    ['payment_order', 'order'],
  ]) {
    await pool.query(
      `UPDATE ${table} JOIN seq_1_to_${last} AS numbered ON ${table}.id = ${idSql(kind, 'numbered.seq')} SET sitting_id = ?`,
      [EARLIER_SITTING_ID],
    );
  }
}

/** Registered over two weeks; six in ten have paid, three have not, the rest lapsed or was given up. */
async function varyEnrolments(pool, from, to, last) {
  const number = 'numbered.seq';
  const age = `INTERVAL (${last} - ${number}) * 1209 / ${last} * 1000 SECOND`;
  const numbered = `seq_${from}_to_${to} AS numbered`;
  await pool.query(
    `UPDATE registration JOIN ${numbered} ON registration.id = ${idSql('registration', number)}
     SET registration.created_at = UTC_TIMESTAMP(3) - ${age}`,
  );
  await pool.query(
    `UPDATE enrolment JOIN ${numbered} ON enrolment.id = ${idSql('enrolment', number)}
     SET created_at = UTC_TIMESTAMP(3) - ${age},
       state = CASE WHEN ${number} % 10 < 6 THEN 'PAID' WHEN ${number} % 10 < 9 THEN 'UNPAID'
         WHEN ${number} % 100 < 95 THEN 'LAPSED' ELSE 'GIVEN_UP' END,
       paid_at = CASE WHEN ${number} % 10 < 6 THEN UTC_TIMESTAMP(3) - ${age} END,
       ended_at = CASE WHEN ${number} % 10 = 9 THEN UTC_TIMESTAMP(3) - ${age} END`,
  );
  await pool.query(
    `INSERT INTO payment_order (id, neea_id, registration_id, sitting_id, province_code, school_code, kind, gateway,
       purpose, payer_name, amount_fen, state, outcome, platform_trade_number, method, expires_at, created_at, paid_at)
     SELECT ${idSql('order', number)}, LPAD(HEX(${number}), 32, '0'), registration.id, ?, registration.province_code,
       registration.school_code, 'WRITTEN', 'sandbox', 'bench', registration.name, 3000, 'PAID', 'APPLIED', ${number},
       'ALIPAY', enrolment.pay_by, enrolment.created_at, enrolment.paid_at
     FROM ${numbered} JOIN enrolment ON enrolment.id = ${idSql('enrolment', number)} AND enrolment.state = 'PAID'
       JOIN registration ON registration.id = enrolment.registration_id`,
    [SITTING_ID],
  );
}

/** Reviews of the last weeks, most of them decided. */
async function seedReviews(pool, { first }, count) {
  await pool.query(
    `INSERT INTO cet6_review (id, account_id, sitting_id, province_code, school_code, campus_code, document_type,
       document_number, name, ticket_number, state, submissions, submitted_at)
     SELECT ${idSql('review', 'seq')}, account_id, sitting_id, province_code, school_code, campus_code, document_type,
       document_number, name, LPAD(seq, 15, '1'), IF(seq % 5 = 0, 'PENDING', 'APPROVED'), 1,
       UTC_TIMESTAMP(3) - INTERVAL seq SECOND
     FROM seq_${first}_to_${first + count - 1} JOIN registration ON registration.id = ${idSql('registration', 'seq')}`,
  );
}

async function seedMessages(pool, count) {
  for (let from = 1; from <= count; from += CHUNK) {
    await pool.query(
      `INSERT INTO outbox_message (id, channel, recipient, template, subject, body, state, attempts, next_attempt_at,
         created_at, sent_at)
       SELECT ${idSql('message', 'seq')}, IF(seq % 2, 'SMS', 'EMAIL'), CONCAT('1', LPAD(seq, 10, '0')), 'payment.done',
         'bench', 'bench', IF(seq % 1000, 'SENT', 'FAILED'), 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
       FROM seq_${from}_to_${Math.min(count, from + CHUNK - 1)}`,
    );
  }
}

async function seedAudit(pool, count) {
  await pool.query(
    `INSERT INTO audit_line (id, happened_at, actor, action, row_id, province_code, school_code, facts_before, facts_after)
     SELECT ${idSql('line', 'seq')}, UTC_TIMESTAMP(3) - INTERVAL seq SECOND, CONCAT('STAFF ', seq % 500),
       IF(seq % 50, 'cet6-review.decide', 'venue.set-window'), ${idSql('review', 'seq')},
       LEFT(${schoolSql(`seq % ${CAMPUSES}`)}, 2), ${schoolSql(`seq % ${CAMPUSES}`)}, '{"a":1}', '{"a":2}'
     FROM seq_1_to_${count}`,
  );
}
