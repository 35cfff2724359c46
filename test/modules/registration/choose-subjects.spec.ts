import { jest } from '@jest/globals';
import { ChooseSubjects } from '../../../src/modules/registration/choose-subjects.js';
import { Enrolment, Registration, RegistrationRepository } from '../../../src/modules/registration/index.js';
import { VenueSeats } from '../../../src/modules/sitting/index.js';
import { ChooseWrittenSubjects } from '../../../src/modules/written-exam/choose-written-subjects.use-case.js';
import { seatFaults, tally } from '../../races/race.js';
import { crowd } from '../../support/crowd.js';
import { engine } from '../../support/engine.js';
import { StatementCounter } from '../../support/statement-counter.js';
import type { TestCandidate } from '../../support/world.js';
import { World } from '../../support/world.js';

const statements = new StatementCounter();
let world: World;
beforeAll(async () => {
  world = await World.open({}, statements);
});
afterAll(() => world.close());
beforeEach(() => world.reset());
afterEach(() => void jest.restoreAllMocks());

const choose = (candidate: TestCandidate, ...venues: { id: string }[]) =>
  candidate.post('/written/enrolments', { venueIds: venues.map(({ id }) => id) });
/** Past the door, so that all of them ask at the very same moment and in this order. */
const asks = ({ accountId }: TestCandidate, ...venues: { id: string }[]) =>
  world
    .use(ChooseWrittenSubjects)
    .execute({ venueIds: venues.map(({ id }) => id) }, { type: 'CANDIDATE', accountId, sessionId: 'any' });

