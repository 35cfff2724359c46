import { jest } from '@jest/globals';
import { DAYS, HOURS, later, MINUTES } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { ListOutbox } from '../../../src/modules/notification/index.js';
import { SubjectListLine } from '../../../src/modules/qualification/index.js';
import {
  Enrolment,
  LoadChoosingFacts,
  Registration,
  WaitlistEntry,
} from '../../../src/modules/registration/index.js';
import { SeatLedgerLine, Venue, VenueSeats } from '../../../src/modules/sitting/index.js';
import { VerifySeats } from '../../../src/modules/waitlist/index.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';
import { crowd } from '../../support/crowd.js';
import { problem } from '../../support/problem.js';
import { type TestCandidate, World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());
afterEach(() => void jest.restoreAllMocks());

const allocate = (venue: Venue) => world.job('waitlist.allocate', { venueId: venue.id });
const movesOf = async (venue: Venue) =>
  (
    await world.dataSource.manager.find(SeatLedgerLine, {
      where: { venueId: venue.id },
      order: { sequence: 'ASC' },
    })
  ).map(({ move }) => move);

/** A full venue and some who wait for it, in their order. */
async function queue(waiting: number) {
  const { campus, venue, candidate: holder } = await world.openVenue({ seats: 1 });
  const enrolment = await holder.enrols(venue);
  const inLine: TestCandidate[] = [];
  for (let i = 0; i < waiting; i++) {
    const candidate = await world.registered({ campus });
    await candidate.waitsFor(venue);
    inLine.push(candidate);
  }
  return { campus, venue, holder, enrolment, inLine };
}

async function blacklist(candidate: TestCandidate, subjectCode: '1') {
  const { documentType, documentNumber, provinceCode, schoolCode } = candidate.record.details;
  const sitting = await world.sitting();
  await world.dataSource.manager.insert(SubjectListLine, {
    id: newId(),
    sittingId: sitting.id,
    provinceCode,
    schoolCode,
    documentType,
    documentNumber,
    subjectCode,
    list: 'BLACK',
    reason: null,
    createdAt: NOW,
  });
}

describe('joining (R-WL-1, R-WL-2)', () => {
  it('is for venues without a seat, and shows the place in the queue', async () => {
    const { inLine, venue, campus } = await queue(2);
    const [first, second] = inLine as [TestCandidate, TestCandidate];
    expect((await first.get('/waitlist/entries')).body.waiting).toMatchObject([
      { ahead: 0, state: 'WAITING' },
    ]);
    expect((await second.get('/waitlist/entries')).body.waiting).toMatchObject([
      {
        ahead: 1,
        subject: { code: '1' },
        campus: { code: campus.code },
        submittedAt: '2026-11-21T09:00:00.000+08:00',
      },
    ]);
    expect(await world.seats(venue)).toMatchObject({ taken: 1, waiting: 2 });
  });

  it('is refused while a seat is free', async () => {
    const { candidate, venue } = await world.openVenue({ seats: 1 });
    await candidate
      .post('/waitlist/entries', { venueId: venue.id })
      .expect(409)
      .expect(problem('SEATS_AVAILABLE'));
  });

  it('one per level, enrolments included', async () => {
    const { inLine, venue, campus } = await queue(1);
    const [first] = inLine as [TestCandidate];
    const japanese = await world.venue({ campus, subject: '3' });
    await first
      .post('/waitlist/entries', { venueId: venue.id })
      .expect(409)
      .expect(problem('LEVEL_CONFLICT'));
    await first
      .post('/written/enrolments', { venueIds: [japanese.id] })
      .expect(409)
      .expect(problem('LEVEL_CONFLICT'));
    expect(await world.seats(venue)).toMatchObject({ waiting: 1 });
  });

  it('an oral is queued for once the written subject is enrolled, paid or not', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const oral = await world.venue({ campus, subject: 'F', seats: 0 });
    await candidate
      .post('/waitlist/entries', { venueId: oral.id })
      .expect(409)
      .expect(problem('WRITTEN_REQUIRED'));
    await candidate.enrols(venue);
    await candidate.waitsFor(oral);
  });

  it('nobody who enrols directly passes those who wait (R-WL-4)', async () => {
    const { campus, venue, holder } = await queue(1);
    const newcomer = await world.registered({ campus });
    await holder.delete('/registration').expect(204);
    const answer = await newcomer.post('/written/enrolments', { venueIds: [venue.id] }).expect(409);
    expect(['QUEUE_AHEAD', 'SEATS_FULL']).toContain(answer.body.code);
  });
});

