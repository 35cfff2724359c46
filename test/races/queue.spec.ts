import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Response } from 'supertest';
import { HOURS, MINUTES } from '../../src/kernel/clock.js';
import { OutboxMessage } from '../../src/modules/notification/index.js';
import { Enrolment, WaitlistEntry } from '../../src/modules/registration/index.js';
import { type Campus, type Venue, VenueSeats } from '../../src/modules/sitting/index.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { countLevelsHeld } from '../support/levels.js';
import { type TestCandidate, World } from '../support/world.js';
import { without } from './guards.js';
import {
  count,
  letStatementsTravel,
  rivals,
  seatFaults,
  tally,
  untilBothEndsAreSeen,
  untilItShows,
} from './race.js';

/** About as long as the one takes longer than the other to where they meet; where they take turns, all before it count. */
const HEAD_START_MS = engine === 'sqlite' ? 400 : 100;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await letStatementsTravel(world);
});
afterEach(() => void jest.restoreAllMocks());

/** A full venue, who holds its seats, who waits for one (in no order of their own), and some who have nothing yet. */
async function fullVenue(sizes: { seats: number; waiting: number; newcomers?: number }) {
  const { seats, waiting, newcomers = 0 } = sizes;
  const campus = await world.campus();
  const venue = await world.venue({ campus, seats });
  const everybody = await crowd(world, { campus, size: seats + waiting + newcomers });
  const holders = everybody.slice(0, seats);
  await Promise.all(holders.map((holder) => holder.enrols(venue)));
  const inLine = await Promise.all(
    everybody.slice(seats, seats + waiting).map(async (candidate) => ({
      candidate,
      entryId: (await candidate.waitsFor(venue)).id,
    })),
  );
  return { venue, holders, inLine, newcomers: everybody.slice(seats + waiting) };
}

const resize = (venue: Venue, capacity: number) =>
  world.unitOfWork.run((tx) =>
    world.use(VenueSeats).resize(tx, { venueId: venue.id, capacity, cause: 'TEST' }),
  );
const tries = (candidate: TestCandidate, venue: Venue) =>
  candidate.post('/written/enrolments', { venueIds: [venue.id] });
const cancels = ({ candidate, entryId }: { candidate: TestCandidate; entryId: string }) =>
  candidate.post(`/waitlist/entries/${entryId}/cancellation`, { reason: 'GIVE_UP' });
const rows = {
  unpaid: () => world.dataSource.manager.countBy(Enrolment, { state: 'UNPAID' }),
  levels: () => countLevelsHeld(world),
  told: () => world.dataSource.manager.countBy(OutboxMessage, { template: 'waitlist.allocated' }),
  entries: () => world.dataSource.manager.find(WaitlistEntry, { order: { place: 'ASC' } }),
};

/** How many faults of this wording, or of any, there are once the race has gone wrong. */
const untilFaulty = (race: () => Promise<unknown>, wording = '') =>
  untilItShows(world, race, async () => {
    const faults = await seatFaults(world);
    return faults.filter((fault) => fault.includes(wording)).length;
  });

/** The head of a line, first in line first. */
async function firstInLine<T extends { entryId: string }>(inLine: readonly T[], length = inLine.length) {
  const places = (await rows.entries()).map(({ id }) => id);
  return [...inLine].sort((a, b) => places.indexOf(a.entryId) - places.indexOf(b.entryId)).slice(0, length);
}

