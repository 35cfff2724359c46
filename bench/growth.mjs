/** The same calls with few and with many candidates present: a database a size, measured in turn, round by round. */
import { setTimeout as sleep } from 'node:timers/promises';
import { takeSeats } from './bare-sql.mjs';
import { callBy, enrol, openPage } from './clients.mjs';
import { median, medians, refusedIn, sum } from './figures.mjs';
import { candidate, Numbers, venuesOf } from './people.mjs';
import { callsOf } from './rush.mjs';
import { checkSeats, enrolmentsIn } from './seat-check.mjs';
import { analyse, seedCampuses, seedCandidates, seedEnrolments, seedSessions, seedSitting } from './seed.mjs';
import { Process } from './system.mjs';
import { drain } from './waitlist-run.mjs';

const VENUES = 100;
/** Campuses of those who are only present: a country has about so many. */
const CAMPUSES = 1000;
const WARM_UP_CLIENTS = 16;
const LONGEST_REST_MS = 300_000;
/** What a candidate takes on disk with account, roster line, registration, enrolment, ledger line and their indexes. */
const BYTES_A_CANDIDATE = 5_000;

/** @param {import('./system.mjs').Setting} setting */
export async function runGrowth(server, setting, size, mariadb, say) {
  const worlds = [];
  for (const present of size.sizes) {
    const free = await server.freeBytes(mariadb.dataFolder);
    if (free !== undefined && free < 1.5 * present * BYTES_A_CANDIDATE) {
      say(`Left out ${present}: ${Math.round(free / 2 ** 30)} GB are free, too few`);
      continue;
    }
    worlds.push(await populate(server, setting, present, size));
    say(`${present} candidates are there`);
  }
  say(`${await comeToRest(worlds[0].seeding)} % of the buffer pool not written yet`);
  for (const world of worlds) await start(setting, world, size.warmUp);
  for (let round = 0; round < size.rounds; round++) {
    for (const world of worlds) await measureOnce(world, size, size.clients[0]);
    say(`Round ${round + 1} of ${size.rounds}`);
  }
  const sizes = worlds.map(summary);
  for (const { api } of worlds) await api.stop();

  const largest = worlds.at(-1);
  const worker = await Process.start(setting, largest.database, 'worker');
  const queue = await drain(setting, largest.database, largest.seeding, largest.numbers, size.drained);
  await worker.stop();
  say(`A queue of ${size.drained}: done`);

  const checks = [];
  for (const world of worlds) {
    checks.push({
      ...(await checkSeats(setting.app, world.database, world.bareVenues)),
      lost: await lostOf(world),
    });
    say(`${world.present}: every seat checked`);
  }
  return {
    sizes,
    queue,
    seats: together(checks),
    refused: sizes.reduce(
      (all, { enrol, stranger, page }) =>
        all + refusedIn(enrol, '201') + refusedIn(stranger, '201') + refusedIn(page, '200'),
      0,
    ),
  };
}

/**
 * A database with so many candidates enrolled all over the country, and among them, spread evenly by number, those who
 * will enrol: their rows lie as far apart as anybody's.
 */
async function populate(server, setting, present, { rounds, enrolments, bare, pages, warmUp }) {
  const database = await server.create(`of_${present}`, setting.app);
  const seeding = database.pool(4);
  // of those who enrol, one half have opened their page before
  const active = warmUp + 2 * rounds * enrolments;
  const readers = Math.min(present, warmUp + rounds * pages);
  const campuses = Math.min(CAMPUSES, Math.ceil(present / 10));
  const rest = { first: 2, step: 2, count: present, campus: 2 * VENUES, campuses };
  const group = {
    first: 1,
    step: 2 * Math.max(1, Math.floor(present / active)),
    count: active,
    campus: 0,
    campuses: VENUES,
  };
  const reading = { ...rest, step: 2 * Math.floor(present / readers), count: readers };
  const bareGroup = { first: 0, step: 1, count: 0, campus: VENUES, campuses: VENUES };
  const numbers = new Numbers();
  numbers.nextCandidate = 2 * (Math.max(present, active) + 1);
  numbers.nextCampus = rest.campus + campuses;

  await seedSitting(seeding);
  await seedCampuses(seeding, rest, Math.ceil(present / campuses) + 100);
  await seedCampuses(seeding, group, Math.ceil(active / VENUES));
  await seedCampuses(seeding, bareGroup, Math.ceil((warmUp + rounds * bare) / VENUES));
  await seedCandidates(seeding, rest, { holdingNothing: false });
  await seedEnrolments(seeding, rest, { dueInHours: 24 * 30 });
  await seedCandidates(seeding, group, { holdingNothing: true });
  for (const people of [group, reading]) await seedSessions(seeding, people);
  await analyse(seeding);
  return {
    ...{ present, database, seeding, numbers, group, reading },
    bareVenues: venuesOf(bareGroup),
    /** Bare SQL has its connections only while it runs: three of everything would be more than a server lets in. */
    openBare: () => database.pool(setting.pool),
    enrolled: 0,
    read: 0,
    rounds: {
      enrol: [],
      stranger: [],
      page: [],
      bare: [],
      cpu: [],
      rowsRead: [],
      diskReads: [],
      strangersDiskReads: [],
    },
    successes: 0,
  };
}

