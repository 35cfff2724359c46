import type { StaffActor } from '../../../src/kernel/actor.js';
import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import type { AuditLine } from '../../../src/modules/audit/index.js';
import { MOST_FAILURES } from '../../../src/modules/collective-registration/collective-registration.rules.js';
import {
  CollectiveRegistration,
  CollectiveRegistrationLine,
  DecideCollectiveRegistration,
  StartCollectiveRegistration,
  type StartCollectiveRegistrationCommand,
} from '../../../src/modules/collective-registration/index.js';
import { Account } from '../../../src/modules/passport/account.entity.js';
import { INITIAL_PASSWORD } from '../../../src/modules/passport/index.js';
import { StudentRecord, SubjectRule } from '../../../src/modules/qualification/index.js';
import { Enrolment, Registration } from '../../../src/modules/registration/index.js';
import { type Campus, SittingRepository } from '../../../src/modules/sitting/index.js';
import { seatFaults } from '../../races/race.js';
import { anyPhone, obtainCode, openAccount, signIn } from '../../support/passport.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const teacherOf = ({ schoolCode, provinceCode }: Campus): StaffActor => ({
  type: 'STAFF',
  staffId: 'a-teacher',
  role: 'SCHOOL',
  schoolCode,
  provinceCode,
});

/** Hands the list in, lets it be looked at, and gives the lines' states and reasons in order. */
async function handsIn(teacher: StaffActor, command: Partial<StartCollectiveRegistrationCommand>) {
  const list = await world
    .use(StartCollectiveRegistration)
    .execute({ numbers: '', subjectCode: '1', locks: false, ...command }, teacher);
  await world.job('collective-registration.work-off');
  return list;
}

async function enrols(teacher: StaffActor, { id }: CollectiveRegistration) {
  await world.use(DecideCollectiveRegistration).execute({ id, enrol: true }, teacher);
  await world.job('collective-registration.work-off');
}

async function lines({ id }: CollectiveRegistration): Promise<string[]> {
  const rows = await world.dataSource.manager.find(CollectiveRegistrationLine, {
    where: { collectiveRegistrationId: id },
    order: { position: 'ASC' },
  });
  return rows.map(({ state, reason }) => (reason ? `${state} ${reason}` : state));
}

const stateOf = async ({ id }: CollectiveRegistration) =>
  (await world.dataSource.manager.findOneByOrFail(CollectiveRegistration, { id })).state;
const count = (entity: typeof Account | typeof Registration | typeof Enrolment) =>
  world.dataSource.manager.count<object>(entity);
const numbers = (...records: StudentRecord[]) =>
  records.map(({ details }) => details.documentNumber).join('\n');

/** The operator's roster has the student at another campus from now on. */
async function moves({ id, details, ...record }: StudentRecord, campus: Campus) {
  const { provinceCode, schoolCode, code: campusCode } = campus;
  await world.dataSource.manager.save(StudentRecord, {
    ...record,
    id,
    details: { ...details, provinceCode, schoolCode, campusCode },
  });
}

