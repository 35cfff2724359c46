import type { StaffActor } from '../../../src/kernel/actor.js';
import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import {
  AddSitting,
  AllowOralElsewhere,
  Campus,
  EditCampus,
  EditNotice,
  EditSchool,
  EditVenues,
  LONGEST_NOTICE,
  MakeSittingCurrent,
  MOST_NOTICES,
  Notice,
  OfferSubject,
  Province,
  ProvinceSetting,
  PublishNotice,
  RenameProvince,
  RepublishNotice,
  School,
  SetProvinceSettings,
  SetSittingPolicies,
  Sitting,
  Venue,
  WithdrawNotice,
  WithdrawSubjects,
} from '../../../src/modules/sitting/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const CENTRAL: StaffActor = { type: 'STAFF', staffId: 'zhao', role: 'CENTRAL' };
const PROVINCE: StaffActor = { type: 'STAFF', staffId: 'li', role: 'PROVINCE', provinceCode: '12' };
const OTHER_PROVINCE: StaffActor = { ...PROVINCE, provinceCode: '15' };
const TEACHER: StaffActor = { type: 'STAFF', staffId: 'wang', role: 'SCHOOL', schoolCode: '12001' };
const NEIGHBOUR: StaffActor = { ...TEACHER, schoolCode: '12002' };

const campusOf12001 = () => world.campus({ schoolCode: '12001', code: '120010' });
const rowOf = <T extends object>(entity: new () => T, where: object) =>
  world.dataSource.manager.findOneByOrFail(entity, where);
const actions = async () =>
  (await world.dataSource.manager.find(AuditLine, { order: { id: 'ASC' } })).map(({ action }) => action);

