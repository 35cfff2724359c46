import { jest } from '@jest/globals';
import { DAYS, later } from '../../../src/kernel/clock.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import { Venue, VenueSeats } from '../../../src/modules/sitting/index.js';
import { problem } from '../../support/problem.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const enrolmentsIn = (venue: Venue) => world.dataSource.manager.findBy(Enrolment, { venueId: venue.id });

describe('the venues on offer', () => {
  it('shows colours, who waits, and why something cannot be chosen', async () => {
    const { candidate, campus } = await world.openVenue({ seats: 10 });
    await world.venue({ campus, subject: '3', seats: 0 });
    await world.venue({ campus, subject: '5', feeFen: null });
    await world.venue({ campus, subject: '7', closesAt: world.clock.now() });
    await world.venue({ subject: '9' });
    const { items } = (await candidate.get('/written/venues').expect(200)).body;
    const seen = items.map((v: Record<string, { code: string; level: string }>) => [
      v.subject!.code,
      v.seats!.level,
      v.canEnrol,
      v.canWait,
      v.reason,
    ]);
    expect(seen).toEqual([
      ['1', 'AMPLE', true, false, undefined],
      ['3', 'NONE', false, true, 'SEATS_FULL'],
      ['5', 'AMPLE', false, false, 'FEE_UNSET'],
      ['7', 'AMPLE', false, false, 'WINDOW_NOT_OPEN'],
    ]);
  });

  it('says the reason in English to whoever asks in English', async () => {
    const { candidate } = await world.openVenue({ seats: 0 });
    const { items } = (await candidate.get('/written/venues').set('Accept-Language', 'en')).body;
    expect(items[0].reasonText).toContain('waitlist');
  });
});

describe('choosing (R-WE-1, R-WE-2)', () => {
  it('takes all or none', async () => {
    const { candidate, campus, venue } = await world.openVenue({ seats: 5 });
    const full = await world.venue({ campus, subject: '4', seats: 0 });
    await candidate
      .post('/written/enrolments', { venueIds: [venue.id, full.id] })
      .expect(409)
      .expect(problem('SEATS_FULL'));
    expect(await world.seats(venue)).toMatchObject({ taken: 0, sequence: 0 });
    expect(await enrolmentsIn(venue)).toEqual([]);

    const other = await world.venue({ campus, subject: '6', seats: 1 });
    const answer = await candidate
      .post('/written/enrolments', { venueIds: [venue.id, other.id] })
      .expect(201);
    expect(answer.body.items).toHaveLength(2);
  });

  it('refuses a second subject of the level, in one request and in two at once', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese = await world.venue({ campus, subject: '3' });
    await candidate
      .post('/written/enrolments', { venueIds: [venue.id, japanese.id] })
      .expect(409)
      .expect(problem('LEVEL_CONFLICT'));

    const both = await Promise.all(
      [venue, japanese].map(({ id }) => candidate.post('/written/enrolments', { venueIds: [id] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await world.seats(venue)).taken + (await world.seats(japanese)).taken).toBe(1);
  });

  it('refuses a subject the candidate is not qualified for, and a venue of another sitting or kind', async () => {
    const { candidate, campus } = await world.openVenue();
    const cet6 = await world.venue({ campus, subject: '2' });
    const oral = await world.venue({ campus, subject: 'F' });
    const choose = (id: string) => candidate.post('/written/enrolments', { venueIds: [id] });
    await choose(cet6.id).expect(409).expect(problem('NOT_QUALIFIED'));
    await choose(oral.id).expect(404).expect(problem('NOT_FOUND'));
    await choose('no-such-venue').expect(404).expect(problem('NOT_FOUND'));
  });

  it.each([
    ['EXAM_TIME_UNSET', { examStartsAt: null }],
    ['FEE_UNSET', { feeFen: 0 }],
    ['WINDOW_NOT_OPEN', { opensAt: null }],
  ])('refuses with %s', async (code, change) => {
    const { candidate, venue } = await world.openVenue();
    await world.dataSource.manager.update(Venue, { id: venue.id }, change);
    await candidate
      .post('/written/enrolments', { venueIds: [venue.id] })
      .expect(409)
      .expect(problem(code));
    expect(await world.seats(venue)).toMatchObject({ taken: 0, sequence: 0 });
  });

  it('gives the last seat to one of many', async () => {
    const { campus, venue } = await world.openVenue({ seats: 1 });
    const rivals = await Promise.all(Array.from({ length: 8 }, () => world.registered({ campus })));
    const answers = await Promise.all(
      rivals.map((rival) => rival.post('/written/enrolments', { venueIds: [venue.id] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'SEATS_FULL')).toHaveLength(7);
    expect(await world.seats(venue)).toMatchObject({ taken: 1, sequence: 1 });
  });

  it('the same key and body enrol once; the same key with another body is refused', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const other = await world.venue({ campus, subject: '4' });
    const send = (id: string) =>
      candidate.post('/written/enrolments', { venueIds: [id] }).set('Idempotency-Key', 'press-1');
    const first = await send(venue.id).expect(201);
    const again = await send(venue.id).expect(201);
    expect(again.body).toEqual(first.body);
    await send(other.id).expect(422).expect(problem('IDEMPOTENCY_KEY_REUSED'));
    expect(await world.seats(venue)).toMatchObject({ taken: 1, sequence: 1 });
  });

  it('R-WE-9: more subjects can be added later, and paid apart', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const german = await world.venue({ campus, subject: '6', feeFen: 5000 });
    await candidate.enrols(venue);
    await candidate.pays();
    await candidate.enrols(german);
    expect((await candidate.page()).written).toMatchObject({ unpaidFen: 5000, paymentState: 'PARTLY_PAID' });
  });
});

describe('changing in one step (R-WE-4)', () => {
  it('moves the seat and keeps the enrolment and its deadline', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese = await world.venue({ campus, subject: '3', feeFen: 4000 });
    const enrolment = await candidate.enrols(venue);
    const changed = await candidate
      .put(`/written/enrolments/${enrolment.id}`, { venueId: japanese.id })
      .expect(200);
    expect(changed.body).toMatchObject({
      id: enrolment.id,
      subject: { code: '3' },
      feeFen: 4000,
      payBy: enrolment.payBy,
    });
    expect(await world.seats(venue)).toMatchObject({ taken: 0 });
    expect(await world.seats(japanese)).toMatchObject({ taken: 1 });
  });

  it('can cross levels, and frees the level it leaves', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese6 = await world.venue({ campus, subject: '4' });
    const enrolment = await candidate.enrols(venue);
    await candidate.put(`/written/enrolments/${enrolment.id}`, { venueId: japanese6.id }).expect(200);
    await candidate.enrols(venue);
  });

  it('changes nothing when the new seat is not to be had', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const full = await world.venue({ campus, subject: '3', seats: 0 });
    const enrolment = await candidate.enrols(venue);
    await candidate
      .put(`/written/enrolments/${enrolment.id}`, { venueId: full.id })
      .expect(409)
      .expect(problem('SEATS_FULL'));
    expect(await world.seats(venue)).toMatchObject({ taken: 1, sequence: 1 });
    expect((await candidate.page()).written.enrolments).toMatchObject([
      { subject: { code: '1' }, state: 'UNPAID' },
    ]);
  });
});

