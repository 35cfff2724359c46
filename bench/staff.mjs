/**
 * What staff do to whoever is at the door: each act over the panel's own HTTP, or the command line beside it, while a
 * process apart asks `/healthz` every 20 ms and a candidate saves something ten times a second.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cet } from './database.mjs';
import { ascending, percentile } from './figures.mjs';
import { addStaff, Panel } from './lists.mjs';
import {
  photoZip,
  placeFiles,
  rosterFile,
  rosterWorkbook,
  SCHOOL,
  SqliteDatabase,
  seedCandidates,
} from './staff-seed.mjs';
import { Process } from './system.mjs';

const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));

/** @param {import('./system.mjs').Setting} setting @param {import('./database.mjs').Server} [server] */
export async function runStaff(server, setting, size, say) {
  const database = server ? await server.create('staff', setting.app) : await embedded(setting);
  const files = await seeded(setting, database, size, say);
  const slices = existsSync('/proc/self/schedstat');
  const app = await Process.start(
    { ...setting, slices, ...(server ? {} : { redisUrl: undefined }) },
    database,
    'all',
  );
  const panel = await Panel.signIn(app.port, 'school');
  const probe = new Probe(app.port, files.candidates.writer);
  try {
    const acts = [];
    for (const [name, act] of actsOf({ setting, database, panel, files, size })) {
      const { result, loop } = await (slices
        ? app.slices(() => probe.during(act))
        : probe.during(act).then((seen) => ({ result: seen })));
      const { result: told, ...seen } = result;
      acts.push({ name, told, loop, ...seen });
      const own = loop ? `, the loop’s own ${loop.p99.toFixed(0)} (${loop.most.toFixed(0)} at most)` : '';
      say(`${name}: ${told} in ${seen.seconds.toFixed(1)} s; p99 ${seen.health.p99.toFixed(0)} ms${own}`);
    }
    return acts;
  } finally {
    probe.stop();
    await app.stop();
  }
}

async function embedded({ app, folder }) {
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  const database = new SqliteDatabase('staff', dataDir);
  await done(cet(app, database, {}, ['migrate']));
  return database;
}

async function done(running) {
  const { code, out, err } = await running;
  if (code !== 0) throw new Error(`The application's command ended with ${code}:\n${err}${out}`);
  return out.trim();
}

async function seeded({ app, folder }, database, size, say) {
  const run = (...args) => done(cet(app, database, {}, args));
  await run('sitting', 'add', '262', '--current');
  for (const [kind, file] of await placeFiles(folder, size.schools)) await run('import', kind, file);
  await addStaff(app, database, 'school', ['SCHOOL', '--school', SCHOOL]);
  await run('import', 'roster', await rosterFile(folder, 'A', size.roster));
  say(`${size.schools} schools, a roster of ${size.roster}`);
  const candidates = await seedCandidates(database, size.candidates);
  say(`${size.candidates} candidates have paid`);
  return {
    candidates,
    taken: await rosterFile(folder, 'B', size.roster),
    beside: await rosterFile(folder, 'C', size.roster),
    workbook: await rosterWorkbook(folder, 'D', size.workbook),
    photos: await photoZip(folder, 'A', size.photos),
  };
}

/** What is done, in this order, and what it came to. */
function* actsOf({ setting, database, panel, files, size }) {
  const school = new Staff(panel);
  yield ['nobody does anything', async () => `${await sleep(5000, 'waited')}`];
  yield ['pages are opened', () => school.repeat(50, () => panel.get('/resources/student-records'))];
  yield [
    `the roster is searched, 500 rows a page`,
    () =>
      school.repeat(40, (i) =>
        panel.get(
          `/api/resources/student-records/actions/list?perPage=500&page=${1 + i}&filters.${
            i % 2 ? 'name=%E7%8E%8B' : 'college=%E5%AD%A6%E9%99%A2'
          }`,
        ),
      ),
  ];
  yield [
    `${thousands(size.roster)} rows of the roster are taken away`,
    () => school.exports('student-records'),
  ];
  yield [
    `three at once take away the roster`,
    async () => {
      const all = await Promise.all([1, 2, 3].map(() => school.exports('student-records')));
      return all[0];
    },
  ];
  yield [
    `a CSV file of ${thousands(size.roster)} is checked`,
    () => school.brings('roster-import', 'check', files.taken),
  ];
  yield [`it is taken in`, () => school.brings('roster-import', 'take', files.taken)];
  yield [
    `a workbook of ${thousands(size.workbook)} is checked`,
    () => school.brings('roster-import', 'check', files.workbook),
  ];
  yield [`it is taken in`, () => school.brings('roster-import', 'take', files.workbook)];
  yield [
    `\`cet import\` of ${thousands(size.roster)} beside it`,
    async () =>
      (await done(cet(setting.app, database, {}, ['import', 'roster', files.beside]))).split('\n').at(-1),
  ];
  yield [
    `a zip of ${thousands(size.photos)} photos is checked`,
    () => school.brings('photo-import', 'check', files.photos),
  ];
  yield [`it is taken in`, () => school.brings('photo-import', 'take', files.photos)];
  yield [
    `seats are arranged for ${thousands(size.candidates)}`,
    () => school.acts('venues', 'arrange', [files.candidates.venueId], { seatsPerRoom: 30 }),
  ];
  yield [
    `${size.tickets} tickets are printed, four at a time`,
    () =>
      school.repeat(
        size.tickets,
        (i) => school.ticket(files.candidates.enrolments[i % files.candidates.enrolments.length]),
        4,
      ),
  ];
  yield [
    'notices of 10,000 characters are published',
    () =>
      school.repeat(30, (i) =>
        school.acts('notices', 'publish', [], {
          title: `Bench ${i}`,
          kind: 'WRITTEN',
          body: '<p>请携带<b>准考证</b>和<a href="https://example.edu.cn/">证件</a>参加考试。</p>'.repeat(
            130,
          ),
        }),
      ),
  ];
  yield [
    'templates are taken away',
    () => school.repeat(40, () => panel.get('/api/tools/roster-import/template')),
  ];
}

