import { jest } from '@jest/globals';
import type { StaffActor } from '../../../src/kernel/actor.js';
import { DAYS, later } from '../../../src/kernel/clock.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { ticketNumbers } from '../../../src/modules/registration/arrangement.rules.js';
import { ArrangeSeats, Enrolment } from '../../../src/modules/registration/index.js';
import { Venue } from '../../../src/modules/sitting/index.js';
import { letStatementsTravel } from '../../races/race.js';
import { crowd } from '../../support/crowd.js';
import { type TestCandidate, World } from '../../support/world.js';

describe('Ticket numbers', () => {
  const venue = { campusCode: '120010', sittingNumber: 262, subjectCode: '1' } as const;

  it('fill room after room: campus, sitting, subject, room, seat', () => {
    expect(ticketNumbers(venue, 3, { seatsPerRoom: 2, taken: [] })).toEqual([
      '120010262100101',
      '120010262100102',
      '120010262100201',
    ]);
  });

  it('leave rooms alone that are filled already', () => {
    expect(
      ticketNumbers(venue, 1, { seatsPerRoom: 30, taken: ['120010262100405', '120010262100301'] }),
    ).toEqual(['120010262100501']);
  });

  it('know no more than 999 rooms', () => {
    expect(ticketNumbers(venue, 999, { seatsPerRoom: 1, taken: [] }).at(-1)).toBe('120010262199901');
    expect(() => ticketNumbers(venue, 1000, { seatsPerRoom: 1, taken: [] })).toThrow('TOO_MANY_ROOMS');
  });
});

describe('A school arranges seats (R-RG-4)', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());
  beforeEach(() => world.reset());
  afterEach(() => void jest.restoreAllMocks());

  const teacherOf = ({ provinceCode, schoolCode }: Venue): StaffActor => ({
    type: 'STAFF',
    staffId: 'wang',
    role: 'SCHOOL',
    provinceCode,
    schoolCode,
  });
  const arrange = (venue: Venue, actor = teacherOf(venue), seatsPerRoom = 2) =>
    world.use(ArrangeSeats).execute({ venueIds: [venue.id], seatsPerRoom }, actor);
  const numbers = async (venue: Venue) =>
    (await world.dataSource.manager.findBy(Enrolment, { venueId: venue.id })).map(
      ({ ticketNumber }) => ticketNumber,
    );
  const closes = (venue: Venue) =>
    world.dataSource.manager.update(Venue, { id: venue.id }, { closesAt: world.clock.now() });

  /** A venue whose registration is over, with so many who have paid. */
  async function over(size: number) {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidates = await crowd(world, { campus, size });
    for (const candidate of candidates) {
      await candidate.enrols(venue);
      await candidate.pays();
    }
    await closes(venue);
    return { campus, venue, candidates: candidates as [TestCandidate, ...TestCandidate[]] };
  }

  it('when registration is over and all is paid: each has a room, a seat and a number of their own', async () => {
    const { venue, candidates } = await over(5);
    expect(await arrange(venue)).toEqual({ candidates: 5, rooms: 3 });
    const begin = `${venue.campusCode}${(await world.sitting()).number}1`;
    expect((await numbers(venue)).toSorted()).toEqual(
      ['00101', '00102', '00201', '00202', '00301'].map((end) => begin + end),
    );
    const [enrolment] = (await candidates[0].page()).written.enrolments;
    expect(enrolment).toMatchObject({
      arrangement: 'ARRANGED',
      ticket: { number: expect.stringMatching(/^\d{15}$/) },
    });
    expect(
      await world.dataSource.manager.findOneByOrFail(AuditLine, { action: 'venue.arrange' }),
    ).toMatchObject({
      rowId: venue.id,
      schoolCode: venue.schoolCode,
    });
  });

  it('not while candidates can still come, nor while somebody has not paid', async () => {
    const { venue, candidate } = await world.openVenue();
    await candidate.enrols(venue);
    await expect(arrange(venue)).rejects.toThrow('REGISTRATION_STILL_OPEN');
    await closes(venue);
    await expect(arrange(venue)).rejects.toThrow('SEATS_STILL_UNPAID');
    expect(await numbers(venue)).toEqual([null]);
    world.clock.advance(2 * DAYS);
    await world.job('enrolment.lapse');
    await expect(arrange(venue)).rejects.toThrow('NOBODY_TO_ARRANGE');
  });

  it('once for each: who comes when it was opened again gets a room behind the others', async () => {
    const { campus, venue } = await over(1);
    await arrange(venue);
    const [first] = await numbers(venue);
    await expect(arrange(venue)).rejects.toThrow('NOBODY_TO_ARRANGE');
    await world.dataSource.manager.update(
      Venue,
      { id: venue.id },
      { closesAt: later(world.clock.now(), DAYS) },
    );
    const [late] = (await crowd(world, { campus, size: 1 })) as [TestCandidate];
    await late.enrols(venue);
    await late.pays();
    await closes(venue);
    await arrange(venue);
    expect(await numbers(venue)).toEqual([first, first!.replace(/00101$/, '00201')]);
  });

  it('never with a number that somebody had, whatever became of them', async () => {
    const { venue } = await over(2);
    await arrange(venue, teacherOf(venue), 1);
    const [one, other] = await world.dataSource.manager.find(Enrolment, {
      where: { venueId: venue.id },
      order: { ticketNumber: 'ASC' },
    });
    await world.dataSource.manager.update(Enrolment, { id: other!.id }, { state: 'REFUNDED' });
    await world.dataSource.manager.update(Enrolment, { id: one!.id }, { ticketNumber: null });
    await arrange(venue);
    const { ticketNumber } = await world.dataSource.manager.findOneByOrFail(Enrolment, { id: one!.id });
    expect(ticketNumber).toMatch(/00301$/);
  });

  it('its own venues alone, and all of those it chose or none', async () => {
    const [one, other] = [await over(1), await over(1)];
    await expect(arrange(one.venue, teacherOf(other.venue))).rejects.toThrow('NOT_FOUND');
    const both = { venueIds: [one.venue.id, other.venue.id], seatsPerRoom: 30 };
    await expect(world.use(ArrangeSeats).execute(both, teacherOf(one.venue))).rejects.toThrow('NOT_FOUND');
    const province: StaffActor = { type: 'STAFF', staffId: 'li', role: 'PROVINCE', provinceCode: '12' };
    await expect(arrange(one.venue, province)).rejects.toThrow('NOT_YOUR_ROLE');
    expect([...(await numbers(one.venue)), ...(await numbers(other.venue))]).toEqual([null, null]);
  });

  it('twice at the same moment, and each candidate has one number still', async () => {
    const { venue } = await over(4);
    await letStatementsTravel(world);
    const outcomes = await Promise.allSettled([arrange(venue), arrange(venue)]);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(['NOBODY_TO_ARRANGE']);
    expect(new Set(await numbers(venue)).size).toBe(4);
  });
});
