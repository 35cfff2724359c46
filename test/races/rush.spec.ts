import { jest } from '@jest/globals';
import { shuffled } from '../../src/kernel/shuffled.js';
import { Enrolment, LevelClaim, WaitlistEntry } from '../../src/modules/registration/index.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
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
    expect(await world.dataSource.manager.count(LevelClaim)).toBe(40);
    expect(await seatFaults(world)).toEqual([]);
  }

  it('holds one subject of each level in the end', async () => expectOneEach(await grabbing()));

  // what follows is about transactions that run at the same time, which those of SQLite never do
  if (engine === 'mariadb') {
    it('the level’s primary key sees to it even where nobody locks the registration', async () => {
      without.registrationLock(world);
      await expectOneEach(await grabbing());
    });

    it('control: without that key somebody gets hold of two', async () => {
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
    expect(await world.dataSource.manager.count(LevelClaim)).toBe(30);
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
