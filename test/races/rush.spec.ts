import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Response } from 'supertest';
import { shuffled } from '../../src/kernel/shuffled.js';
import { Enrolment, WaitlistEntry } from '../../src/modules/registration/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { countLevelsHeld } from '../support/levels.js';
import { World } from '../support/world.js';
import { without } from './guards.js';
import { count, letStatementsTravel, seatFaults, tally } from './race.js';

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

describe('one subject per level (R-WE-2): a candidate whose two hands do not know of each other', () => {
  /** Each of 20 candidates enrols in English 4 and Japanese 4, and queues for German 4, all at once; and in Japanese 6. */
  async function grabbing() {
    const campus = await world.campus();
    const [english, japanese, japanese6] = [
      await world.venue({ campus, seats: 30 }),
      await world.venue({ campus, subject: '3', seats: 30 }),
      await world.venue({ campus, subject: '4', seats: 30 }),
    ];
    const german = await world.venue({ campus, subject: '5', seats: 0 });
    const candidates = await crowd(world, { campus, size: 20 });
    const enrol = (venue: { id: string }) => ['/written/enrolments', { venueIds: [venue.id] }] as const;
    const hands = [enrol(english), enrol(japanese), ['/waitlist/entries', { venueId: german.id }] as const];
    const answers = await Promise.all(
      candidates.flatMap((candidate) =>
        shuffled([...hands, enrol(japanese6)]).map(([path, body]) => candidate.post(path, body)),
      ),
    );
    const held = [
      ...(await world.dataSource.manager.findBy(Enrolment, { state: 'UNPAID' })),
      ...(await world.dataSource.manager.findBy(WaitlistEntry, { state: 'WAITING' })),
    ].map(({ registrationId, level }) => `${registrationId} ${level}`);
    return { answers, held };
  }

  async function expectOneEach({ answers, held }: Awaited<ReturnType<typeof grabbing>>) {
    expect(tally(answers)).toEqual({ '201': 40, '409 LEVEL_CONFLICT': 40 });
    expect(new Set(held).size).toBe(40);
    expect(held).toHaveLength(40);
    expect(await countLevelsHeld(world)).toBe(40);
    expect(await seatFaults(world)).toEqual([]);
  }

  it('holds one subject of each level in the end', async () => expectOneEach(await grabbing()));

  // what follows is about transactions that run at the same time, which those of SQLite never do
  if (engine === 'mariadb') {
    it('the level’s conditional update sees to it even where nobody locks the registration', async () => {
      without.registrationLock(world);
      await expectOneEach(await grabbing());
    });

    it('control: without that update somebody gets hold of two', async () => {
      without.registrationLock(world);
      without.oneSubjectPerLevel(world);
      const { held } = await grabbing();
      expect(new Set(held).size).toBeLessThan(held.length);
    });
  }
});

describe('200 candidates for 30 seats', () => {
  async function rush() {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 30 });
    const candidates = await crowd(world, { campus, size: 200 });
    const answers = await Promise.all(
      candidates.map((candidate) => candidate.post('/written/enrolments', { venueIds: [venue.id] })),
    );
    return { venue, answers };
  }

  it('30 get one, 170 are told that it is full, and nobody is told anything else', async () => {
    const { venue, answers } = await rush();
    expect(tally(answers)).toEqual({ '201': 30, '409 SEATS_FULL': 170 });
    expect(await world.seats(venue)).toEqual({ capacity: 30, taken: 30, waiting: 0, sequence: 30 });
    expect(await world.dataSource.manager.count(Enrolment)).toBe(30);
    expect(await countLevelsHeld(world)).toBe(30);
    expect(await seatFaults(world)).toEqual([]);
  });

  it('control: looking first and writing afterwards sells seats that are not there', async () => {
    await without.countsCheck(world);
    without.conditionalClaim(world);
    const { venue, answers } = await rush();
    const { taken } = await world.seats(venue);
    expect(count(answers, 201)).toBe(taken);
    expect(taken).toBeGreaterThan(30);
    expect((await seatFaults(world)).join()).toContain('a claim without a free seat');
  });
});

// a second process on the embedded file would have to wait for the first
if (engine === 'mariadb') {
  test('whoever is being served when a process is told to end is answered', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 500 });
    const candidates = await crowd(world, { campus, size: 150 });
    const ending = await world.beside();
    let received = 0;
    ending.app.getHttpServer().on('request', () => received++);
    const answers = Promise.all(
      candidates.map(({ sessionToken }) =>
        fetch(`${ending.url}/api/v1/written/enrolments`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${sessionToken}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ venueIds: [venue.id] }),
        }),
      ),
    );
    while (received < candidates.length) await sleep(1);
    await ending.close();
    expect((await answers).map(({ status }) => status)).toEqual(Array(150).fill(201));
    expect(await world.dataSource.manager.count(Enrolment)).toBe(150);
  });
}

describe('the proof of all seats while candidates enrol', () => {
  async function proving() {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 80 });
    const line = await crowd(world, { campus, size: 60 });
    const answers: Response[] = [];
    const faults: string[] = [];
    const enrolInTurn = async () => {
      for (let next = line.shift(); next; next = line.shift())
        answers.push(await next.post('/written/enrolments', { venueIds: [venue.id] }));
    };
    let proved = 0;
    const prove = async () => {
      for (; line.length > 0; proved++) faults.push(...(await seatFaults(world)));
    };
    await Promise.all([enrolInTurn(), enrolInTurn(), enrolInTurn(), prove(), prove()]);
    return { answers, faults, proved };
  }

  it('finds nothing wrong', async () => {
    const { answers, faults, proved } = await proving();
    expect(tally(answers)).toEqual({ '201': 60 });
    expect(faults).toEqual([]);
    expect(proved).toBeGreaterThan(2);
  });

  // on SQLite whoever reads has the database to itself
  if (engine === 'mariadb') {
    it('goes on although somebody holds the venue', async () => {
      const venue = await world.venue({ campus: await world.campus(), seats: 1 });
      const holder = world.dataSource.createQueryRunner();
      await holder.startTransaction();
      await holder.query('UPDATE venue SET sequence = sequence + 1 WHERE id = ?', [venue.id]);
      expect(await seatFaults(world)).toEqual([]);
      await holder.rollbackTransaction();
      await holder.release();
    });

    it('control: read at several moments, what fits does not seem to', async () => {
      const unitOfWork = world.use(UnitOfWork);
      jest.spyOn(unitOfWork, 'readOneMoment').mockImplementation((work) => work(unitOfWork.read()));
      expect((await proving()).faults).not.toEqual([]);
    });
  }
});