/**
 * Filling leaves the server's memory full of pages that are still to be written, of which no server in use has so many:
 * waits until few are left, or as long as it takes to see that the server is in no hurry. Gives their share.
 */
async function comeToRest(pool) {
  for (const started = performance.now(); ; await sleep(1000)) {
    const [rows] = await pool.query(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_buffer_pool_pages_dirty', 'Innodb_buffer_pool_pages_total')",
    );
    const [dirty, total] = rows.map(({ Value }) => Number(Value));
    const percent = Math.round((100 * dirty) / total);
    if (percent <= 2 || performance.now() - started > LONGEST_REST_MS) return percent;
  }
}

async function start(setting, world, warmUp) {
  world.api = await Process.start(setting, world.database, 'api');
  await enrolSome(world, warmUp, WARM_UP_CLIENTS);
  await readSome(world, warmUp, WARM_UP_CLIENTS);
  await bareRound(world, WARM_UP_CLIENTS, warmUp);
}

/**
 * Nobody comes to enrol out of nowhere: they have signed in, confirmed and looked, so that the database has what is
 * theirs in memory. Others enrol the moment they are first seen, which shows what reading it from disk adds.
 */
async function measureOnce(world, size, clients) {
  const { rounds, api, seeding } = world;
  rounds.bare.push(await bareRound(world, clients, size.bare));
  await callBy(api.port, clients, callsOf(world.group, world.enrolled, size.enrolments, openPage));
  const [cpu, work] = [await api.cpuSeconds(), await workOf(seeding)];
  const round = await enrolSome(world, size.enrolments, clients);
  const [cpuAfter, workAfter] = [await api.cpuSeconds(), await workOf(seeding)];
  rounds.enrol.push(round);
  rounds.cpu.push((1000 * (cpuAfter - cpu)) / round.done);
  rounds.rowsRead.push((workAfter.rowsRead - work.rowsRead) / round.done);
  rounds.diskReads.push((workAfter.diskReads - work.diskReads) / round.done);
  const strangers = await enrolSome(world, size.enrolments, clients);
  rounds.stranger.push(strangers);
  rounds.strangersDiskReads.push(((await workOf(seeding)).diskReads - workAfter.diskReads) / strangers.done);
  rounds.page.push(await readSome(world, size.pages, clients));
}

async function bareRound({ openBare, bareVenues }, clients, count) {
  const pool = openBare();
  try {
    return await takeSeats(pool, clients, bareVenues, count);
  } finally {
    await pool.end();
  }
}

async function enrolSome(world, count, clients) {
  const round = await callBy(world.api.port, clients, callsOf(world.group, world.enrolled, count, enrol));
  world.enrolled += count;
  world.successes += round.answers['201'] ?? 0;
  return round;
}

/** Where fewer are present than pages are opened, some open theirs again. */
function readSome(world, count, clients) {
  const readers = world.reading.count;
  const calls = Array.from({ length: count }, (_, i) =>
    openPage(candidate(world.reading, (world.read + i) % readers)),
  );
  world.read += count;
  return callBy(world.api.port, clients, calls);
}

/** What the server has read for everybody so far: rows, whatever held them, and pages that were not in memory. */
async function workOf(pool) {
  const [rows] = await pool.query(
    "SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Innodb_buffer_pool_reads'",
  );
  const of = (wanted) =>
    sum(rows.filter(({ Variable_name: name }) => wanted(name)).map(({ Value }) => Number(Value)));
  return {
    rowsRead: of((name) => name.startsWith('Handler_read')),
    diskReads: of((name) => name === 'Innodb_buffer_pool_reads'),
  };
}

function summary({ present, rounds }) {
  return {
    present,
    enrol: medians(rounds.enrol),
    stranger: medians(rounds.stranger),
    page: medians(rounds.page),
    bare: medians(rounds.bare),
    cpuMs: median(rounds.cpu),
    rowsRead: median(rounds.rowsRead),
    diskReads: median(rounds.diskReads),
    strangersDiskReads: median(rounds.strangersDiskReads),
  };
}

const lostOf = async ({ seeding, group, successes }) =>
  successes - (await enrolmentsIn(seeding, venuesOf(group)));

function together(checks) {
  const of = (key) => sum(checks.map((check) => check[key]));
  const faults = checks.map(({ application }) => application).filter((text) => text !== 'clean');
  return {
    ...{
      oversell: of('oversell'),
      inversions: of('inversions'),
      miscounts: of('miscounts'),
      lost: of('lost'),
    },
    seconds: checks.at(-1).seconds,
    application: faults.length === 0 ? 'clean' : faults.join('\n'),
  };
}
