import { setTimeout as sleep } from 'node:timers/promises';
import { HOURS, later, SystemClock } from '../../src/kernel/clock.js';
import { Enrolment, Registration } from '../../src/modules/registration/index.js';
import { SeatLedgerLine, Venue } from '../../src/modules/sitting/index.js';
import { VerifySeats } from '../../src/modules/waitlist/index.js';
import { levelBits } from '../support/levels.js';
import { World } from '../support/world.js';
import { type AppProcess, CompiledApplication } from './app-process.js';

const CANDIDATES = 48;
const KILLS = 4;
/** Seven processes start here, one after the other; on a machine that is busy with other things, slowly. */
const PATIENCE_MS = 180_000;

/** Somebody who wants both subjects or none, and tries again until told that they have them. */
interface Wanting {
  token: string;
  registrationId: string;
  enrolmentIds?: string[];
}

let application: CompiledApplication;
let world: World;
let server: AppProcess;
let venues: Venue[];
let wanting: Wanting[];

beforeAll(async () => {
  application = await CompiledApplication.make();
  world = await World.open();
  world.clock.set(new SystemClock().now());
  const campus = await world.campus();
  venues = [await world.venue({ campus }), await world.venue({ campus, subject: '8' })];
  wanting = [];
  for (let i = 0; i < CANDIDATES; i++) {
    const candidate = await world.registered({ campus });
    wanting.push({ token: candidate.sessionToken, registrationId: (await candidate.page()).id });
  }
});
afterAll(async () => {
  await server.kill();
  await world.close();
  await application.remove();
});

/** One of them asks; an answer that never comes is no answer. */
async function enrol(who: Wanting, url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(`${url}/api/v1/written/enrolments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${who.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ venueIds: venues.map(({ id }) => id) }),
    });
    const body = (await answer.json()) as { items?: { id: string }[]; code?: string };
    if (answer.status === 201) who.enrolmentIds = body.items!.map(({ id }) => id);
    // the answer to an earlier try was lost, not the enrolment
    if (body.code === 'LEVEL_CONFLICT') who.enrolmentIds = await liveOf(who);
    return answer.status;
  } catch {
    return undefined;
  }
}

const rows = <T extends object>(entity: new () => T): Promise<T[]> => world.dataSource.manager.find(entity);
const live = ({ state }: Enrolment) => state === 'UNPAID' || state === 'PAID';
const liveOf = async ({ registrationId }: Wanting) =>
  (await rows(Enrolment)).filter((e) => e.registrationId === registrationId && live(e)).map(({ id }) => id);
const sorted = (ids: string[]) => [...ids].sort();
const atRandom = (most: number) => Math.floor(Math.random() * most);

/** Kills the process as soon as its work has left some more rows, or a moment later: in the middle of the next ones. */
async function killAmong(work: Promise<unknown>, count: () => Promise<number>): Promise<void> {
  let over = false;
  void work.finally(() => {
    over = true;
  });
  const enough = (await count()) + 1 + atRandom(10);
  while (!over && (await count()) < enough) await sleep(1);
  await sleep(atRandom(8));
  await server.kill();
  await work;
}

/** Nobody holds half of anything: seat, level, row, and ledger line stand or fall together. */
async function everythingIsWhole(): Promise<void> {
  expect((await world.use(VerifySeats).execute()).faults).toEqual([]);
  const [enrolments, lines, registrations] = await Promise.all([
    rows(Enrolment),
    rows(SeatLedgerLine),
    rows(Registration),
  ]);
  const liveOnes = enrolments.filter(live);
  const named = (move: string) => lines.filter((line) => line.move === move).map(({ holderId }) => holderId!);
  expect(sorted(named('CLAIM'))).toEqual(sorted(enrolments.map(({ id }) => id)));
  expect(sorted(named('RELEASE'))).toEqual(sorted(enrolments.filter((e) => !live(e)).map(({ id }) => id)));
  for (const { id, levelsHeld } of registrations) {
    const held = liveOnes.filter(({ registrationId }) => registrationId === id);
    expect([id, levelsHeld]).toEqual([id, levelBits(held)]);
  }
  const known = enrolments.map(({ id }) => id);
  expect(
    wanting.flatMap(({ enrolmentIds = [] }) => enrolmentIds).filter((id) => !known.includes(id)),
  ).toEqual([]);
}

it(
  'kill -9 among enrolments: who was told they are enrolled is, with both subjects, and nobody with half',
  async () => {
    let unanswered = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      server = await application.start(world.config);
      const { url } = server;
      const hopeful = wanting.filter(({ enrolmentIds }) => !enrolmentIds);
      // not all at once, or they would be served together before the kill
      const answers = Promise.all(
        hopeful.map(async (who) => {
          await sleep(atRandom(400));
          return enrol(who, url);
        }),
      );
      await killAmong(answers, () => world.dataSource.manager.count(Enrolment));
      unanswered += (await answers).filter((status) => status === undefined).length;
      await everythingIsWhole();
      const held = await Promise.all(wanting.map(async (who) => (await liveOf(who)).length));
      expect(held.filter((subjects) => subjects !== 0 && subjects !== venues.length)).toEqual([]);
    }
    expect(unanswered).toBeGreaterThan(0);

    server = await application.start(world.config);
    const { url } = server;
    await Promise.all(wanting.filter(({ enrolmentIds }) => !enrolmentIds).map((who) => enrol(who, url)));
    await everythingIsWhole();
    expect((await rows(Enrolment)).filter(live)).toHaveLength(2 * CANDIDATES);
    for (const venue of venues) expect(await world.seats(venue)).toMatchObject({ taken: CANDIDATES });
  },
  PATIENCE_MS,
);

it(
  'kill -9 among lapses: every seat that went back went back whole, and the next run takes the rest',
  async () => {
    const overdue = later(world.clock.now(), -HOURS);
    await world.unitOfWork.run((tx) => tx.manager.update(Enrolment, { state: 'UNPAID' }, { payBy: overdue }));
    const lapsed = () => world.dataSource.manager.countBy(Enrolment, { state: 'LAPSED' });
    // the first of them is what the last of the enrolments left running: starting one takes longest of all
    for (let kill = 1; kill <= 2; kill++) {
      await killAmong(server.run('enrolment.lapse'), lapsed);
      await everythingIsWhole();
      server = await application.start(world.config);
    }
    expect(await lapsed()).toBeLessThan(2 * CANDIDATES);

    await server.run('enrolment.lapse');
    await everythingIsWhole();
    expect(await lapsed()).toBe(2 * CANDIDATES);
    for (const venue of venues) expect(await world.seats(venue)).toMatchObject({ taken: 0 });
  },
  PATIENCE_MS,
);