describe('50 wait while 20 lapse, 10 cancel and 30 newcomers try', () => {
  /** The last has not been served yet when it is asked for, the first has by the time its turn comes. */
  async function fromTheBack(head: readonly Parameters<typeof cancels>[0][]) {
    const answers: Response[] = [];
    for (const one of [...head].reverse()) answers.push(await cancels(one));
    return answers;
  }

  async function night() {
    const { venue, inLine, newcomers } = await fullVenue({ seats: 20, waiting: 50, newcomers: 30 });
    world.clock.advance(24 * HOURS + 10 * MINUTES);
    let over = false;
    const attempts = newcomers.map(async (newcomer) => {
      const answers: Response[] = [];
      for (; !over; await sleep(Math.random() * 400)) answers.push(await tries(newcomer, venue));
      return answers;
    });
    await tries(newcomers[0]!, venue); // by now all of them are at it
    const everySecond = (await firstInLine(inLine, 20)).filter((_, i) => i % 2 === 0);
    const [cancellations] = await rivals(
      () => fromTheBack(everySecond),
      () => Promise.all([world.job('enrolment.lapse'), world.job('enrolment.lapse')]),
      HEAD_START_MS,
    );
    over = true;
    const newcomersWereTold = (await Promise.all(attempts)).flat();
    await world.job('waitlist.allocate');
    return { venue, cancellations, newcomersWereTold };
  }

  /** One night; how many cancelled, and how many had a seat before they could. */
  async function cancelledOrServed() {
    const { venue, cancellations, newcomersWereTold } = await night();
    const cancelled = count(cancellations, 200);
    expect(Object.keys(tally(cancellations)).sort()).toEqual(
      ['200', ...(cancelled < 10 ? ['409 ENTRY_NOT_WAITING'] : [])].slice(cancelled > 0 ? 0 : 1),
    );
    for (const kind of Object.keys(tally(newcomersWereTold)))
      expect(['409 QUEUE_AHEAD', '409 SEATS_FULL']).toContain(kind);

    const states = (await rows.entries()).map(({ state }) => state).filter((state) => state !== 'CANCELLED');
    expect(states).toEqual([...Array(20).fill('ALLOCATED'), ...Array(30 - cancelled).fill('WAITING')]);
    expect(await world.seats(venue)).toMatchObject({ taken: 20, waiting: 30 - cancelled });
    expect(await rows.unpaid()).toBe(20);
    expect(await rows.levels()).toBe(50 - cancelled);
    expect(await rows.told()).toBe(20);
    expect(await seatFaults(world)).toEqual([]);
    return [cancelled, 10 - cancelled] as const;
  }

  it('the first 20 who still wait get the seats, and no newcomer passes them (R-WL-3, R-WL-4)', () =>
    untilBothEndsAreSeen(world, cancelledOrServed));

  it('control: where a claim does not heed the queue, newcomers pass it', async () => {
    without.queueAhead(world);
    expect(await untilFaulty(night, 'a claim passed those who wait')).toBeGreaterThan(0);
  });
});

describe('cancelling against allocating', () => {
  /** Seats come free one by one for 30 who wait, while all of them cancel, the first in line first: they meet there. */
  async function changeOfMind() {
    const { venue, inLine } = await fullVenue({ seats: 1, waiting: 30 });
    const line = await firstInLine(inLine);
    const cancellations: Response[] = [];
    const cancelInTurn = async () => {
      for (let next = line.shift(); next; next = line.shift()) cancellations.push(await cancels(next));
    };
    const freeOneByOne = async () => {
      for (let capacity = 2; line.length > 0; capacity++) {
        await resize(venue, capacity);
        await world.job('waitlist.allocate', { venueId: venue.id });
      }
    };
    await Promise.all([cancelInTurn(), cancelInTurn(), cancelInTurn(), freeOneByOne()]);
    return { venue, cancellations };
  }

  /** One change of mind of 30; how many cancelled, and how many had a seat before they could. */
  async function cancelledOrServed() {
    const { venue, cancellations } = await changeOfMind();
    const cancelled = count(cancellations, 200);
    const allocated = count(cancellations, 409);
    expect(cancelled + allocated).toBe(30);
    const states = (await rows.entries()).map(({ state }) => state);
    expect(states.filter((state) => state === 'CANCELLED')).toHaveLength(cancelled);
    expect(states.filter((state) => state === 'ALLOCATED')).toHaveLength(allocated);
    expect(await world.seats(venue)).toMatchObject({ taken: 1 + allocated, waiting: 0 });
    expect(await rows.unpaid()).toBe(1 + allocated);
    expect(await rows.levels()).toBe(1 + allocated);
    expect(await rows.told()).toBe(allocated);
    expect(await seatFaults(world)).toEqual([]);
    return [cancelled, allocated] as const;
  }

  it('ends each entry once: cancelled, or with a seat', () => untilBothEndsAreSeen(world, cancelledOrServed));

  // transactions on SQLite take turns, so what guards them against each other there is that they do: its control is
  // in test/platform/database/serial-sqlite.spec.ts
  if (engine === 'mariadb') {
    it('control: without lock and compare-and-swap an entry is cancelled and allocated too', async () => {
      without.registrationLock(world);
      without.entryCompareAndSwap(world);
      expect(await untilFaulty(changeOfMind)).toBeGreaterThan(0);
    });
  }
});