const thousands = (count) => count.toLocaleString('en-US');

/** Staff who work in the panel, as its pages let them. */
class Staff {
  constructor(panel) {
    this.panel = panel;
  }

  async repeat(times, work, atOnce = 1) {
    let next = 0;
    const one = async () => {
      while (next < times) await work(next++);
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    return `${times}`;
  }

  async exports(noun) {
    const answer = await this.call('POST', `/admin/api/exports/${noun}`, {
      type: 'application/json',
      body: '{"filters":{}}',
    });
    return `${thousands(answer.lines - 1)} rows, ${(answer.bytes / 1e6).toFixed(0)} MB`;
  }

  /** Sends a file to be checked, or to be taken in as it was checked. */
  async brings(tool, verb, file) {
    const sha256 = await fingerprint(file);
    const request = verb === 'take' ? { sha256, takeGood: false } : {};
    const query = new URLSearchParams({ request: JSON.stringify(request), file });
    const { text } = await this.call('POST', `/admin/api/tools/${tool}/${verb}?${query}`, {
      type: 'application/octet-stream',
      file,
    });
    const { counts, stored } = JSON.parse(text);
    return `${counts.map(({ label, value }) => `${label} ${value}`).join(', ')}${stored ? ', stored' : ''}`;
  }

  async acts(noun, action, ids, input) {
    const form = JSON.parse(await this.panel.get(`/api/forms/${noun}/${action}?ids=${ids}`));
    const { text } = await this.call('POST', `/admin/api/actions/${noun}/${action}`, {
      type: 'application/json',
      body: JSON.stringify({ ids, input, version: form.version }),
    });
    return JSON.parse(text).message;
  }

  async ticket({ id, token }) {
    const { bytes } = await this.call('GET', `/api/v1/enrolments/${id}/ticket`, { token });
    return `${bytes}`;
  }

  async call(method, path, { type, body, file, token }) {
    const length = file ? (await stat(file)).size : body === undefined ? 0 : Buffer.byteLength(body);
    const request = send({
      host: '127.0.0.1',
      port: this.panel.port,
      method,
      path,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : { cookie: this.panel.cookie }),
        ...(type && { 'content-type': type, 'content-length': length }),
      },
    });
    if (file) createReadStream(file).pipe(request);
    else request.end(body);
    const [response] = await once(request, 'response');
    let [bytes, lines, text] = [0, 0, ''];
    for await (const piece of response) {
      bytes += piece.length;
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
      if (text.length < 100_000) text += piece.toString('latin1');
    }
    if (response.statusCode !== 200) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return { bytes, lines, text: Buffer.from(text, 'latin1').toString() };
  }
}

async function fingerprint(file) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Whoever is at the door meanwhile. */
class Probe {
  constructor(port, token) {
    this.child = fork(PROBE, [String(port), token]);
  }

  async during(work) {
    await this.ask('begin');
    const begun = performance.now();
    const result = await work();
    const seconds = (performance.now() - begun) / 1000;
    const { health, write } = await this.ask('end');
    return { result, seconds, health: figuresOf(health), write: figuresOf(write) };
  }

  async ask(what) {
    const answer = once(this.child, 'message');
    this.child.send(what);
    return (await answer)[0];
  }

  stop() {
    this.child.disconnect();
  }
}

function figuresOf(asked) {
  const sorted = ascending(asked.map(({ ms }) => ms));
  const answers = {};
  for (const { answer } of asked) answers[answer] = (answers[answer] ?? 0) + 1;
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1),
    answers,
  };
}