describe('A school sets up its venues', () => {
  const edit = (venue: Venue, settings: Partial<Venue>, actor = TEACHER) =>
    world.use(EditVenues).execute({ venueIds: [venue.id], settings }, actor);

  it('fee, capacity and exam time, and the line says what was before and after', async () => {
    const venue = await world.venue({ campus: await campusOf12001(), seats: 10 });
    await edit(venue, { feeFen: 2500, capacity: 20 });
    expect(await rowOf(Venue, { id: venue.id })).toMatchObject({ feeFen: 2500, capacity: 20, sequence: 1 });
    expect(await world.dataSource.manager.find(AuditLine)).toMatchObject([
      {
        action: 'venue.edit',
        rowId: venue.id,
        schoolCode: '12001',
        factsBefore: { feeFen: 3000, capacity: 10 },
        factsAfter: { feeFen: 2500, capacity: 20 },
      },
    ]);
  });

  it('several at once, all of them or none', async () => {
    const campus = await campusOf12001();
    const [first, second] = [await world.venue({ campus }), await world.venue({ campus, subject: '3' })];
    const both = { venueIds: [first.id, second.id] };
    await world.use(EditVenues).execute({ ...both, settings: { feeFen: 2000 } }, TEACHER);
    const opening = { ...both, settings: { feeFen: 1000, admits: 'ALL_SCHOOLS' as const } };
    await expect(world.use(EditVenues).execute(opening, TEACHER)).rejects.toMatchObject({
      code: 'CET_IS_TAKEN_AT_HOME',
    });
    for (const { id } of [first, second]) expect(await rowOf(Venue, { id })).toMatchObject({ feeFen: 2000 });
  });

  it('not below the seats taken; an enrolment keeps the fee it was made with', async () => {
    const campus = await campusOf12001();
    const { venue, candidate } = await world.openVenue({ campus, seats: 2 });
    await candidate.enrols(venue);
    await expect(edit(venue, { capacity: 0 })).rejects.toMatchObject({ code: 'CAPACITY_BELOW_TAKEN' });
    await expect(edit(venue, { feeFen: null })).rejects.toMatchObject({ code: 'VENUE_IN_USE' });
    await edit(venue, { feeFen: 4000, capacity: 1 });
    expect((await candidate.page()).written).toMatchObject({ unpaidFen: 3000 });
  });

  it('a grown capacity serves the queue', async () => {
    const campus = await campusOf12001();
    const { venue, candidate } = await world.openVenue({ campus, seats: 1 });
    await candidate.enrols(venue);
    const second = await world.registered({ campus });
    await second.waitsFor(venue);
    await edit(venue, { capacity: 2 });
    await world.job('waitlist.allocate', { venueId: venue.id });
    expect((await second.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
  });

  it('within what the province has set', async () => {
    const venue = await world.venue({ campus: await campusOf12001() });
    await world
      .use(SetProvinceSettings)
      .execute({ sittingId: venue.sittingId, provinceCode: '12', writtenFeeMostFen: 3000 }, PROVINCE);
    await expect(edit(venue, { feeFen: 3001 })).rejects.toMatchObject({ code: 'FEE_ABOVE_PROVINCE_LIMIT' });
    await edit(venue, { feeFen: 2999 });
  });

  it('opens it to schools that are there', async () => {
    const venue = await world.venue({ campus: await campusOf12001(), subject: '3' });
    const open = (code: string) => edit(venue, { admits: 'LISTED_SCHOOLS', admittedSchools: [code] });
    await expect(open('99999')).rejects.toMatchObject({ code: 'SCHOOL_UNKNOWN' });
    const { schoolCode } = await world.campus();
    await open(schoolCode);
    expect(await rowOf(Venue, { id: venue.id })).toMatchObject({ admittedSchools: [schoolCode] });
    await edit(venue, { admits: 'OWN_SCHOOL' });
    expect(await rowOf(Venue, { id: venue.id })).toMatchObject({ admittedSchools: null });
  });

  it('its neighbour’s are not there, not even beside its own; the province sets windows, not venues (R-AD-1)', async () => {
    const own = await world.venue({ campus: await campusOf12001() });
    const foreign = await world.venue();
    const settings = { feeFen: 1 };
    const both = { venueIds: [own.id, foreign.id], settings };
    await expect(edit(own, settings, NEIGHBOUR)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(world.use(EditVenues).execute(both, TEACHER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(edit(own, settings, PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await actions()).toEqual([]);
  });
});

describe('A school offers subjects', () => {
  const offer = (campus: Campus, facts: object = {}, actor = TEACHER) =>
    world.sitting().then(({ id: sittingId }) =>
      world.use(OfferSubject).execute(
        {
          sittingId,
          campusCode: campus.code,
          subjectCode: '3',
          capacity: 10,
          feeFen: 3000,
          examStartsAt: null,
          examEndsAt: null,
          ...facts,
        },
        actor,
      ),
    );

  it('with the window its province has set for the campus; none without', async () => {
    const campus = await campusOf12001();
    const cet4 = await world.venue({ campus });
    expect(await offer(campus)).toMatchObject({ opensAt: cet4.opensAt, closesAt: cet4.closesAt, taken: 0 });
    expect(await offer(campus, { subjectCode: 'F' })).toMatchObject({ kind: 'ORAL', opensAt: null });
  });

  it('once, at its own campuses', async () => {
    const campus = await campusOf12001();
    await offer(campus);
    await expect(offer(campus)).rejects.toMatchObject({ code: 'SUBJECT_OFFERED_ALREADY' });
    await expect(offer(campus, {}, NEIGHBOUR)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(offer(campus, {}, PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    expect(await actions()).toEqual(['venue.offer']);
  });

  it('and withdraws those that nobody ever enrolled in', async () => {
    const campus = await campusOf12001();
    const unused = await offer(campus);
    await world.use(EditVenues).execute({ venueIds: [unused.id], settings: { capacity: 5 } }, TEACHER);
    const { venue, candidate } = await world.openVenue({ campus });
    const other = await world.venue({ campus, subject: '5' });
    const enrolment = await candidate.enrols(venue);
    const withdraw = (...venues: Venue[]) =>
      world.use(WithdrawSubjects).execute({ venueIds: venues.map(({ id }) => id) }, TEACHER);
    await expect(withdraw(unused, venue)).rejects.toMatchObject({ code: 'VENUE_HAS_A_HISTORY' });
    await withdraw(unused, other);
    expect(await world.dataSource.manager.findBy(Venue, { subjectCode: '3' })).toEqual([]);
    expect(enrolment.state).toBe('UNPAID');
    await expect(
      world.use(WithdrawSubjects).execute({ venueIds: [venue.id] }, NEIGHBOUR),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Central staff run the sittings', () => {
  it('add one, and make it current when no campus is open for another', async () => {
    const venue = await world.venue();
    const next = await world.use(AddSitting).execute({ number: 271 }, CENTRAL);
    const makeCurrent = (actor = CENTRAL) =>
      world.use(MakeSittingCurrent).execute({ sittingId: next.id }, actor);
    await expect(makeCurrent()).rejects.toMatchObject({ code: 'CURRENT_SITTING_STILL_OPEN' });
    await expect(makeCurrent(PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    world.clock.set(venue.closesAt!);
    await makeCurrent();
    expect(await rowOf(Sitting, { current: true })).toMatchObject({ number: 271 });
    await expect(world.use(AddSitting).execute({ number: 272 }, TEACHER)).rejects.toMatchObject({
      code: 'NOT_YOUR_ROLE',
    });
    expect(await actions()).toEqual(['sitting.add', 'sitting.make-current']);
  });

  it('set the policies; whoever can enrol can pay, and the report window has both ends', async () => {
    const venue = await world.venue();
    const set = (policies: Partial<Sitting>, actor = CENTRAL) =>
      world.use(SetSittingPolicies).execute({ sittingId: venue.sittingId, ...policies }, actor);
    await set({ payHours: 12, oralNeedsWritten: 'ENROLLED', paymentEndsAt: later(venue.closesAt!, DAYS) });
    expect(await rowOf(Sitting, { id: venue.sittingId })).toMatchObject({
      payHours: 12,
      oralNeedsWritten: 'ENROLLED',
      waitlistPayHours: 24,
    });
    await expect(set({ paymentEndsAt: later(venue.closesAt!, -1) })).rejects.toMatchObject({
      code: 'PAYMENT_ENDS_BEFORE_WINDOWS',
    });
    await expect(set({ reportChangeOpensAt: NOW })).rejects.toMatchObject({ code: 'REPORT_WINDOW_INVALID' });
    await expect(set({ payHours: 1 }, TEACHER)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await expect(
      world.use(SetSittingPolicies).execute({ sittingId: 'none', payHours: 1 }, CENTRAL),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('A province sets', () => {
  it('from when oral tickets can be printed, which its candidates see, and what is left out stays', async () => {
    const { id: sittingId } = await world.sitting();
    await campusOf12001();
    const set = (settings: object, actor = PROVINCE) =>
      world.use(SetProvinceSettings).execute({ sittingId, provinceCode: '12', ...settings }, actor);
    await set({ oralTicketAvailableAt: later(NOW, DAYS) });
    await set({ oralFeeMostFen: 5000 });
    expect(await rowOf(ProvinceSetting, { sittingId })).toMatchObject({
      oralTicketAvailableAt: later(NOW, DAYS),
      oralFeeMostFen: 5000,
      writtenFeeMostFen: null,
    });
    const { ticketTimes } = (await world.http.get('/api/v1/sittings/current').expect(200)).body;
    expect(ticketTimes).toMatchObject([{ kind: 'ORAL' }]);
    await expect(set({ oralExamsFrom: NOW })).rejects.toMatchObject({ code: 'ORAL_DAYS_INVALID' });
    await expect(set({ oralFeeMostFen: 1 }, OTHER_PROVINCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(set({ oralFeeMostFen: 1 }, TEACHER)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
  });
});

describe('Names of places', () => {
  it('are central staff’s to edit; whether orals may be taken elsewhere is the school’s (R-OE-3)', async () => {
    const { code } = await campusOf12001();
    const school = { name: '南开大学', city: '天津市', educationLevel: '本科', moeCode: null };
    await world.use(RenameProvince).execute({ provinceCode: '12', name: '天津市' }, CENTRAL);
    await world.use(EditSchool).execute({ schoolCode: '12001', ...school }, CENTRAL);
    await world.use(EditCampus).execute({ campusCode: code, name: '八里台校区' }, CENTRAL);
    await world.use(AllowOralElsewhere).execute({ campusCode: code, allowed: false }, TEACHER);
    expect(await rowOf(Province, { code: '12' })).toMatchObject({ name: '天津市' });
    expect(await rowOf(School, { code: '12001' })).toMatchObject(school);
    expect(await rowOf(Campus, { code })).toMatchObject({ name: '八里台校区', oralElsewhereAllowed: false });
    expect(await actions()).toEqual([
      'province.rename',
      'school.edit',
      'campus.edit',
      'campus.allow-oral-elsewhere',
    ]);
  });

  it('and nobody else’s', async () => {
    const { code } = await campusOf12001();
    const refused = [
      world.use(RenameProvince).execute({ provinceCode: '12', name: 'x' }, PROVINCE),
      world.use(EditCampus).execute({ campusCode: code, name: 'x' }, TEACHER),
      world.use(AllowOralElsewhere).execute({ campusCode: code, allowed: false }, PROVINCE),
    ];
    for (const one of refused) await expect(one).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    const foreign = world.use(AllowOralElsewhere).execute({ campusCode: code, allowed: false }, NEIGHBOUR);
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      world.use(RenameProvince).execute({ provinceCode: '77', name: 'x' }, CENTRAL),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Notices (R-WE-8)', () => {
  const publish = async (actor: StaffActor, facts: object = {}) =>
    world.use(PublishNotice).execute(
      {
        sittingId: (await world.sitting()).id,
        kind: null,
        title: '须知',
        body: '<p>请带证件</p>',
        ...facts,
      },
      actor,
    );
  const readBy = async (schoolCode: string) => {
    const campus = await world.campus({ schoolCode });
    await world.venue({ campus });
    return (await (await world.registered({ campus })).page()).notices as {
      title: string;
      bodyHtml: string;
    }[];
  };

  it('of the school and the province are read by their candidates, as text and as safe HTML', async () => {
    await publish(TEACHER, {
      title: ' 校内须知 ',
      body: '<p onclick="x()">请带<b>证件</b></p><script>x()</script>',
    });
    await publish(PROVINCE, { title: '省内须知' });
    await publish(OTHER_PROVINCE, { title: '外省须知' });
    expect(await readBy('12001')).toMatchObject([
      { title: '省内须知', issuer: 'PROVINCE' },
      { title: '校内须知', issuer: 'SCHOOL', body: '请带证件', bodyHtml: '<p>请带<b>证件</b></p>' },
    ]);
    expect(await readBy('12002')).toMatchObject([{ title: '省内须知' }]);
  });

  it('are edited, withdrawn and published again by who issued them; each leaves a line', async () => {
    const { id: noticeId } = await publish(TEACHER);
    const changed = { noticeId, kind: null, title: '改', body: '<p>改</p>', publishedAt: NOW };
    await world.use(EditNotice).execute(changed, TEACHER);
    await world.use(WithdrawNotice).execute({ noticeId }, TEACHER);
    expect(await readBy('12001')).toEqual([]);
    await expect(world.use(EditNotice).execute(changed, TEACHER)).rejects.toMatchObject({
      code: 'NOTICE_WITHDRAWN',
    });
    await expect(world.use(WithdrawNotice).execute({ noticeId }, TEACHER)).rejects.toMatchObject({
      code: 'NOTICE_WITHDRAWN',
    });
    world.clock.advance(HOURS);
    await world.use(RepublishNotice).execute({ noticeId }, TEACHER);
    expect(await rowOf(Notice, { id: noticeId })).toMatchObject({
      title: '改',
      withdrawnAt: null,
      publishedAt: later(NOW, HOURS),
    });
    await expect(world.use(RepublishNotice).execute({ noticeId }, TEACHER)).rejects.toMatchObject({
      code: 'NOTICE_NOT_WITHDRAWN',
    });
    expect(await actions()).toEqual(['notice.publish', 'notice.edit', 'notice.withdraw', 'notice.republish']);
  });

  it('of others are not there; a school’s is its province’s to see, not to write; central staff may withdraw any', async () => {
    const [school, central] = [await publish(TEACHER), await publish(CENTRAL)];
    const withdraw = (notice: Notice, actor: StaffActor) =>
      world.use(WithdrawNotice).execute({ noticeId: notice.id }, actor);
    await expect(withdraw(school, NEIGHBOUR)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdraw(school, OTHER_PROVINCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdraw(central, TEACHER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdraw(central, PROVINCE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(withdraw(school, PROVINCE)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await withdraw(school, CENTRAL);
  });

  it('are cleaned and turned to text when they are saved, whoever saves them, and then only read', async () => {
    await world.notice({ body: '<p>好</p><script>x()</script><a href="javascript:x()">链接</a>' });
    const stored = await rowOf(Notice, {});
    expect(stored).toMatchObject({ bodyText: '好\n链接', bodyHtml: '<p>好</p><a>链接</a>' });
    const { notices } = (await world.http.get('/api/v1/sittings/current').expect(200)).body;
    expect(notices).toMatchObject([{ body: stored!.bodyText, bodyHtml: stored!.bodyHtml }]);
  });

  it('are refused, before anything is done with them, when they are too long, and when there are too many', async () => {
    const long = `${'<b>'.repeat(LONGEST_NOTICE / 3 - 1)}好啊。`;
    expect((await publish(TEACHER, { body: long })).bodyText).toBe('好啊。');
    const { id: noticeId } = await publish(TEACHER);
    const changed = { noticeId, kind: null, title: '改', publishedAt: NOW, body: `${long}！` };
    await expect(publish(TEACHER, changed)).rejects.toMatchObject({ code: 'NOTICE_TOO_LONG' });
    await expect(world.use(EditNotice).execute(changed, TEACHER)).rejects.toMatchObject({
      code: 'NOTICE_TOO_LONG',
    });
    await world.use(WithdrawNotice).execute({ noticeId }, TEACHER);
    for (let more = 1; more < MOST_NOTICES; more++) await publish(TEACHER);
    await expect(publish(TEACHER)).rejects.toMatchObject({ code: 'TOO_MANY_NOTICES' });
    await expect(world.use(RepublishNotice).execute({ noticeId }, TEACHER)).rejects.toMatchObject({
      code: 'TOO_MANY_NOTICES',
    });
    await publish(NEIGHBOUR);
    expect(await readBy('12001')).toHaveLength(MOST_NOTICES);
  });

  it('say something, and appear when they are meant to', async () => {
    await expect(publish(TEACHER, { body: '<p> </p><script>x</script>' })).rejects.toMatchObject({
      code: 'NOTICE_EMPTY',
    });
    await publish(CENTRAL, { publishedAt: later(NOW, HOURS) });
    const seen = async () => (await world.http.get('/api/v1/sittings/current').expect(200)).body.notices;
    expect(await seen()).toEqual([]);
    world.clock.advance(HOURS);
    expect(await seen()).toMatchObject([{ title: '须知', body: '请带证件' }]);
  });
});
