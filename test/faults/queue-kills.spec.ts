import { setTimeout as sleep } from 'node:timers/promises';
import { DAYS, later, SECONDS, SystemClock } from '../../src/kernel/clock.js';
import { Enrolment, Registration, WaitlistEntry } from '../../src/modules/registration/index.js';
import type { Venue } from '../../src/modules/sitting/index.js';
import { VerifySeats } from '../../src/modules/waitlist/index.js';
import { crowd } from '../support/crowd.js';
import { type TestCandidate, World } from '../support/world.js';
import { type AppProcess, CompiledApplication } from './app-process.js';

/** How often the process is killed: a few times every day, `FAULT_RUNS=50` before something goes out. */
const RUNS = Number(process.env.FAULT_RUNS ?? 2);
const SEATS = 8;
const CANDIDATES = 30;

/** What somebody was told with a 2xx, and which must be so for ever after. */
interface Told {
  what: string;
  isSo: () => Promise<boolean>;
}

let application: CompiledApplication;
let world: World;
let server: AppProcess;
let told: Told[];
let serverErrors: number[];

beforeAll(async () => {
  application = await CompiledApplication.make();
  // it looks on and takes no jobs, so that those of the process that is killed die with it
  world = await World.open({ role: 'api' });
  world.clock.set(new SystemClock().now());
  serverErrors = [];
}, 60 * SECONDS);
afterAll(async () => {
  await server.kill();
  await world.close();
  await application.remove();
}, 60 * SECONDS);

const is = (what: string, isSo: () => Promise<boolean>) => void told.push({ what, isSo });
const rows = () => world.dataSource.manager;
const chance = (of: number) => Math.random() < of;
const upTo = (most: number) => Math.floor(Math.random() * most);

async function call(candidate: TestCandidate, method: string, path: string, body?: object) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${candidate.sessionToken}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (answer.status >= 500) serverErrors.push(answer.status);
  return { yes: answer.ok, body: text ? JSON.parse(text) : undefined };
}

/** Enrols or, where it is full, queues; and may think better of it. */
async function evening(candidate: TestCandidate, venue: Venue): Promise<void> {
  await sleep(upTo(100));
  const enrolled = await call(candidate, 'POST', '/written/enrolments', { venueIds: [venue.id] });
  let entryId: string | undefined;
  if (enrolled.yes) {
    const { id } = enrolled.body.items[0];
    is(`enrolment ${id} is there`, () => rows().existsBy(Enrolment, { id }));
  } else {
    const joined = await call(candidate, 'POST', '/waitlist/entries', { venueId: venue.id });
    if (joined.yes) {
      const id: string = joined.body.id;
      entryId = id;
      is(`entry ${id} is there`, () => rows().existsBy(WaitlistEntry, { id }));
    }
  }
  await sleep(upTo(200));
  if (entryId && chance(0.3)) {
    const id = entryId;
    const reason = { reason: 'GIVE_UP' };
    const cancelled = await call(candidate, 'POST', `/waitlist/entries/${id}/cancellation`, reason);
    if (cancelled.yes)
      is(`entry ${id} is cancelled`, () => rows().existsBy(WaitlistEntry, { id, state: 'CANCELLED' }));
  } else if (chance(0.3)) {
    const { accountId } = candidate;
    const deleted = await call(candidate, 'DELETE', '/registration');
    if (deleted.yes)
      is(`the registration of ${accountId} is deleted`, () =>
        rows().existsBy(Registration, { accountId, state: 'DELETED' }),
      );
  }
}

/** Enrolments of the venue pass their deadline, and lapse. */
async function lapses(venue: Venue): Promise<void> {
  for (;;) {
    await sleep(upTo(60));
    const unpaid = await rows().findBy(Enrolment, { venueId: venue.id, state: 'UNPAID' });
    const ids = unpaid.filter(() => chance(0.3)).map(({ id }) => id);
    const payBy = later(world.clock.now(), -1 * DAYS);
    await world.unitOfWork.run(async (tx) => {
      for (const id of ids) await tx.manager.update(Enrolment, { id, state: 'UNPAID' }, { payBy });
    });
    if ((await server.run('enrolment.lapse')) === undefined) return; // killed
  }
}

async function broken(): Promise<string[]> {
  const kept = await Promise.all(told.map(async ({ what, isSo }) => ((await isSo()) ? [] : [what])));
  return kept.flat();
}
const faults = async () => (await world.use(VerifySeats).execute()).faults;

it(
  `kill -9 in the middle of queueing, lapsing and allocating, ${RUNS} times`,
  async () => {
    const venues: Venue[] = [];
    const promises: Told[] = [];
    for (let run = 1; run <= RUNS; run++) {
      told = [];
      const campus = await world.campus();
      const venue = await world.venue({ campus, seats: SEATS });
      venues.push(venue);
      const candidates = await crowd(world, { campus, size: CANDIDATES });
      server = await application.start({ ...world.config, role: 'all' });
      const evenings = Promise.allSettled(candidates.map((candidate) => evening(candidate, venue)));
      const lapsing = lapses(venue);
      while (told.length === 0) await sleep(1);
      await sleep(upTo(400));
      await server.kill();
      await Promise.all([evenings, lapsing]);

      expect(await faults()).toEqual([]);
      expect(await broken()).toEqual([]);
      promises.push(...told);
    }

    // the next process takes up what was left, also where a wake-up died with the last one
    server = await application.start({ ...world.config, role: 'all' });
    await server.run('waitlist.allocate');
    told = promises;
    expect(await broken()).toEqual([]);
    expect(await faults()).toEqual([]);
    for (const venue of venues) {
      const { taken, waiting, capacity } = await world.seats(venue);
      expect(waiting === 0 || taken === capacity).toBe(true);
    }
    expect(promises.length).toBeGreaterThan(RUNS);
    expect(serverErrors).toEqual([]);
  },
  (RUNS + 2) * 40 * SECONDS,
);