describe('Candidates who choose at the same moment', () => {
  it('are enrolled, and whoever may not is refused alone', async () => {
    const campus = await world.campus();
    const elsewhere = await world.venue({ campus: await world.campus() });
    const [english, japanese, notYet, full, queue] = [
      await world.venue({ campus }),
      await world.venue({ campus, subject: '3' }),
      await world.venue({ campus, subject: '5', feeFen: null }),
      await world.venue({ campus, subject: '7', seats: 0 }),
      await world.venue({ campus, subject: '9', seats: 5, waiting: 1 }),
    ];
    const candidates = await crowd(world, { campus, size: 14 });
    const [first, ...others] = candidates;
    await choose(first!, english).expect(201);

    const wishes = [[japanese], [english], [elsewhere], [notYet], [full], [queue], [english, japanese]];
    const answers = await Promise.all([
      choose(first!, japanese),
      ...others.map((candidate, i) => choose(candidate, ...wishes[i % wishes.length]!)),
    ]);

    expect(tally(answers)).toEqual({
      '201': 4,
      '409 LEVEL_CONFLICT': 2,
      '409 CAMPUS_NOT_ALLOWED': 2,
      '409 FEE_UNSET': 2,
      '409 SEATS_FULL': 2,
      '409 QUEUE_AHEAD': 2,
    });
    expect(await world.dataSource.manager.count(Enrolment)).toBe(5);
    expect(await world.seats(english)).toMatchObject({ taken: 3, sequence: 3 });
    expect(await world.seats(japanese)).toMatchObject({ taken: 2, sequence: 2 });
  });

  it('each read what they themselves chose', async () => {
    const campus = await world.campus();
    const venues = [await world.venue({ campus }), await world.venue({ campus, subject: '4', feeFen: 4200 })];
    const candidates = await crowd(world, { campus, size: 8 });
    const answers = await Promise.all(
      candidates.map((candidate, i) => choose(candidate, venues[i % 2]!).expect(201)),
    );
    for (const [i, { body }] of answers.entries()) {
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ venueId: venues[i % 2]!.id, campus: { code: campus.code } });
      const page = (await candidates[i]!.get('/registration').expect(200)).body;
      expect(JSON.stringify(page)).toContain(body.items[0].id);
    }
  });

  it('are as many as there are seats for, and every seat has its line', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 5 });
    const candidates = await crowd(world, { campus, size: 12 });
    const answers = await Promise.all(candidates.map((candidate) => choose(candidate, venue)));
    expect(tally(answers)).toEqual({ '201': 5, '409 SEATS_FULL': 7 });
    expect(await world.seats(venue)).toEqual({ capacity: 5, taken: 5, waiting: 0, sequence: 5 });
    expect(await seatFaults(world)).toEqual([]);
  });

  it('get all they chose, or nothing of it', async () => {
    const campus = await world.campus();
    const [english, russian] = [
      await world.venue({ campus, seats: 20 }),
      await world.venue({ campus, subject: '8', seats: 3 }),
    ];
    const candidates = await crowd(world, { campus, size: 10 });
    const answers = await Promise.all(candidates.map((candidate) => choose(candidate, english, russian)));
    expect(tally(answers)).toEqual({ '201': 3, '409 SEATS_FULL': 7 });
    expect(await world.seats(english)).toMatchObject({ taken: 3 });
    expect(await world.seats(russian)).toMatchObject({ taken: 3 });
    expect(await world.dataSource.manager.count(Enrolment)).toBe(6);
  });

  it('get the last seats in the order they came', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 30 });
    const candidates = await crowd(world, { campus, size: 60 });
    const outcomes = await Promise.allSettled(candidates.map((candidate) => asks(candidate, venue)));
    const won = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
    expect(won).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('look again when another process has taken the last seats meanwhile', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 3 });
    const candidates = await crowd(world, { campus, size: 3 });
    const seats = world.use(VenueSeats);
    const { claimAll } = seats;
    jest.spyOn(seats, 'claimAll').mockImplementationOnce(async (tx, causes) => {
      await claimAll.call(seats, tx, causes);
      return false;
    });
    await Promise.all(candidates.map((candidate) => asks(candidate, venue)));
    expect(await world.seats(venue)).toEqual({ capacity: 3, taken: 3, waiting: 0, sequence: 3 });
    expect(await world.dataSource.manager.count(Enrolment)).toBe(3);
  });

  it('are served together although one of them asks twice', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidates = await crowd(world, { campus, size: 40 });
    const impatient = candidates[0]!;
    const { result, counted } = await statements.during(() =>
      Promise.allSettled([impatient, ...candidates].map((candidate) => asks(candidate, venue))),
    );
    const refused = result.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(['LEVEL_CONFLICT']);
    expect(await world.seats(venue)).toMatchObject({ taken: 40 });
    expect(counted.filter((sql) => /^(BEGIN|START TRANSACTION)/.test(sql))).toHaveLength(2);
  });

  it('do not suffer from one whose rules break', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidates = await crowd(world, { campus, size: 4 });
    const breaking = (): void => {
      throw new TypeError('A rule has a bug.');
    };
    const outcomes = await Promise.allSettled(
      candidates.map(({ accountId }, i) =>
        world.use(ChooseSubjects).execute({
          actor: { type: 'CANDIDATE', accountId, sessionId: 'any' },
          venueIds: [venue.id],
          kind: 'WRITTEN',
          mayChoose: i === 1 ? breaking : () => undefined,
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await world.seats(venue)).toMatchObject({ taken: 3 });
  });

  // on SQLite nobody can hold a row while others go on
  if (engine === 'mariadb') {
    it('do not wait for one whose registration somebody else holds, who is served when it is free', async () => {
      const campus = await world.campus();
      const venue = await world.venue({ campus });
      const [busy, ...others] = await crowd(world, { campus, size: 6 });
      const { id } = await world.dataSource.manager.findOneByOrFail(Registration, {
        accountId: busy!.accountId,
      });
      const holder = world.dataSource.createQueryRunner();
      await holder.startTransaction();
      await holder.query('SELECT id FROM registration WHERE id = ? FOR UPDATE', [id]);
      const waiting = [asks(busy!, venue), asks(busy!, venue)];
      await Promise.all(others.map((candidate) => asks(candidate, venue)));
      expect(await world.seats(venue)).toMatchObject({ taken: 5 });
      await holder.rollbackTransaction();
      await holder.release();
      const states = (await Promise.allSettled(waiting)).map(({ status }) => status);
      expect(states.toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await world.seats(venue)).toMatchObject({ taken: 6 });
    });

    it('hold only their registrations, not the sitting that everybody shares', async () => {
      const [candidate] = await crowd(world, { campus: await world.campus(), size: 1 });
      const free = (table: string) =>
        world.unitOfWork.run(({ manager }) =>
          manager.query<{ id: string }[]>(`SELECT id FROM ${table} FOR UPDATE SKIP LOCKED`),
        );
      await world.unitOfWork.run(async (tx) => {
        const locked = await world.use(RegistrationRepository).lockFreeOnesOf(tx, [candidate!.accountId]);
        expect(locked).toHaveLength(1);
        expect(await free('registration')).toEqual([]);
        expect(await free('sitting')).toEqual([{ id: locked[0]!.sitting.id }]);
      });
    });
  }

  it('are as many statements as one alone', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const [alone, ...others] = await crowd(world, { campus, size: 21 });
    const one = await statements.during(() => asks(alone!, venue));
    const twenty = await statements.during(() => Promise.all(others.map((other) => asks(other, venue))));
    expect(twenty.counted).toHaveLength(one.counted.length);
    expect(await world.seats(venue)).toMatchObject({ taken: 21, sequence: 21 });
  });
});
