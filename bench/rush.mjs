/** The registration rush and what follows it: one database, one API process, one worker. */
import { takeSeats } from './bare-sql.mjs';
import { callBy, enrol, openPage } from './clients.mjs';
import { median, medians, refusedIn, sum } from './figures.mjs';
import { candidate, Numbers, venuesOf } from './people.mjs';
import { checkSeats, enrolmentsIn } from './seat-check.mjs';
import { analyse, seedCampuses, seedCandidates, seedSessions, seedSitting } from './seed.mjs';
import { Process } from './system.mjs';
import { drain, singleSeats, waveOfLapses } from './waitlist-run.mjs';

const MANY_VENUES = 100;
const WARM_UP_CLIENTS = 16;
/** What the registration page is measured at. */
const PAGE_CLIENTS = 64;

/** Candidates who can enrol, as many as there are seats in their venues (or so many more). */
export async function seedRush(pool, numbers, count, venues, seats = count) {
  const group = numbers.group(count, venues);
  await seedCampuses(pool, group, Math.ceil(seats / venues));
  await seedCandidates(pool, group, { holdingNothing: true });
  await seedSessions(pool, group);
  return group;
}

/** Venues of their own for bare SQL, with seats for all of it. */
export async function seedBare(pool, numbers, count, venues) {
  const group = numbers.group(0, venues);
  await seedCampuses(pool, group, Math.ceil(count / venues));
  return venuesOf(group);
}

export const callsOf = (group, from, count, call) =>
  Array.from({ length: count }, (_, i) => call(candidate(group, from + i)));

/** @param {import('./system.mjs').Setting} setting */
export async function runRush(server, setting, size, say) {
  const numbers = new Numbers();
  const database = await server.create('rush', setting.app);
  const seeding = database.pool(4);
  const bare = database.pool(setting.pool);
  await seedSitting(seeding);

  say('Candidates, venues …');
  const total = size.clients.length * size.rounds;
  const scenarios = [];
  for (const [name, venues] of [
    ['one hot venue', 1],
    [`${MANY_VENUES} venues`, MANY_VENUES],
  ]) {
    const group = await seedRush(seeding, numbers, total * size.enrolments, venues);
    scenarios.push({
      name,
      group,
      used: 0,
      bareVenues: await seedBare(seeding, numbers, total * size.bare, venues),
    });
  }
  const warm = await seedRush(seeding, numbers, size.warmUp, 10);
  const warmBare = await seedBare(seeding, numbers, size.warmUp, 10);
  await analyse(seeding);

  const api = await Process.start(setting, database, 'api');
  say('Warming up …');
  await callBy(api.port, WARM_UP_CLIENTS, callsOf(warm, 0, size.warmUp, enrol));
  await callBy(api.port, WARM_UP_CLIENTS, callsOf(warm, 0, size.warmUp, openPage));
  await takeSeats(bare, WARM_UP_CLIENTS, warmBare, size.warmUp);

  const enrolments = [];
  for (const scenario of scenarios)
    for (const clients of size.clients) {
      enrolments.push(await compare(api, bare, scenario, clients, size));
      say(`${scenario.name}, ${clients} clients: ${enrolments.at(-1).ratio.toFixed(3)} of bare SQL`);
    }

  const pages = [];
  const [{ group: seen }] = scenarios;
  for (let i = 0; i < size.rounds; i++)
    pages.push(await callBy(api.port, PAGE_CLIENTS, callsOf(seen, i * size.pages, size.pages, openPage)));
  say(`The registration page, ${PAGE_CLIENTS} clients: ${pages.length} rounds`);

  const soldOut = await sellOut(api, seeding, numbers, size, say);
  const answered = [...scenarios.map(({ group }) => group), ...soldOut.map(({ group }) => group)];
  const stored = await enrolmentsIn(seeding, answered.flatMap(venuesOf));
  const successes =
    sum(enrolments.map(({ app }) => app.answers['201'] ?? 0)) +
    sum(soldOut.map(({ round }) => round.answers['201'] ?? 0));

  const waitlist = await runWaitlist(setting, database, api, seeding, numbers, size, say);
  await api.stop();
  say('Checking every seat …');
  const seats = await checkSeats(setting.app, database, [
    ...scenarios.flatMap(({ bareVenues }) => bareVenues),
    ...warmBare,
  ]);
  const page = medians(pages);
  return {
    enrolments,
    pages: { clients: PAGE_CLIENTS, ...page },
    refused: sum(enrolments.map(({ app }) => refusedIn(app, '201'))) + refusedIn(page, '200'),
    soldOut,
    waitlist,
    seats: { ...seats, lost: successes - stored },
  };
}

/** Rounds of bare SQL and of the application in turn: what else the machine does meanwhile slows both. */
export async function compare(api, bare, scenario, clients, size) {
  const rounds = { app: [], bare: [], cpu: [] };
  for (let i = 0; i < size.rounds; i++) {
    rounds.bare.push(await takeSeats(bare, clients, scenario.bareVenues, size.bare));
    const calls = callsOf(scenario.group, scenario.used, size.enrolments, enrol);
    scenario.used += size.enrolments;
    const cpu = await api.cpuSeconds();
    const round = await callBy(api.port, clients, calls);
    rounds.app.push(round);
    rounds.cpu.push((1000 * ((await api.cpuSeconds()) - cpu)) / round.done);
  }
  return {
    name: scenario.name,
    clients,
    app: medians(rounds.app),
    bare: medians(rounds.bare),
    /** Processor time of the API's process, ms a request. */
    cpuMs: median(rounds.cpu),
    ratio: median(rounds.app.map((round, i) => round.perSecond / rounds.bare[i].perSecond)),
  };
}

/** More candidates than seats: some must be refused, and not one too many let in. */
async function sellOut(api, pool, numbers, { sellOut: { candidates, seats }, clients }, say) {
  const most = Math.max(...clients);
  const done = [];
  for (const venues of [1, MANY_VENUES]) {
    const group = await seedRush(pool, numbers, candidates, venues, seats);
    const round = await callBy(api.port, most, callsOf(group, 0, candidates, enrol));
    done.push({ group, venues, clients: most, candidates, seats, round });
    say(`Sold out, ${venues} venues: ${JSON.stringify(round.answers)}`);
  }
  return done;
}

async function runWaitlist(setting, database, api, pool, numbers, { wave, drained }, say) {
  const worker = await Process.start(setting, database, 'worker');
  try {
    const waves = [];
    for (const venues of [1, wave.manyVenues]) {
      waves.push({ venues, ...(await waveOfLapses(setting, database, pool, numbers, { ...wave, venues })) });
      say(`${wave.holding} lapses in ${venues} venues: done`);
    }
    const single = await singleSeats(api, pool, numbers, wave.single);
    say('Single seats: done');
    const queue = await drain(setting, database, pool, numbers, drained);
    say(`A queue of ${drained}: done`);
    return { waves, single, queue };
  } finally {
    await worker.stop();
  }
}