describe('a school enrols a list of its students (R-PP-7)', () => {
  it('first says what would become of each line, and enrols nobody', async () => {
    const campus = await world.campus();
    await world.venue({ campus, seats: 2 });
    const [first, , third] = [
      await world.record({ campus }),
      await world.record({ campus, studentNumber: 'S-17' }),
      await world.record({ campus }),
    ];
    const elsewhere = await world.record();

    const list = await handsIn(teacherOf(campus), {
      numbers: `证件号码,姓名\n${first!.details.documentNumber},张三\r\n\ns-17\n${numbers(elsewhere, first!)}\nE404\n${numbers(third!)}`,
    });

    expect(await lines(list)).toEqual([
      'READY',
      'READY',
      'REFUSED NOT_ON_THE_ROSTER',
      'REFUSED ON_THE_LIST_TWICE',
      'REFUSED NOT_ON_THE_ROSTER',
      'REFUSED SEATS_FULL',
    ]);
    expect(await stateOf(list)).toBe('CHECKED');
    expect([await count(Account), await count(Registration), await count(Enrolment)]).toEqual([0, 0, 0]);
  });

  it('makes accounts, confirms registrations and takes seats, and lists the lines that cannot be taken', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 10 });
    const teacher = teacherOf(campus);
    const fresh = await world.record({ campus });
    const registered = await world.registered({ campus });
    const enrolled = await world.registered({ campus });
    await enrolled.enrols(venue);

    const list = await handsIn(teacher, {
      numbers: numbers(fresh, registered.record, enrolled.record),
      reportForm: 'ELECTRONIC',
    });
    await enrols(teacher, list);

    expect(await lines(list)).toEqual(['ENROLLED', 'ENROLLED', 'ALREADY']);
    expect(await stateOf(list)).toBe('DONE');
    expect(await count(Account)).toBe(3);
    const page = await registered.page();
    expect(page.written.enrolments).toMatchObject([
      { state: 'UNPAID', enrolledBy: 'SCHOOL', reportForm: 'ELECTRONIC', lockedForCollectivePayment: false },
    ]);
    expect(await world.seats(venue)).toMatchObject({ taken: 3 });
    expect(await seatFaults(world)).toEqual([]);

    // [002] 七: whoever had no account signs in with document number and initial password, and changes it first
    const token = await signIn(world.app, fresh.details.documentNumber, INITIAL_PASSWORD);
    const answer = await world.http.get('/api/v1/registration').auth(token, { type: 'bearer' });
    expect(answer.body.code).toBe('PASSWORD_MUST_CHANGE');
  });

  it('[002] 七: the candidate signs in with the document number, and takes an oral as well', async () => {
    const campus = await world.campus();
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    await world.venue({ campus });
    const oral = await world.venue({ campus, subject: 'F' });
    const student = await world.record({ campus });
    const teacher = teacherOf(campus);
    await enrols(teacher, await handsIn(teacher, { numbers: numbers(student) }));

    const token = await signIn(world.app, student.details.documentNumber, INITIAL_PASSWORD);
    const ask = (method: 'get' | 'post' | 'put', path: string, body?: object) =>
      world.http[method](`/api/v1${path}`).auth(token, { type: 'bearer' }).send(body);
    const refused = async () => (await ask('get', '/registration')).body.code;
    expect(await refused()).toBe('PASSWORD_MUST_CHANGE');
    const password = { currentPassword: INITIAL_PASSWORD, newPassword: 'my-own-1' };
    await ask('put', '/passport/account/password', password).expect(204);
    expect(await refused()).toBe('PHONE_NOT_BOUND');
    const phone = anyPhone();
    const code = await obtainCode(world.app, { target: phone, purpose: 'BIND_PHONE' });
    await ask('put', '/passport/account/phone', { value: phone, code }).expect(200);
    expect(await refused()).toBe('AGREEMENT_NOT_ACCEPTED');
    const { version } = (await ask('get', '/agreement')).body;
    await ask('post', '/agreement/acceptance', { version });

    expect((await ask('get', '/registration').expect(200)).body.written.enrolments).toMatchObject([
      { enrolledBy: 'SCHOOL', subject: { code: '1' } },
    ]);
    await ask('post', '/oral/enrolments', { venueIds: [oral.id] }).expect(201);
  });

  it('leaves whoever claims to be the student without anything of theirs', async () => {
    const campus = await world.campus();
    await world.venue({ campus, seats: 10 });
    const record = await world.record({ campus });
    const { accountId } = await openAccount(world.app, { profile: record.details });

    const list = await handsIn(teacherOf(campus), { numbers: numbers(record) });
    await enrols(teacherOf(campus), list);

    const [registration] = await world.dataSource.manager.find(Registration);
    expect(registration).toMatchObject({ recordId: record.id, state: 'ACTIVE' });
    expect(registration!.accountId).not.toBe(accountId);
  });

  it('goes to the account that stands registered as the student in an earlier sitting', async () => {
    const campus = await world.campus();
    await world.venue({ campus, seats: 10 });
    const before = await world.registered({ campus });
    const earlier = await world.unitOfWork.run((tx) =>
      world.use(SittingRepository).add(tx, { number: 261, name: '上一考次', current: false }),
    );
    const { manager } = world.dataSource;
    await manager.update(Registration, { accountId: before.accountId }, { sittingId: earlier.id });
    await manager.update(StudentRecord, { id: before.record.id }, { sittingId: earlier.id });
    const record = await world.record({ campus, ...before.record.details });

    const list = await handsIn(teacherOf(campus), { numbers: numbers(record) });
    await enrols(teacherOf(campus), list);

    expect(await lines(list)).toEqual(['ENROLLED']);
    expect(await count(Account)).toBe(1);
    const account = await manager.findOneByOrFail(Account, { id: before.accountId });
    expect(account.loginDocumentNumber).toBe(record.details.documentNumber);
  });

  it('changes nothing when the same list comes again, and nothing when the job runs twice at once', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const teacher = teacherOf(campus);
    const students = [await world.record({ campus }), await world.record({ campus })];
    const list = await handsIn(teacher, { numbers: numbers(...students) });
    await world.use(DecideCollectiveRegistration).execute({ id: list.id, enrol: true }, teacher);
    await Promise.all([
      world.job('collective-registration.work-off'),
      world.job('collective-registration.work-off'),
    ]);
    const again = await handsIn(teacher, { numbers: numbers(...students) });

    expect(await lines(list)).toEqual(['ENROLLED', 'ENROLLED']);
    expect(await lines(again)).toEqual(['ALREADY', 'ALREADY']);
    expect([await count(Account), await count(Registration), await count(Enrolment)]).toEqual([2, 2, 2]);
    expect(await world.seats(venue)).toMatchObject({ taken: 2 });
  });

  it('keeps to the rules of enrolling, and passes nobody who waits', async () => {
    const campus = await world.campus();
    const full = await world.venue({ campus, seats: 1 });
    await world.venue({ campus, subject: '2' });
    const teacher = teacherOf(campus);
    const [holder, waiting] = [await world.registered({ campus }), await world.registered({ campus })];
    await holder.enrols(full);
    await waiting.waitsFor(full);
    const student = await world.record({ campus });

    expect(await lines(await handsIn(teacher, { numbers: numbers(student) }))).toEqual([
      'REFUSED QUEUE_AHEAD',
    ]);
    expect(await lines(await handsIn(teacher, { numbers: numbers(student), subjectCode: '2' }))).toEqual([
      'REFUSED NOT_QUALIFIED',
    ]);
    expect(await lines(await handsIn(teacher, { numbers: numbers(student), subjectCode: '3' }))).toEqual([
      'REFUSED SUBJECT_NOT_HELD_THERE',
    ]);
    world.clock.advance(8 * DAYS);
    expect(await lines(await handsIn(teacher, { numbers: numbers(student) }))).toEqual([
      'REFUSED WINDOW_NOT_OPEN',
    ]);
  });

  it('leaves no account and no registration of a student who lost the seat between looking and enrolling', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 1 });
    const teacher = teacherOf(campus);
    const student = await world.record({ campus });
    const list = await handsIn(teacher, { numbers: numbers(student) });
    expect(await lines(list)).toEqual(['READY']);
    const quicker = await world.registered({ campus });
    await quicker.enrols(venue);

    await enrols(teacher, list);

    expect(await lines(list)).toEqual(['REFUSED SEATS_FULL']);
    expect([await count(Account), await count(Registration)]).toEqual([1, 1]);
  });

  it('locks at once where the school will pay: the candidate cannot pay or give up, and it does not lapse (R-PA-9)', async () => {
    const campus = await world.campus();
    await world.sitting({ paymentEndsAt: later(world.clock.now(), 10 * DAYS) });
    await world.venue({ campus });
    const candidate = await world.registered({ campus });
    const teacher = teacherOf(campus);
    await enrols(teacher, await handsIn(teacher, { numbers: numbers(candidate.record), locks: true }));

    const [enrolment] = (await candidate.page()).written.enrolments;
    expect(enrolment).toMatchObject({ enrolledBy: 'SCHOOL', lockedForCollectivePayment: true });
    world.clock.advance(25 * HOURS);
    await candidate.signsInAgain();
    await world.job('enrolment.lapse');
    const answer = await candidate.delete(`/written/enrolments/${enrolment.id}`).expect(409);
    expect(answer.body.code).toBe('LOCKED_BY_SCHOOL');
    expect((await candidate.post('/payment/orders', { kind: 'WRITTEN' })).body.code).toBe('LOCKED_BY_SCHOOL');

    world.clock.advance(10 * DAYS);
    await world.job('enrolment.lapse');
    expect(await world.dataSource.manager.findOneByOrFail(Enrolment, { id: enrolment.id })).toMatchObject({
      state: 'LAPSED',
    });
  });

  it('gives a line up that fails again and again, and comes to its end', async () => {
    const campus = await world.campus();
    const { id: sittingId } = await world.sitting();
    await world.venue({ campus, seats: 5 });
    const list = await handsIn(teacherOf(campus), { numbers: numbers(await world.record({ campus })) });
    // rules that nobody can read
    const { provinceCode, schoolCode } = campus;
    const lists = { educationLevels: null, grades: null, entryYears: null };
    const rule = { id: newId(), sittingId, provinceCode, schoolCode, subjectCode: '1', ...lists } as const;
    await world.dataSource.manager.insert(SubjectRule, rule);
    await world.dataSource.query(`UPDATE subject_rule SET grades = '[broken'`);

    await enrols(teacherOf(campus), list);
    const line = () =>
      world.dataSource.manager.findOneByOrFail(CollectiveRegistrationLine, {
        collectiveRegistrationId: list.id,
      });
    // the decision woke the job too, so how often it has run by now is for the line to say
    for (let now = await line(); now.failures < MOST_FAILURES; now = await line()) {
      expect(now.state).toBe('READY');
      await world.job('collective-registration.work-off');
    }
    await world.job('collective-registration.work-off');
    expect([await lines(list), await stateOf(list)]).toEqual([['REFUSED LINE_FAILED'], 'DONE']);
    expect(await count(Enrolment)).toBe(0);
  });

  it('takes orals of those who may take them', async () => {
    const campus = await world.campus();
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const written = await world.venue({ campus });
    await world.venue({ campus, subject: 'F' });
    const teacher = teacherOf(campus);
    const [with4, without] = [await world.registered({ campus }), await world.record({ campus })];
    await with4.enrols(written);
    const list = await handsIn(teacher, { numbers: numbers(with4.record, without), subjectCode: 'F' });
    await enrols(teacher, list);
    expect(await lines(list)).toEqual(['ENROLLED', 'REFUSED WRITTEN_REQUIRED']);
  });
});