describe('allocation (R-WL-3 to 5)', () => {
  it('gives a freed seat to the first in line, with 24 hours to pay, and tells them by SMS', async () => {
    const { venue, holder, inLine } = await queue(2);
    const [first, second] = inLine as [TestCandidate, TestCandidate];
    await holder.delete('/registration').expect(204);
    await allocate(venue);

    const page = await first.page();
    expect(page.written.enrolments).toMatchObject([
      { state: 'UNPAID', payBy: '2026-11-22T09:00:00.000+08:00' },
    ]);
    expect(page.waitlist).toMatchObject({ waiting: [], ended: [{ state: 'ALLOCATED' }] });
    expect((await second.page()).waitlist.waiting).toMatchObject([{ ahead: 0 }]);
    expect(await world.seats(venue)).toMatchObject({ taken: 1, waiting: 1 });
    const sms = await world.use(ListOutbox).execute({ recipient: first.phone! });
    expect(sms.map(({ body }) => body)).toEqual([
      expect.stringContaining('英语四级已候补成功，请于2026-11-22 09:00前'),
    ]);
  });

  it('comes by itself when a seat is freed, without waiting for the schedule', async () => {
    const { holder, inLine } = await queue(1);
    await holder.delete('/registration').expect(204);
    await eventually(async () => (await inLine[0]!.page()).written.enrolments.length === 1);
  });

  it('the deadline is the end of payment when that comes sooner', async () => {
    await world.sitting({ paymentEndsAt: later(NOW, 2 * HOURS) });
    const { venue, holder, inLine } = await queue(1);
    await holder.delete('/registration').expect(204);
    await allocate(venue);
    expect((await inLine[0]!.page()).written.enrolments).toMatchObject([
      { payBy: '2026-11-21T11:00:00.000+08:00' },
    ]);
  });

  it('whoever fails the second check ends with the reason, and the next one is tried', async () => {
    const { venue, holder, inLine } = await queue(3);
    const [first, second, third] = inLine as [TestCandidate, TestCandidate, TestCandidate];
    await blacklist(first, '1');
    await blacklist(second, '1');
    await holder.delete('/registration').expect(204);
    await allocate(venue);

    for (const failed of [first, second]) {
      const [entry] = (await failed.get('/waitlist/entries')).body.ended;
      expect(entry).toMatchObject({ state: 'FAILED', remarkCode: 'NOT_QUALIFIED' });
    }
    expect((await third.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
    expect(await movesOf(venue)).toEqual([
      'CLAIM',
      'JOIN',
      'JOIN',
      'JOIN',
      'RELEASE',
      'LEAVE',
      'LEAVE',
      'ALLOCATE',
    ]);
  });

  it('a venue that cannot hand out seats now costs nobody their place', async () => {
    const { venue, holder, inLine } = await queue(1);
    await holder.delete('/registration').expect(204);
    const { manager } = world.dataSource;
    await manager.update(Venue, { id: venue.id }, { feeFen: null });
    await allocate(venue);
    await manager.update(Venue, { id: venue.id }, { feeFen: 3000 });
    await allocate(venue);
    expect((await inLine[0]!.page()).written.enrolments).toHaveLength(1);
  });

  it('raising the capacity serves the queue; several workers at once serve it once', async () => {
    const { venue, inLine } = await queue(3);
    await world.unitOfWork.run((tx) =>
      world.use(VenueSeats).resize(tx, { venueId: venue.id, capacity: 3, cause: 'TEST' }),
    );
    await Promise.all([allocate(venue), allocate(venue), allocate(venue)]);
    expect(await world.seats(venue)).toMatchObject({ capacity: 3, taken: 3, waiting: 1 });
    const states = await Promise.all(inLine.map(async (who) => (await who.page()).written.enrolments.length));
    expect(states).toEqual([1, 1, 0]);
  });

  it('many seats at once go to many, in their order; whoever fails is left out, and no seat is lost', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 0 });
    const inLine = await crowd(world, { campus, size: 34 });
    for (const candidate of inLine) await candidate.waitsFor(venue);
    for (const i of [1, 28]) await blacklist(inLine[i]!, '1');
    // as when the capacity is lowered between looking and moving
    jest.spyOn(world.use(VenueSeats), 'allocateAll').mockResolvedValueOnce(false);
    await world.unitOfWork.run((tx) =>
      world.use(VenueSeats).resize(tx, { venueId: venue.id, capacity: 31, cause: 'TEST' }),
    );
    await allocate(venue);

    await eventually(async () => (await world.seats(venue)).taken === 31);
    expect(await world.seats(venue)).toMatchObject({ taken: 31, waiting: 1 });
    const states = await Promise.all(
      inLine.map(async (who) => (await who.page()).written.enrolments.length === 1),
    );
    expect(states.flatMap((served, i) => (served ? [] : [i]))).toEqual([1, 28, 33]);
    const moves = await movesOf(venue);
    expect([moves.filter((move) => move === 'ALLOCATE'), moves.filter((move) => move === 'LEAVE')]).toEqual([
      Array(31).fill('ALLOCATE'),
      Array(2).fill('LEAVE'),
    ]);
  });

  it('comes with the next sweep when the wake-up was lost; a venue in trouble does not keep the others waiting', async () => {
    const [troubled, sound] = [await queue(1), await queue(1)];
    const wakeUps = jest.spyOn(world.use(JobQueue), 'add').mockRejectedValue(new Error('lost'));
    for (const { holder } of [troubled, sound]) await holder.delete('/registration').expect(204);
    wakeUps.mockRestore();
    const facts = world.use(LoadChoosingFacts);
    const load = facts.ofAll.bind(facts);
    const trouble = jest.spyOn(facts, 'ofAll').mockImplementation(async (reader, registrations, sitting) => {
      const { accountId } = troubled.inLine[0]!;
      if (registrations.some((one) => one.accountId === accountId)) throw new Error('Nobody foresaw this.');
      return load(reader, registrations, sitting);
    });
    expect(await world.job('waitlist.allocate')).toEqual({ allocated: 1, failed: 0, postponed: 1 });
    trouble.mockRestore();
    expect(await world.seats(sound.venue)).toMatchObject({ taken: 1, waiting: 0 });
    expect(await world.seats(troubled.venue)).toMatchObject({ taken: 0, waiting: 1 });
    await world.job('waitlist.allocate');
    expect(await world.seats(troubled.venue)).toMatchObject({ taken: 1, waiting: 0 });
  });

  it('not even an entry whose registration is gone blocks the queue (R-WL-5)', async () => {
    const { venue, holder, inLine } = await queue(2);
    const { accountId } = inLine[0]!;
    await world.dataSource.manager.update(Registration, { accountId }, { state: 'DELETED' });
    await holder.delete('/registration').expect(204);
    await allocate(venue);
    expect((await inLine[1]!.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
    expect(await world.dataSource.manager.findBy(WaitlistEntry, { state: 'FAILED' })).toMatchObject([
      { remark: 'REGISTRATION_DELETED' },
    ]);
  });

  it('a waitlist success that is not paid lapses and goes to the next', async () => {
    const { venue, holder, inLine } = await queue(2);
    await holder.delete('/registration').expect(204);
    await allocate(venue);
    world.clock.advance(24 * HOURS + 10 * MINUTES);
    await world.job('enrolment.lapse');
    await allocate(venue);
    await inLine[1]!.signsInAgain();
    expect((await inLine[1]!.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
  });
});

describe('cancelling (R-WL-6)', () => {
  it('warns, takes one of five reasons, and queueing again starts at the end', async () => {
    const { venue, inLine } = await queue(2);
    const [first] = inLine as [TestCandidate];
    const list = (await first.get('/waitlist/entries')).body;
    expect(list.cancellation.warning).toContain('将重新排队');
    expect(list.cancellation.reasons.map(({ name }: { name: string }) => name)).toEqual([
      '放弃科目报考及候补',
      '换其他校区报考科目',
      '换其他校区候补科目',
      '换同级其他科目报考',
      '换同级其他科目候补',
    ]);
    const [entry] = list.waiting;
    const cancel = (reason: string) => first.post(`/waitlist/entries/${entry.id}/cancellation`, { reason });
    await cancel('BECAUSE').expect(422).expect(problem('FIELD_INVALID'));
    await cancel('WAIT_OTHER_SUBJECT').expect(200);
    await cancel('GIVE_UP').expect(409).expect(problem('ENTRY_NOT_WAITING'));
    expect((await first.get('/waitlist/entries')).body.ended).toMatchObject([
      { state: 'CANCELLED', remark: '换同级其他科目候补', remarkCode: 'WAIT_OTHER_SUBJECT' },
    ]);
    expect((await first.waitsFor(venue)).ahead).toBe(1);
    expect(await movesOf(venue)).toEqual(['CLAIM', 'JOIN', 'JOIN', 'LEAVE', 'JOIN']);
  });

  it('somebody else’s entry is not there', async () => {
    const { inLine } = await queue(2);
    const [first, second] = inLine as [TestCandidate, TestCandidate];
    const [entry] = (await first.get('/waitlist/entries')).body.waiting;
    await second
      .post(`/waitlist/entries/${entry.id}/cancellation`, { reason: 'GIVE_UP' })
      .expect(404)
      .expect(problem('NOT_FOUND'));
  });
});

describe('the end of the window (R-WL-8)', () => {
  it('ends the remaining entries, once', async () => {
    const { venue, holder } = await queue(3);
    world.clock.advance(7 * DAYS);
    await holder.signsInAgain();
    const wakeUps = jest.spyOn(world.use(JobQueue), 'add');
    const runs = (await Promise.all([world.job('waitlist.close'), world.job('waitlist.close')])) as {
      closed: number;
    }[];
    expect(runs.reduce((sum, { closed }) => sum + closed, 0)).toBe(3);
    expect(await world.seats(venue)).toMatchObject({ waiting: 0 });
    expect((await movesOf(venue)).slice(-3)).toEqual(['LEAVE', 'LEAVE', 'LEAVE']);
    expect(wakeUps).not.toHaveBeenCalled();
    const entries = await world.dataSource.manager.find(WaitlistEntry);
    expect(entries.map(({ state, remark }) => [state, remark])).toEqual(
      Array(3).fill(['CLOSED', 'WINDOW_CLOSED']),
    );
  });
});

describe('the nightly proof (R-JB-1)', () => {
  const prove = () => world.use(VerifySeats).execute();
  const figure = async (name: string) =>
    new RegExp(`^${name} (.*)$`, 'm').exec((await world.http.get('/metrics').expect(200)).text)?.[1];

  it('finds no fault in what the stories above do, and says so at /metrics', async () => {
    const { venue, holder, inLine } = await queue(3);
    await blacklist(inLine[0]!, '1');
    await inLine[1]!.delete('/registration').expect(204);
    await holder.delete('/registration').expect(204);
    await allocate(venue);
    expect(await figure('cet_seat_faults')).toBeUndefined();
    expect(await world.job('seats.verify')).toEqual({ venues: 1, faults: [] });
    expect(await figure('cet_seat_faults')).toBe('0');
    expect(await figure('cet_seats_verified_at_seconds')).toBe(String(NOW.getTime() / 1000));
  });

  it('finds a seat that somebody freed by hand, and whom it concerns', async () => {
    const { venue, enrolment } = await queue(1);
    await world.dataSource.manager.update(Enrolment, { id: enrolment.id }, { state: 'LAPSED' });
    const { faults } = await prove();
    expect(faults).toEqual([
      { venueId: venue.id, fault: `1 hold a seat, says the ledger alone: ${enrolment.id}` },
    ]);
    expect(await figure('cet_seat_faults')).toBe('1');
  });

  it('can look at one venue, which must be there', async () => {
    const { venue } = await queue(1);
    expect(await world.use(VerifySeats).execute({ venueId: venue.id })).toEqual({ venues: 1, faults: [] });
    await expect(world.use(VerifySeats).execute({ venueId: 'nowhere' })).rejects.toThrow('NOT_FOUND');
  });
});

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not come to pass.');
}
