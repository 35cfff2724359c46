import { HOURS, MINUTES } from '../../../src/kernel/clock.js';
import { StudentRecord } from '../../../src/modules/qualification/index.js';
import { Enrolment, Registration, WaitlistEntry } from '../../../src/modules/registration/index.js';
import { problem } from '../../support/problem.js';
import { StatementCounter } from '../../support/statement-counter.js';
import { World } from '../../support/world.js';

const statements = new StatementCounter();
let world: World;
beforeAll(async () => {
  world = await World.open({}, statements);
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const ticks = { recordConfirmed: true, phoneConfirmed: true };

describe('confirming (R-QU-6)', () => {
  it('binds account and student one-to-one and copies the record', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const candidate = await world.candidate({ campus, name: '买买提·吐尔逊' });
    await candidate.get('/registration').expect(404).expect(problem('NOT_REGISTERED'));

    const answer = await candidate.post('/registration', { ...candidate.documents, ...ticks }).expect(201);
    expect(answer.body).toMatchObject({
      snapshot: { name: '买买提·吐尔逊', grade: '2024' },
      qualifiedSubjects: [{ code: '1', name: '英语四级' }],
      written: { enrolments: [], unpaidFen: 0, paymentState: 'NONE' },
      actions: ['CHOOSE_WRITTEN', 'DELETE_REGISTRATION'],
      deletesAt: '2026-11-22T09:00:00.000+08:00',
    });

    await world.dataSource.manager.update(
      StudentRecord,
      { id: candidate.record.id },
      { details: { grade: '2025' } },
    );
    expect((await candidate.page()).snapshot.grade).toBe('2024');
  });

  it('needs both ticks', async () => {
    const { candidate } = await unregistered();
    await candidate
      .post('/registration', { ...candidate.documents, ...ticks, phoneConfirmed: false })
      .expect(422)
      .expect(problem('CONFIRMATION_MISSING'));
    expect(await world.dataSource.manager.count(Registration)).toBe(0);
  });

  it('waits for the window of the own campus', async () => {
    const campus = await world.campus();
    await world.venue({ campus, opensAt: new Date(world.clock.now().getTime() + 60_000) });
    const candidate = await world.candidate({ campus });
    const confirm = () => candidate.post('/registration', { ...candidate.documents, ...ticks });
    await confirm().expect(409).expect(problem('WINDOW_NOT_OPEN'));
    world.clock.advance(MINUTES);
    await confirm().expect(201);
  });

  it('refuses whoever has no qualified subject (R-QU-4)', async () => {
    const campus = await world.campus();
    await world.venue({ campus, subject: '2' });
    const candidate = await world.candidate({ campus });
    await candidate
      .post('/registration', { ...candidate.documents, ...ticks })
      .expect(409)
      .expect(problem('NO_QUALIFIED_SUBJECT'));
  });

  it('lets one of two accounts have a student, and an account one of two students, even at the same moment', async () => {
    const { campus, candidate } = await unregistered();
    const rival = await world.candidate({ campus });
    const [mine, theirs] = await Promise.all(
      [candidate, rival].map((who) => who.post('/registration', { ...candidate.documents, ...ticks })),
    );
    expect([mine!.status, theirs!.status].sort()).toEqual([201, 409]);
    expect([mine!, theirs!].find(({ status }) => status === 409)!.body.code).toBe(
      'RECORD_ALREADY_REGISTERED',
    );

    const winner = mine!.status === 201 ? candidate : rival;
    await winner
      .post('/registration', { ...rival.documents, ...ticks })
      .expect(409)
      .expect(problem('ACCOUNT_ALREADY_REGISTERED'));
  });
});

describe('the registration page (R-RG-1, R-RG-2)', () => {
  it('takes at most 8 statements, however many subjects', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const full = await world.venue({ campus, subject: '4', seats: 0 });
    await candidate.enrols(venue);
    await candidate.waitsFor(full);
    const { counted } = await statements.during(() => candidate.get('/registration').expect(200));
    expect(counted.length).toBeLessThanOrEqual(8);
  });

  it('shows subjects, queue, notices of the own province and school, and when an unpaid subject may go', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    const full = await world.venue({ campus, subject: '4', seats: 0 });
    await candidate.enrols(venue);
    await candidate.waitsFor(full);
    await world.notice({ issuer: 'PROVINCE', provinceCode: campus.provinceCode, title: '省通告' });
    await world.notice({ issuer: 'PROVINCE', provinceCode: '99', title: '别省通告' });
    await world.notice({ issuer: 'SCHOOL', schoolCode: campus.schoolCode, title: '学校通告' });

    const page = await candidate.page();
    expect(page.written).toMatchObject({
      unpaidFen: 3000,
      paymentState: 'ALL_UNPAID',
      enrolments: [
        {
          subject: { code: '1', name: '英语四级', level: 4, kind: 'WRITTEN' },
          campus: { code: campus.code },
          feeFen: 3000,
          state: 'UNPAID',
          payBy: '2026-11-22T09:00:00.000+08:00',
          enrolledBy: 'CANDIDATE',
          arrangement: 'NOT_ARRANGED',
          ticket: { printing: 'SELF' },
        },
      ],
    });
    expect(page.waitlist).toMatchObject({
      waiting: [{ subject: { code: '4' }, ahead: 0, state: 'WAITING' }],
      ended: [],
    });
    expect(page.notices.map(({ title }: { title: string }) => title).sort()).toEqual(['学校通告', '省通告']);
    expect(page.deletesAt).toBeUndefined();
  });
});