describe('whose list it is', () => {
  it('is a school’s own: no province, no other school, and nobody twice', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const teacher = teacherOf(campus);
    const list = await handsIn(teacher, { numbers: numbers(await world.record({ campus })) });
    const decide = (who: StaffActor, enrol = true) =>
      world.use(DecideCollectiveRegistration).execute({ id: list.id, enrol }, who);

    const other = teacherOf(await world.campus());
    await expect(decide(other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(decide({ ...teacher, role: 'PROVINCE' })).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await expect(handsIn({ ...teacher, role: 'CENTRAL' }, { numbers: 'E1' })).rejects.toMatchObject({
      code: 'NOT_YOUR_ROLE',
    });
    await decide(teacher, false);
    expect(await stateOf(list)).toBe('DISCARDED');
    await expect(decide(teacher)).rejects.toMatchObject({ code: 'COLLECTIVE_REGISTRATION_MOVED_ON' });
  });

  it('enrols nobody whom the roster gave to another school since the list was looked at (R-AD-1)', async () => {
    const [ours, theirs] = [await world.campus(), await world.campus()];
    for (const campus of [ours, theirs]) await world.venue({ campus });
    const teacher = teacherOf(ours);
    const student = await world.record({ campus: ours });
    const list = await handsIn(teacher, { numbers: numbers(student) });
    expect(await lines(list)).toEqual(['READY']);
    await moves(student, theirs);
    await enrols(teacher, list);
    expect(await lines(list)).toEqual(['REFUSED NOT_ON_THE_ROSTER']);
    expect([await count(Account), await count(Registration), await count(Enrolment)]).toEqual([0, 0, 0]);
  });

  it('neither looks into nor adds to a registration of another school’s candidate, wherever the roster has them now', async () => {
    const [ours, theirs] = [await world.campus(), await world.campus()];
    for (const campus of [ours, theirs]) await world.venue({ campus });
    const teacher = teacherOf(ours);
    const student = await world.record({ campus: ours });
    const list = await handsIn(teacher, { numbers: numbers(student) });
    await moves(student, theirs);
    await enrols(teacherOf(theirs), await handsIn(teacherOf(theirs), { numbers: numbers(student) }));
    await moves(student, ours);

    const later = await handsIn(teacher, { numbers: numbers(student) });
    expect(await lines(later)).toEqual(['REFUSED NOT_ON_THE_ROSTER']);
    await enrols(teacher, list);
    expect(await lines(list)).toEqual(['REFUSED NOT_ON_THE_ROSTER']);
    expect(await count(Enrolment)).toBe(1);
  });

  it('leaves a line in the audit trail of handing in and of deciding (R-AD-2)', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const teacher = teacherOf(campus);
    await enrols(teacher, await handsIn(teacher, { numbers: numbers(await world.record({ campus })) }));
    const trail = await world.dataSource.manager.find<AuditLine>('AuditLine', { order: { id: 'ASC' } });
    expect(trail.map(({ action, schoolCode }) => [action, schoolCode])).toEqual([
      ['collective-registration.start', campus.schoolCode],
      ['collective-registration.enrol', campus.schoolCode],
    ]);
  });

  it('has at least one number and at most 5000', async () => {
    const teacher = teacherOf(await world.campus());
    await expect(handsIn(teacher, { numbers: ' \n学号\n' })).rejects.toMatchObject({
      code: 'COLLECTIVE_LIST_EMPTY',
    });
    await expect(handsIn(teacher, { numbers: 'E1\n'.repeat(5001) })).rejects.toMatchObject({
      code: 'COLLECTIVE_LIST_TOO_LONG',
    });
  });
});