describe('deleting a registration against allocating', () => {
  /** In each of 20 venues a seat comes free for two who wait, and the first of them deletes the registration. */
  async function leaving() {
    const campuses: Campus[] = [];
    const venues: Venue[] = [];
    for (let i = 0; i < 20; i++) {
      campuses.push(await world.campus());
      venues.push(await world.venue({ campus: campuses[i], seats: 0 }));
    }
    const first = await crowd(world, { campus: campuses, size: 20 });
    const second = await crowd(world, { campus: campuses, size: 20 });
    for (const line of [first, second])
      await Promise.all(line.map((candidate, i) => candidate.waitsFor(venues[i]!)));
    const pairs = await Promise.all(
      first.map((candidate, i) =>
        rivals(
          () => candidate.delete('/registration'),
          () => resize(venues[i]!, 1),
          HEAD_START_MS,
        ),
      ),
    );
    await world.job('waitlist.allocate');
    return { venues, deletions: pairs.map(([deletion]) => deletion), second };
  }

  /** 20 who leave; how many waited still, and how many had the seat already. */
  async function waitingOrServed() {
    const { venues, deletions, second } = await leaving();
    expect(tally(deletions)).toEqual({ '204': 20 });
    for (const venue of venues) expect(await world.seats(venue)).toMatchObject({ taken: 1, waiting: 0 });
    for (const candidate of second)
      expect((await candidate.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
    expect(await rows.unpaid()).toBe(20);
    expect(await rows.levels()).toBe(20);
    expect(await seatFaults(world)).toEqual([]);
    const served = (await rows.entries()).filter(({ state }) => state === 'ALLOCATED').length - second.length;
    return [20 - served, served] as const;
  }

  it('lets no seat be lost to who is gone: the next in line has it', () =>
    untilBothEndsAreSeen(world, waitingOrServed));

  // see above: transactions on SQLite take turns
  if (engine === 'mariadb') {
    it('control: without the registration’s lock somebody who is gone is given a seat', async () => {
      without.registrationLock(world);
      expect(await untilFaulty(leaving, 'of a registration that is deleted')).toBeGreaterThan(0);
    });
  }
});

describe('two workers on one venue', () => {
  let other: World;
  beforeAll(async () => {
    // two processes on one SQLite file would wait for each other inside one process; there, two jobs at once must do
    other = engine === 'mariadb' ? await world.beside() : world;
  });
  afterAll(async () => {
    if (other !== world) await other.close();
  });

  /** 30 enrolments lapse and 40 wait; both workers do everything. */
  async function shift() {
    const { venue } = await fullVenue({ seats: 30, waiting: 40 });
    world.clock.advance(24 * HOURS + 10 * MINUTES);
    const lapses = Promise.all([world, other].map((worker) => worker.job('enrolment.lapse')));
    const allocations = [world, other, world, other].map((worker) =>
      worker.job('waitlist.allocate', { venueId: venue.id }),
    );
    const lapsed = (await lapses) as { lapsed: number; postponed: number }[];
    await Promise.all(allocations);
    await Promise.all([world.job('waitlist.allocate'), other.job('waitlist.allocate')]);
    return { venue, lapsed };
  }

  it('do each thing once (R-JB-2)', async () => {
    const { venue, lapsed } = await shift();
    expect(lapsed.reduce((sum, run) => sum + run.lapsed, 0)).toBe(30);
    expect(lapsed.map(({ postponed }) => postponed)).toEqual([0, 0]);
    expect(await world.dataSource.manager.countBy(Enrolment, { state: 'LAPSED' })).toBe(30);
    const states = (await rows.entries()).map(({ state }) => state);
    expect(states).toEqual([...Array(30).fill('ALLOCATED'), ...Array(10).fill('WAITING')]);
    expect(await world.seats(venue)).toMatchObject({ capacity: 30, taken: 30, waiting: 10 });
    expect(await rows.unpaid()).toBe(30);
    expect(await rows.told()).toBe(30);
    expect(await seatFaults(world)).toEqual([]);
  });

  // see above: transactions on SQLite take turns
  if (engine === 'mariadb') {
    it('control: without lock and compare-and-swap they do some things twice', async () => {
      for (const worker of [world, other]) {
        without.registrationLock(worker);
        without.entryCompareAndSwap(worker);
        without.enrolmentCompareAndSwap(worker);
      }
      expect(await untilFaulty(shift)).toBeGreaterThan(0);
    });
  }
});