describe('deleting (R-QU-8)', () => {
  it('gives seats back, ends waiting, and lets another account register the student', async () => {
    const { candidate, campus, venue } = await world.openVenue({ seats: 1 });
    const full = await world.venue({ campus, subject: '4', seats: 0 });
    await candidate.enrols(venue);
    await candidate.waitsFor(full);

    await candidate.delete('/registration').expect(204);

    expect(await world.seats(venue)).toMatchObject({ taken: 0 });
    expect(await world.seats(full)).toMatchObject({ waiting: 0 });
    await candidate.get('/registration').expect(404);
    const { manager } = world.dataSource;
    expect(await manager.find(Enrolment)).toMatchObject([{ state: 'GIVEN_UP' }]);
    expect(await manager.find(WaitlistEntry)).toMatchObject([
      { state: 'CANCELLED', remark: 'REGISTRATION_DELETED' },
    ]);
    const other = await world.candidate({ campus });
    await other.post('/registration', { ...candidate.documents, ...ticks }).expect(201);
  });

  it('touches venues after everything else that an enrolling round locks, or the two would wait for each other', async () => {
    const { candidate, campus, venue } = await world.openVenue();
    await candidate.enrols(venue);
    await candidate.waitsFor(await world.venue({ campus, subject: '4', seats: 0 }));
    const { counted } = await statements.during(() => candidate.delete('/registration').expect(204));
    const moves = counted.flatMap(
      (sql) => /^UPDATE \W?(registration|venue)\b.*?SET \W?(\w+)/s.exec(sql) ?? [],
    );
    const [deleted, firstSeat] = ['state', 'taken'].map((column) => moves.indexOf(column));
    expect(deleted).toBeGreaterThan(-1);
    expect(firstSeat).toBeGreaterThan(deleted!);
  });

  it('is refused once something is paid', async () => {
    const { candidate, venue } = await world.openVenue();
    await candidate.enrols(venue);
    await candidate.pays('WRITTEN');
    await candidate.delete('/registration').expect(409).expect(problem('HAS_PAID_ENROLMENT'));
    expect(await world.seats(venue)).toMatchObject({ taken: 1 });
  });
});

describe('the purges', () => {
  it('R-WE-6: an unpaid enrolment lapses ten minutes after its deadline, once, and its seat goes back', async () => {
    const { candidate, venue } = await world.openVenue({ seats: 1 });
    await candidate.enrols(venue);
    world.clock.advance(24 * HOURS + 9 * MINUTES);
    expect(await world.job('enrolment.lapse')).toEqual({ lapsed: 0, postponed: 0 });
    world.clock.advance(1 * MINUTES);
    const runs = await Promise.all([world.job('enrolment.lapse'), world.job('enrolment.lapse')]);
    expect(runs.reduce((sum: number, run) => sum + (run as { lapsed: number }).lapsed, 0)).toBe(1);
    expect(await world.seats(venue)).toMatchObject({ taken: 0 });
    await candidate.signsInAgain();
    const page = await candidate.page();
    expect(page.written.enrolments).toMatchObject([{ state: 'LAPSED' }]);
    expect(page.written.paymentState).toBe('NONE');
  });

  it('R-WE-5: what is paid does not lapse', async () => {
    const { candidate, venue } = await world.openVenue();
    await candidate.enrols(venue);
    await candidate.pays();
    world.clock.advance(48 * HOURS);
    expect(await world.job('enrolment.lapse')).toEqual({ lapsed: 0, postponed: 0 });
    expect(await world.seats(venue)).toMatchObject({ taken: 1 });
  });

  it('R-QU-7: an empty registration goes after its hours; a waiting entry keeps it alive', async () => {
    const { campus, venue, candidate: empty } = await world.openVenue({ seats: 0 });
    const waiting = await world.registered({ campus });
    await waiting.waitsFor(venue);
    world.clock.advance(24 * HOURS - 1);
    expect(await world.job('registration.delete-empty')).toEqual({ deleted: 0 });
    world.clock.advance(1);
    const runs = await Promise.all([
      world.job('registration.delete-empty'),
      world.job('registration.delete-empty'),
    ]);
    expect(runs.reduce((sum: number, run) => sum + (run as { deleted: number }).deleted, 0)).toBe(1);
    const { manager } = world.dataSource;
    expect(await manager.findOneByOrFail(Registration, { accountId: empty.accountId })).toMatchObject({
      state: 'DELETED',
      deletedBecause: 'EMPTY',
    });
    expect(await manager.findOneByOrFail(Registration, { accountId: waiting.accountId })).toMatchObject({
      state: 'ACTIVE',
    });
  });

  it('the hours begin anew when the last subject goes', async () => {
    const { candidate, venue } = await world.openVenue();
    world.clock.advance(10 * HOURS);
    await candidate.enrols(venue);
    world.clock.advance(24 * HOURS + 10 * MINUTES);
    await world.job('enrolment.lapse');
    expect(await world.job('registration.delete-empty')).toEqual({ deleted: 0 });
    world.clock.advance(24 * HOURS);
    expect(await world.job('registration.delete-empty')).toEqual({ deleted: 1 });
  });
});

async function unregistered() {
  const campus = await world.campus();
  const venue = await world.venue({ campus });
  return { campus, venue, candidate: await world.candidate({ campus }) };
}
