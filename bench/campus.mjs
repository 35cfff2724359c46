/** An opening behind one network address: everybody signs up, signs in and looks themselves up, and one attacks. */
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { Agent } from 'node:http';
import { ask } from './clients.mjs';
import { settings } from './database.mjs';
import { ascending, percentile } from './figures.mjs';
import { Numbers } from './people.mjs';
import { counted, table } from './results.mjs';
import { seedCampuses, seedRoster, seedSitting } from './seed.mjs';
import { Process } from './system.mjs';

const ADDRESS = '198.51.100.7';
/** The opening of the old limits' windows: all of it must fit in there. */
const LONGEST_MINUTES = 15;
/**
 * Each student solves checks on a device of their own, and here all of them, and the attacker, on the machine that
 * serves: so a check is a hundredth of the ordinary work, and what students would have paid is reckoned from it.
 */
const DIFFICULTY = 500;
const ORDINARY = 50_000;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The solution of a check, and how many hashes it took. */
function solve({ algorithm, challenge, maxnumber, salt, signature }) {
  for (let number = 0; number <= maxnumber; number++) {
    if (sha256(salt + number) !== challenge) continue;
    const solution = JSON.stringify({ algorithm, challenge, number, salt, signature });
    return { solution: Buffer.from(solution).toString('base64'), hashes: number + 1 };
  }
  throw new Error('The check has no solution.');
}

/** Reads the messages of the outbox as the application sealed them: nobody else has the secret of a run. */
class Outbox {
  constructor(pool, database) {
    this.pool = pool;
    this.key = Buffer.from(hkdfSync('sha256', settings(database).SECRET_KEY, '', 'outbox', 32));
  }

  async newestCode(recipient) {
    const [[row]] = await this.pool.query(
      'SELECT body FROM outbox_message WHERE recipient = ? ORDER BY id DESC LIMIT 1',
      [recipient],
    );
    const bytes = Buffer.from(row.body, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
    return /\d{6}/.exec(text)[0];
  }
}

/** What a run came to, step by step. */
class Figures {
  times = new Map();
  answers = new Map();

  note(step, word, ms) {
    const answers = this.answers.get(step) ?? {};
    answers[word] = (answers[word] ?? 0) + 1;
    this.answers.set(step, answers);
    if (!this.times.has(step)) this.times.set(step, []);
    this.times.get(step).push(ms);
  }
}

/** Somebody behind the address. */
class Caller {
  hashes = 0;

  constructor(agent, port, figures) {
    Object.assign(this, { agent, port, figures });
  }

  async send(step, path, body, token) {
    const begun = performance.now();
    const call = {
      method: 'POST',
      path: `/api/v1${path}`,
      body,
      token,
      headers: { 'x-forwarded-for': ADDRESS },
    };
    const answer = await ask(this.agent, this.port, call);
    this.figures.note(step, answer.word, performance.now() - begun);
    return answer;
  }

  solved(posed) {
    const { solution, hashes } = solve(posed);
    this.hashes += hashes;
    return solution;
  }