describe('giving up (R-WE-4, R-WE-5)', () => {
  it('gives the seat back, but never the last subject', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese6 = await world.venue({ campus, subject: '4' });
    const [first, second] = [await candidate.enrols(venue), await candidate.enrols(japanese6)];
    await candidate.delete(`/written/enrolments/${second.id}`).expect(204);
    await candidate.delete(`/written/enrolments/${first.id}`).expect(409).expect(problem('LAST_WRITTEN'));
    await candidate.delete(`/written/enrolments/${second.id}`).expect(409).expect(problem('ENROLMENT_ENDED'));
    expect(await world.seats(japanese6)).toMatchObject({ taken: 0, sequence: 2 });
    expect(await world.seats(venue)).toMatchObject({ taken: 1 });
  });

  it('not outside the window, not while locked by the school, not when paid, not somebody else’s', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese6 = await world.venue({ campus, subject: '4' });
    const mine = await candidate.enrols(venue);
    await candidate.enrols(japanese6);
    const { manager } = world.dataSource;
    const giveUp = () => candidate.delete(`/written/enrolments/${mine.id}`);

    const stranger = await world.registered({ campus });
    await stranger.delete(`/written/enrolments/${mine.id}`).expect(404).expect(problem('NOT_FOUND'));

    await manager.update(Venue, { id: venue.id }, { closesAt: world.clock.now() });
    await giveUp().expect(409).expect(problem('WINDOW_NOT_OPEN'));
    await manager.update(Venue, { id: venue.id }, { closesAt: later(world.clock.now(), DAYS) });

    await manager.update(Enrolment, { id: mine.id }, { lockedBySchool: true });
    await giveUp().expect(409).expect(problem('LOCKED_BY_SCHOOL'));
    await manager.update(Enrolment, { id: mine.id }, { lockedBySchool: false });

    await candidate.pays();
    await giveUp().expect(409).expect(problem('ENROLMENT_PAID'));
    expect(await world.seats(venue)).toMatchObject({ taken: 1, sequence: 1 });
  });

  it('not while its oral is enrolled', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const japanese6 = await world.venue({ campus, subject: '4' });
    const oral = await world.venue({ campus, subject: 'F' });
    await world.sitting();
    const written = await candidate.enrols(venue);
    await candidate.enrols(japanese6);
    await world.dataSource.query("UPDATE sitting SET oral_needs_written = 'ENROLLED'");
    await candidate.enrols(oral);
    await candidate.delete(`/written/enrolments/${written.id}`).expect(409).expect(problem('ORAL_DEPENDS'));
    await candidate
      .put(`/written/enrolments/${written.id}`, { venueId: (await world.venue({ campus, subject: '3' })).id })
      .expect(409)
      .expect(problem('ORAL_DEPENDS'));
  });
});

it('a refusal half-way leaves nothing: the claim that fails takes its enrolment with it', async () => {
  const { candidate, venue } = await world.openVenue();
  const failing = jest.spyOn(world.use(VenueSeats), 'claimAll').mockRejectedValue(new Error('lost'));
  await candidate.post('/written/enrolments', { venueIds: [venue.id] }).expect(503);
  failing.mockRestore();
  expect(await enrolmentsIn(venue)).toEqual([]);
  await candidate.enrols(venue);
});