  /** As a page does: a check first, and the dearer one that comes with a refusal, where one does. */
  async sendChecked(step, path, body) {
    const posed = await this.send('a check', '/passport/challenges');
    if (posed.status !== 201) return posed;
    let answer = await this.send(step, path, { ...body, challenge: this.solved(posed.body) });
    while (answer.word === '422 CHALLENGE_TOO_EASY')
      answer = await this.send(step, path, { ...body, challenge: this.solved(answer.body.challenge) });
    return answer;
  }
}

const PASSWORD = 'quiet-lake-19';
const phoneOf = (number) => `138${String(number).padStart(8, '0')}`;

/** One student, from nothing to the answer which subjects they may take; the word of the step that failed, if one did. */
async function comes(student, number, outbox) {
  const phone = phoneOf(number);
  const code = { channel: 'SMS', target: phone, purpose: 'REGISTER' };
  const asked = await student.sendChecked('a code', '/passport/codes', code);
  if (asked.status !== 202) return `code ${asked.word}`;

  const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
  const account = { phone, code: await outbox.newestCode(phone), ...passwords };
  const registered = await student.sendChecked('signing up', '/passport/accounts', account);
  if (registered.status !== 201) return `signing up ${registered.word}`;

  const login = { login: phone, password: PASSWORD };
  const session = await student.sendChecked('signing in', '/passport/sessions', login);
  if (session.status !== 201) return `signing in ${session.word}`;

  const { token } = session.body;
  await student.send('the agreement', '/agreement/acceptance', { version: 1 }, token);
  const documentNumber = `E${String(number).padStart(8, '0')}`;
  const named = { documentType: 'PASSPORT', documentNumber, name: `Candidate ${number}` };
  const found = await student.send('looking up', '/qualification/queries', named, token);
  return found.status === 200 ? 'done' : `looking up ${found.word}`;
}

/** Junk, wrong codes, wrong passwords and codes to everybody's phone, as fast as they are answered, until told to stop. */
async function attacks(attacker, isOver) {
  const guess = { login: phoneOf(90_000_000), password: 'a wrong guess' };
  while (!isOver()) {
    await attacker.send('junk', '/passport/sessions', { ...guess, challenge: 'junk' });
    const login = phoneOf(91_000_000 + Math.floor(Math.random() * 8_000_000));
    const reset = { login, code: '000000', newPassword: PASSWORD };
    await attacker.send('a wrong code', '/passport/password-resets', reset);
    await attacker.sendChecked('a wrong password', '/passport/sessions', { ...guess, login });
    const code = { channel: 'SMS', target: login, purpose: 'REGISTER' };
    await attacker.sendChecked('a code to anybody', '/passport/codes', code);
  }
}

/** @param {import('./system.mjs').Setting} setting */
export async function runCampus(server, setting, size, say) {
  const database = await server.create('campus', setting.app);
  const pool = database.pool(8);
  await seedSitting(pool);
  const group = new Numbers().group(size.students, 1);
  await seedCampuses(pool, group, size.students);
  await seedRoster(pool, group);
  const environment = { TRUST_PROXY: '1', CHALLENGE_DIFFICULTY: String(DIFFICULTY) };
  const api = await Process.start(setting, database, 'api', environment);
  const outbox = new Outbox(pool, database);
  const agent = new Agent({ keepAlive: true, maxSockets: size.atOnce + size.attackers });

  say(`${size.students} students, ${size.atOnce} at a time, and ${size.attackers} programs of an attacker …`);
  const [students, attacker] = [new Figures(), new Figures()];
  const outcomes = {};
  const hashes = [];
  let [next, over] = [0, false];
  const begun = performance.now();
  const attack = Array.from({ length: size.attackers }, () =>
    attacks(new Caller(agent, api.port, attacker), () => over),
  );
  const lane = async () => {
    while (next < size.students) {
      const student = new Caller(agent, api.port, students);
      const outcome = await comes(student, group.first + next++, outbox);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      hashes.push(student.hashes);
      if (hashes.length % 500 === 0) say(`${hashes.length} students`);
    }
  };
  await Promise.all(Array.from({ length: size.atOnce }, lane));
  const seconds = (performance.now() - begun) / 1000;
  over = true;
  await Promise.all(attack);
  agent.destroy();
  await api.stop();

  const wrongs = Object.entries(outcomes)
    .filter(([outcome]) => outcome !== 'done')
    .map(([outcome, count]) => `${count} students stopped at ${outcome}`);
  return { size, seconds, students, attacker, hashes: ascending(hashes), wrongs };
}

const ms = (value) => value.toFixed(0);
const inSeconds = (hashes) => ((hashes * ORDINARY) / DIFFICULTY / 50_000).toFixed(1);

function stepsTable({ times, answers }) {
  return table(
    ['step', 'p50 ms', 'p99 ms', 'answers'],
    [...answers].map(([step, words]) => {
      const sorted = ascending(times.get(step));
      return [step, ms(percentile(sorted, 0.5)), ms(percentile(sorted, 0.99)), counted(words)];
    }),
  );
}

export function campusTable({ size, seconds, students, attacker, hashes, wrongs }) {
  const through = size.students - wrongs.length;
  const met = wrongs.length === 0 && seconds < LONGEST_MINUTES * 60;
  return [
    '### Aims',
    table(
      ['aim', 'this run', ''],
      [
        [
          `${size.students} students behind one address get through within ${LONGEST_MINUTES} minutes while one attacks`,
          `${wrongs.length === 0 ? 'all' : `not all (${through} at most)`} in ${(seconds / 60).toFixed(1)} minutes`,
          met ? 'met' : '**not met**',
        ],
      ],
    ),
    '### The students',
    stepsTable(students),
    `Three checks each; on a phone that makes 50,000 hashes a second they take ${inSeconds(percentile(hashes, 0.5))} s together in the median, ${inSeconds(percentile(hashes, 0.99))} s at p99.`,
    '### The attacker',
    stepsTable(attacker),
  ].join('\n\n');
}
