import * as backOffice from '../../src/admin/index.js';
import { DAYS } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { AuditLine } from '../../src/modules/audit/index.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { OwnerChange } from '../../src/modules/ownership/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { INITIAL_PASSWORD, PasswordHasher } from '../../src/modules/passport/index.js';
import { Cet6Review, StudentRecord } from '../../src/modules/qualification/index.js';
import { Enrolment, Registration, WaitlistEntry } from '../../src/modules/registration/index.js';
import type { Campus } from '../../src/modules/sitting/index.js';
import { seatFaults } from '../races/race.js';
import { aStudentOnAList, enrolledByTheirSchool } from '../support/collective.js';
import {
  anyPhone,
  newestCode,
  obtainCode,
  openAccount,
  signIn,
  solvedChallenge,
} from '../support/passport.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { type TestCandidate, World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(() => world.reset());

let logins = 0;
async function staffOf({ schoolCode, provinceCode }: Campus, role: 'SCHOOL' | 'PROVINCE' = 'SCHOOL') {
  const login = `staff-${++logins}`;
  await addStaff(world, { login, role, provinceCode, schoolCode: role === 'SCHOOL' ? schoolCode : null });
  const browser = new StaffBrowser(world);
  await browser.signsIn(login);
  return browser;
}

const confirming = ({ details: { documentType, documentNumber, name } }: StudentRecord) => ({
  ...{ documentType, documentNumber, name },
  recordConfirmed: true,
  phoneConfirmed: true,
});

/** A student of the campus whom somebody else has confirmed to be, by knowing number and name. */
async function aTakenStudent(facts: { phone?: string; seats?: number } = {}) {
  const campus = await world.campus();
  const venue = await world.venue({ campus, seats: facts.seats });
  const student = await world.record({ campus, phone: facts.phone ?? null });
  const thief = await world.candidate({ campus });
  await thief.post('/registration', confirming(student)).expect(201);
  const registration = await world.dataSource.manager.findOneByOrFail(Registration, {
    recordId: student.id,
  });
  return { campus, venue, student, thief, registration, school: await staffOf(campus) };
}

/** The student, with an account of their own. */
async function themselves(student: StudentRecord, phone = anyPhone()): Promise<TestCandidate> {
  const somebody = await world.candidate({ campus: campusOf(student) });
  const { manager } = world.dataSource;
  await manager.update(Account, { id: somebody.accountId }, { phone });
  return somebody;
}
const campusOf = ({ details: { provinceCode, schoolCode, campusCode: code } }: StudentRecord) =>
  ({ provinceCode, schoolCode, code }) as Campus;
const lookUp = (candidate: TestCandidate, student: StudentRecord) => {
  const { documentType, documentNumber, name } = student.details;
  return candidate.post('/qualification/queries', { documentType, documentNumber, name }).expect(200);
};

const told = async (recipient: string, template: string) =>
  (await world.use(ListOutbox).execute({ recipient })).filter((message) => message.template === template);
const linesOf = (action: string) => world.dataSource.manager.findBy(AuditLine, { action });
const changes = () => world.dataSource.manager.find(OwnerChange, { order: { id: 'ASC' } });
const accountOf = (documentNumber: string) =>
  world.dataSource.manager.findOneByOrFail(Account, { loginDocumentNumber: documentNumber });
async function triesToSignIn(login: string, password: string) {
  const challenge = await solvedChallenge(world.app);
  return world.http.post('/api/v1/passport/sessions').send({ login, password, challenge });
}

describe('Any account that knew number and name confirmed a student, whom nobody could release', () => {
  it('the school sees who took the student and when, with no number in full', async () => {
    const { school, registration, thief } = await aTakenStudent();
    const { body } = await school
      .get(`/api/resources/registrations/records/${registration.id}/show`)
      .expect(200);
    const { account, accountPhone, phoneAgrees, createdAt } = body.record.params;
    expect(account).toContain('本人注册');
    expect(accountPhone).toMatch(/^139\*{4}\d{4}（2026-11-21 09:00 绑定）$/);
    expect([phoneAgrees, createdAt]).toEqual(['学籍中没有手机', '2026-11-21 09:00']);
    expect(JSON.stringify(body)).not.toContain(thief.phone);
  });

  it('releases the registration, having read whom it is about and what happens: seats go back to who waits for them', async () => {
    const { school, registration, student, thief, venue, campus } = await aTakenStudent({ seats: 1 });
    const japanese = await world.venue({ campus, subject: '4', seats: 0 });
    await thief.enrols(venue);
    await thief.waitsFor(japanese);
    const next = await world.registered({ campus });
    await next.waitsFor(venue);
    const form = await school.get('/api/forms/registrations/release').query({ ids: registration.id });
    const masked = `E00**${student.details.documentNumber.slice(-4)}`;
    for (const words of [student.details.name, masked, '英语四级（未支付）', '候补 日语六级', '139****'])
      expect(form.body.text).toContain(words);
    expect(form.text).not.toContain(thief.phone);

    await school.fills('registrations', 'release', [registration.id], { reason: '非考生本人' });

    expect((await thief.get('/registration')).body.code).toBe('NOT_SIGNED_IN');
    await thief.signsInAgain();
    expect((await thief.get('/registration')).body.code).toBe('NOT_REGISTERED');
    await world.job('waitlist.allocate');
    expect((await next.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
    const { manager } = world.dataSource;
    expect(await manager.findOneBy(WaitlistEntry, { registrationId: registration.id })).toMatchObject({
      state: 'CANCELLED',
    });
    expect(await manager.findOneBy(Registration, { id: registration.id })).toMatchObject({
      state: 'DELETED',
      deletedBecause: 'RELEASED',
    });
    expect(await seatFaults(world)).toEqual([]);
    expect(await told(thief.phone!, 'ownership.released')).toHaveLength(1);
    const [line] = await linesOf('registration.release');
    expect(line).toMatchObject({
      rowId: registration.id,
      schoolCode: campus.schoolCode,
      factsBefore: { state: 'ACTIVE', accountId: thief.accountId, phone: expect.stringMatching(/^139\*{4}/) },
      factsAfter: { state: 'DELETED', reason: '非考生本人' },
    });
    expect(JSON.stringify(line)).not.toContain(thief.phone);
    expect(await changes()).toMatchObject([
      { kind: 'RELEASE', state: 'DONE', fromAccountId: thief.accountId },
    ]);
  });

  it('an order of the thief’s that is open is closed at the platform first; nobody can pay it any more', async () => {
    const { school, registration, thief, venue } = await aTakenStudent();
    const { id } = await thief.enrols(venue);
    await thief.put(`/enrolments/${id}/score-report`, { form: 'PAPER' }).expect(200);
    const order = (await thief.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
    await school.fills('registrations', 'release', [registration.id], { reason: '非考生本人' });
    const paid = await world.http.post(`/sandbox-pay/${order.neeaId}/pay`).send({ method: 'ALIPAY' });
    expect(paid.status).toBeGreaterThanOrEqual(400);
    expect(await world.seats(venue)).toMatchObject({ taken: 0 });
  });

  it('was taken again in the next moment: the account that had taken the student confirms them no more', async () => {
    const { school, registration, student, thief } = await aTakenStudent();
    await school.fills('registrations', 'release', [registration.id], { reason: '非考生本人' });
    await thief.signsInAgain();
    const again = await thief.post('/registration', confirming(student));
    expect([again.status, again.body.code]).toEqual([409, 'STUDENT_RELEASED']);
    const owner = await themselves(student);
    await owner.post('/registration', confirming(student)).expect(201);
  });

  it('nor does another account of the thief’s, where the school has written down the student’s number', async () => {
    const { school, registration, student } = await aTakenStudent();
    const phone = anyPhone();
    const input = { reason: '非考生本人', phone };
    await school.fills('registrations', 'release', [registration.id], input);
    const another = await world.candidate({ campus: campusOf(student) });
    expect((await another.post('/registration', confirming(student))).body.code).toBe('STUDENT_RELEASED');
    const owner = await themselves(student, phone);
    await owner.post('/registration', confirming(student)).expect(201);
  });

  it('nor does the school’s own list give the student back to the thief', async () => {
    const { school, registration, student, thief, campus } = await aTakenStudent();
    await school.fills('registrations', 'release', [registration.id], { reason: '非考生本人' });
    await enrolledByTheirSchool(world, campus, [student]);
    const held = await world.dataSource.manager.findOneByOrFail(Registration, {
      recordId: student.id,
      state: 'ACTIVE',
    });
    expect(held.accountId).not.toBe(thief.accountId);
  });

  it('for other schools the registration is not there, and provinces look on', async () => {
    const { registration, campus } = await aTakenStudent();
    const stranger = await staffOf(await world.campus());
    const province = await staffOf(campus, 'PROVINCE');
    for (const action of ['release', 'move']) {
      const input = { reason: '试试', phone: anyPhone() };
      const theirs = await stranger.fills('registrations', action, [registration.id], input);
      expect([action, theirs.status]).toEqual([action, 404]);
      const looking = await province.fills('registrations', action, [registration.id], input);
      expect([action, looking.status, looking.body.code]).toEqual([action, 403, 'NOT_YOUR_ROLE']);
    }
    expect(await world.dataSource.manager.findOneBy(Registration, { id: registration.id })).toMatchObject({
      state: 'ACTIVE',
    });
  });

  it('a page that shows what has changed since decides nothing', async () => {
    const { school, registration, thief, venue } = await aTakenStudent();
    const { body } = await school.get('/api/forms/registrations/release').query({ ids: registration.id });
    await thief.enrols(venue);
    const answer = await school.post('/api/actions/registrations/release', {
      ids: [registration.id],
      input: { reason: '非考生本人' },
      version: body.version,
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'ROWS_CHANGED_MEANWHILE']);
    expect((await thief.page()).written.enrolments).toMatchObject([{ state: 'UNPAID' }]);
  });
});

describe('Where something is paid', () => {
  /** A thief who has paid one subject, enrolled in another, queues for a third, and claims a CET4. */
  async function aPaidTakenStudent(facts: { phone?: string } = {}) {
    const taken = await aTakenStudent(facts);
    const { thief, venue, campus, student, registration } = taken;
    await thief.enrols(venue);
    const order = await thief.pays('WRITTEN');
    await thief.enrols(await world.venue({ campus, subject: '4' }));
    await thief.waitsFor(await world.venue({ campus, subject: 'F', seats: 0 }));
    const { documentType, documentNumber, name, campusCode, schoolCode, provinceCode } = student.details;
    await world.dataSource.manager.insert(Cet6Review, {
      id: newId(),
      accountId: thief.accountId,
      sittingId: registration.sittingId,
      ...{ provinceCode, schoolCode, campusCode, documentType, documentNumber, name },
      ticketNumber: '120010252101218',
      state: 'APPROVED',
      submissions: 1,
      submittedAt: world.clock.now(),
      decidedAt: world.clock.now(),
      decidedBy: 'STAFF x',
      reason: null,
    });
    return { ...taken, order };
  }
  const asks = (school: StaffBrowser, registrationId: string, input: object) =>
    school.fills('registrations', 'move', [registrationId], { reason: '当面核验', ...input });
  const confirms = (browser: StaffBrowser, changeId: string) =>
    browser.fills('owner-changes', 'confirm', [changeId], {});

  it('nobody releases it alone: the payer would lose the seat, and the student the registration', async () => {
    const { school, registration, thief } = await aPaidTakenStudent();
    const answer = await school.fills('registrations', 'release', [registration.id], { reason: '非本人' });
    expect([answer.status, answer.body.code]).toEqual([409, 'PAID_IS_MOVED']);
    expect((await thief.page()).written.enrolments).toHaveLength(2);
  });

  it('a second member of staff confirms, and it moves to its owner with all that it holds', async () => {
    const { school, registration, student, thief, order, campus } = await aPaidTakenStudent();
    const before = await thief.page();
    const owner = await themselves(student);
    const { phone } = await world.dataSource.manager.findOneByOrFail(Account, { id: owner.accountId });
    await lookUp(owner, student);
    await asks(school, registration.id, { phone, inPerson: true });
    const [change] = await changes();
    expect(change).toMatchObject({ kind: 'MOVE', state: 'REQUESTED', proof: 'IN_PERSON' });

    expect((await confirms(school, change!.id)).body.code).toBe('SECOND_PERSON_NEEDED');
    expect((await thief.page()).id).toBe(registration.id);
    const second = await staffOf(campus);
    const form = await second.get('/api/forms/owner-changes/confirm').query({ ids: change!.id });
    for (const words of [
      student.details.name,
      '英语四级（已支付）',
      '日语六级（未支付）',
      '候补 英语四级口试',
      '30.00 元，支付宝',
    ])
      expect(form.body.text).toContain(words);
    expect(form.text).not.toContain(phone);
    expect((await confirms(second, change!.id)).body.message).toContain('已确认');

    const page = await owner.page();
    expect(page).toMatchObject({
      id: registration.id,
      written: before.written,
      waitlist: before.waitlist,
      cet6Review: { state: 'APPROVED' },
    });
    const orders = (await owner.get('/payment/orders').expect(200)).body.items;
    expect(orders).toMatchObject([{ id: order.id, state: 'PAID', payerName: student.details.name }]);
    expect((await thief.get('/registration')).body.code).toBe('NOT_SIGNED_IN');
    await thief.signsInAgain();
    expect((await thief.get('/registration')).body.code).toBe('NOT_REGISTERED');
    expect((await thief.get('/payment/orders')).body.items).toEqual([]);
    expect((await thief.get('/cet6-review')).text).not.toContain('120010252101218');
    expect(await told(thief.phone!, 'ownership.moved')).toHaveLength(1);
    expect(await told(phone!, 'ownership.moved')).toHaveLength(1);
    const [line] = await linesOf('registration.move');
    expect(line!.factsBefore).toMatchObject({ accountId: thief.accountId });
    expect(line!.factsAfter).toMatchObject({ accountId: owner.accountId, proof: 'IN_PERSON' });
    expect(JSON.stringify(line)).not.toContain(phone);
    expect(await seatFaults(world)).toEqual([]);
    expect((await confirms(second, change!.id)).body.code).toBe('OWNER_CHANGE_DECIDED');
  });

  it('it moves to nobody who is not proven the student, and the refusal tells nobody who has an account', async () => {
    const phone = anyPhone();
    const { school, registration, student, thief } = await aPaidTakenStudent({ phone });
    const owner = await themselves(student);
    const { phone: own } = await world.dataSource.manager.findOneByOrFail(Account, { id: owner.accountId });
    const refusal = async (input: object) => (await asks(school, registration.id, input)).body.code;

    expect(await refusal({ phone: anyPhone(), inPerson: true })).toBe('OWNER_NOT_PROVEN');
    expect(await refusal({ phone: own, inPerson: true })).toBe('OWNER_NOT_PROVEN');
    await lookUp(owner, student);
    expect(await refusal({ phone: own })).toBe('OWNER_NOT_PROVEN');
    expect(await refusal({ phone: thief.phone, inPerson: true })).toBe('OWNER_HAS_IT');
    const registered = await world.registered({ campus: campusOf(student) });
    await world.dataSource.manager.update(Account, { id: registered.accountId }, { phone });
    expect(await refusal({ phone })).toBe('OWNER_REGISTERED_ALREADY');
    expect(await changes()).toEqual([]);
  });

  it('the number of the roster proves it without a look-up; one request waits at a time, and it can be taken back', async () => {
    const phone = anyPhone();
    const { school, registration, student } = await aPaidTakenStudent({ phone });
    const owner = await themselves(student, phone);
    await asks(school, registration.id, { phone });
    expect((await asks(school, registration.id, { phone })).body.code).toBe('OWNER_CHANGE_WAITING');
    const [first] = await changes();
    await school.fills('owner-changes', 'withdraw', [first!.id], {});
    await asks(school, registration.id, { phone });
    const [, second] = await changes();
    const province = await staffOf(campusOf(student), 'PROVINCE');
    await confirms(province, second!.id);
    expect((await changes()).map(({ state }) => state)).toEqual(['WITHDRAWN', 'DONE']);
    expect((await owner.page()).id).toBe(registration.id);
  });

  it('what has changed between asking and confirming is not confirmed', async () => {
    const phone = anyPhone();
    const { school, registration, student, campus } = await aPaidTakenStudent({ phone });
    const owner = await themselves(student, phone);
    await asks(school, registration.id, { phone });
    const [change] = await changes();
    const { manager } = world.dataSource;
    await manager.update(Account, { id: owner.accountId }, { phone: anyPhone() });
    const second = await staffOf(campus);
    expect((await confirms(second, change!.id)).body.code).toBe('OWNER_NOT_PROVEN');
    await manager.update(Account, { id: owner.accountId }, { phone });
    await manager.update(Registration, { id: registration.id }, { accountId: newId() });
    expect((await confirms(second, change!.id)).body.code).toBe('OWNER_CHANGE_OUTDATED');
    await second.fills('owner-changes', 'reject', [change!.id], { reason: '情况有变' });
    expect(await changes()).toMatchObject([{ state: 'REJECTED', decisionReason: '情况有变' }]);
  });

  it('neither another school nor whoever invited the one who asks is the second person', async () => {
    const phone = anyPhone();
    const { school, registration, student } = await aPaidTakenStudent({ phone });
    await themselves(student, phone);
    await asks(school, registration.id, { phone });
    const [change] = await changes();
    const inviter = await addStaff(world, { login: 'the-inviter', role: 'CENTRAL' });
    await world.dataSource.manager.update(
      OwnerChange,
      { id: change!.id },
      { requesterInvitedBy: inviter.id },
    );
    const central = new StaffBrowser(world);
    await central.signsIn('the-inviter');
    expect((await confirms(central, change!.id)).body.code).toBe('SUBMITTER_INVITED_BY_YOU');
    expect((await confirms(await staffOf(await world.campus()), change!.id)).status).toBe(404);
  });
});

describe('Whoever came first to 123456 kept the account; its school resets it', () => {
  /** The thief has chosen a password and bound a phone. */
  async function aTakenAccount(facts: { phone?: string } = {}) {
    const listed = await aStudentOnAList(world);
    const token = await signIn(world.app, listed.number, INITIAL_PASSWORD);
    const ask = (method: 'get' | 'put' | 'post', path: string, body: object = {}) =>
      world.http[method](`/api/v1${path}`).auth(token, { type: 'bearer' }).send(body);
    await ask('put', '/passport/account/password', {
      currentPassword: INITIAL_PASSWORD,
      newPassword: 'the-thiefs-own',
    }).expect(204);
    const phone = anyPhone();
    await world.dataSource.manager.update(
      Account,
      { loginDocumentNumber: listed.number },
      { phone, phoneBoundAt: world.clock.now() },
    );
    if (facts.phone)
      await world.dataSource.manager.update(StudentRecord, { id: listed.student.id }, { phone: facts.phone });
    return { ...listed, ask, thiefsPhone: phone, school: await staffOf(listed.campus) };
  }
  const resets = (school: StaffBrowser, student: StudentRecord, input: object = {}) =>
    school.fills('student-records', 'resetAccount', [student.id], { reason: '被他人占用', ...input });

  it('with the student’s number: the code goes there, and the thief is out by every door', async () => {
    const { school, student, number, ask, thiefsPhone } = await aTakenAccount();
    const phone = anyPhone();
    const form = await school.get('/api/forms/student-records/resetAccount').query({ ids: student.id });
    for (const words of [student.details.name, '集体报名时开通', '修改初始密码', '139****'])
      expect(form.body.text).toContain(words);
    await resets(school, student, { phone });

    expect((await ask('get', '/passport/account')).body.code).toBe('NOT_SIGNED_IN');
    expect((await triesToSignIn(number, 'the-thiefs-own')).body.code).toBe('LOGIN_FAILED');
    expect((await triesToSignIn(thiefsPhone, 'the-thiefs-own')).body.code).toBe('LOGIN_FAILED');
    expect(await accountOf(number)).toMatchObject({ phone: null, email: null, passwordMustChange: true });
    expect(await told(thiefsPhone, 'ownership.reset')).toHaveLength(1);
    expect(await told(phone, 'ownership.reset')).toHaveLength(1);

    const token = await signIn(world.app, number, INITIAL_PASSWORD);
    const asks = (method: 'put' | 'post' | 'get', path: string, body: object = {}) =>
      world.http[method](`/api/v1${path}`).auth(token, { type: 'bearer' }).send(body);
    const change = { currentPassword: INITIAL_PASSWORD, newPassword: 'quite-my-own' };
    expect((await asks('put', '/passport/account/password', change)).body.code).toBe('FIRST_CODE_NEEDED');
    await asks('post', '/passport/account/first-code').expect(202);
    const code = await newestCode(world.app, phone);
    await asks('put', '/passport/account/password', { ...change, code }).expect(204);
    expect((await asks('get', '/passport/account')).body).toMatchObject({ phoneBound: true });
    const [line] = await linesOf('account.reset');
    expect(line).toMatchObject({ factsBefore: { phone: expect.stringMatching(/^139\*{4}/) } });
    expect(JSON.stringify(line)).not.toContain(thiefsPhone);
    expect(await changes()).toMatchObject([{ kind: 'RESET', state: 'DONE', phone }]);
  });

  it('by a code sent to the thief’s phone it was the thief’s again: that phone is nobody’s now', async () => {
    const { school, student, number, thiefsPhone } = await aTakenAccount();
    const code = await obtainCode(world.app, { target: thiefsPhone, purpose: 'RESET_PASSWORD' });
    await resets(school, student, { phone: anyPhone() });
    for (const login of [thiefsPhone, number]) {
      const answer = await world.http
        .post('/api/v1/passport/password-resets')
        .send({ login, code, newPassword: 'mine-again-1' });
      expect([login, answer.status]).toEqual([login, 422]);
    }
    expect(await accountOf(number)).toMatchObject({ passwordMustChange: true });
  });

  it('nor by one sent to an address that the thief had proven', async () => {
    const { school, student, number } = await aTakenAccount();
    const email = 'the.thief@example.edu.cn';
    const proven = { email, emailVerifiedAt: world.clock.now() };
    await world.dataSource.manager.update(Account, { loginDocumentNumber: number }, proven);
    const code = await obtainCode(world.app, { channel: 'EMAIL', target: email, purpose: 'RESET_PASSWORD' });
    await resets(school, student, { phone: anyPhone() });
    const answer = await world.http
      .post('/api/v1/passport/password-resets')
      .send({ login: email, code, newPassword: 'mine-again-1' });
    expect([answer.status, answer.body.code]).toEqual([422, 'CODE_INVALID']);
    expect(await accountOf(number)).toMatchObject({ passwordMustChange: true, email: null });
    expect(await told(email, 'ownership.reset')).toHaveLength(1);
  });

  it('a first password that was on its way when the school reset the account was set after it, without the student’s code', async () => {
    const { student, number, campus } = await aStudentOnAList(world);
    const token = await signIn(world.app, number, INITIAL_PASSWORD);
    const school = await staffOf(campus);
    const hasher = world.use(PasswordHasher);
    const { hash } = hasher;
    // between the checks and the change, while the new password is hashed
    hasher.hash = async (password) => {
      hasher.hash = hash;
      await resets(school, student, { phone: anyPhone() });
      return hash.call(hasher, password);
    };
    const answer = await world.http
      .put('/api/v1/passport/account/password')
      .auth(token, { type: 'bearer' })
      .send({ currentPassword: INITIAL_PASSWORD, newPassword: 'the-thiefs-own' });
    expect([answer.status, answer.body.code]).toEqual([401, 'NOT_SIGNED_IN']);
    expect(await linesOf('account.reset')).toHaveLength(1);
    expect(await accountOf(number)).toMatchObject({ passwordMustChange: true });
    expect((await triesToSignIn(number, 'the-thiefs-own')).body.code).toBe('LOGIN_FAILED');
  });

  it('without a number it is the initial password again while the list is open, and not after', async () => {
    const { school, student, number } = await aTakenAccount();
    await resets(school, student);
    expect((await triesToSignIn(number, INITIAL_PASSWORD)).status).toBe(201);
    world.clock.advance(8 * DAYS);
    expect((await triesToSignIn(number, INITIAL_PASSWORD)).body.code).toBe('LOGIN_FAILED');
    const late = await resets(await staffOf(campusOf(student)), student);
    expect([late.status, late.body.code]).toEqual([422, 'STUDENT_PHONE_NEEDED']);
    await resets(await staffOf(campusOf(student)), student, { phone: anyPhone() });
    expect((await triesToSignIn(number, INITIAL_PASSWORD)).status).toBe(201);
    world.clock.advance(7 * DAYS);
    expect((await triesToSignIn(number, INITIAL_PASSWORD)).body.code).toBe('LOGIN_FAILED');
  });

  it('where something is paid, a second member of staff confirms it, and only who gets the code comes in', async () => {
    const { school, student, number, campus } = await aTakenAccount();
    const { manager } = world.dataSource;
    await manager.update(Enrolment, { candidateSchoolCode: campus.schoolCode }, { state: 'PAID' });
    expect((await resets(school, student)).body.code).toBe('STUDENT_PHONE_NEEDED');
    const phone = anyPhone();
    expect((await resets(school, student, { phone })).body.message).toContain('另一位工作人员');
    expect(await accountOf(number)).toMatchObject({ passwordMustChange: false });
    const [change] = await changes();
    expect((await school.fills('owner-changes', 'confirm', [change!.id], {})).body.code).toBe(
      'SECOND_PERSON_NEEDED',
    );
    await (await staffOf(campus)).fills('owner-changes', 'confirm', [change!.id], {});
    expect(await accountOf(number)).toMatchObject({ passwordMustChange: true, phone: null });
    expect(await manager.findOneBy(StudentRecord, { id: student.id })).toMatchObject({ phone });
    expect(await manager.findOneBy(Enrolment, { candidateSchoolCode: campus.schoolCode })).toMatchObject({
      state: 'PAID',
    });
  });

  it('a school resets nobody’s own account, and none that another school has opened', async () => {
    const { student, number, campus } = await aTakenAccount();
    const { manager } = world.dataSource;
    const own = await world.candidate({ campus });
    await manager.update(
      Account,
      { id: own.accountId },
      { loginDocumentNumber: own.record.details.documentNumber, loginDocumentType: 'PASSPORT' },
    );
    const school = await staffOf(campus);
    expect((await resets(school, own.record)).body.code).toBe('NO_ACCOUNT_TO_RESET');

    // the student goes to another school, which lists them by the same number and name
    await manager.delete(Registration, { recordId: student.id });
    await manager.delete(StudentRecord, { id: student.id });
    const elsewhere = await world.campus();
    const venue = await world.venue({ campus: elsewhere });
    const there = await world.record({
      campus: elsewhere,
      documentNumber: number,
      name: student.details.name,
    });
    await enrolledByTheirSchool(world, elsewhere, [there]);
    const theirs = await staffOf(elsewhere);
    const before = await accountOf(number);
    expect((await resets(theirs, there, { phone: anyPhone() })).body.code).toBe('NO_ACCOUNT_TO_RESET');
    expect(await accountOf(number)).toEqual(before);

    // what is theirs is the registration: released, and listed again, it is in an account of their own opening
    const held = await manager.findOneByOrFail(Registration, { recordId: there.id });
    await theirs.fills('registrations', 'release', [held.id], { reason: '不是本人的账号' });
    await enrolledByTheirSchool(world, elsewhere, [there]);
    const opened = await accountOf(number);
    expect([opened.id === before.id, opened.openedBySchoolCode]).toEqual([false, elsewhere.schoolCode]);
    expect(await world.seats(venue)).toMatchObject({ taken: 1 });
  });

  it('for other schools the student is not there', async () => {
    const { student } = await aTakenAccount();
    expect((await resets(await staffOf(await world.campus()), student)).status).toBe(404);
  });
});

it('an account that nobody has come into is bound to nobody who says so afterwards', async () => {
  const { number } = await aStudentOnAList(world);
  const { accountId } = await openAccount(world.app, {
    profile: { documentType: 'PASSPORT', documentNumber: number, name: '冒名' },
  });
  expect((await accountOf(number)).id).not.toBe(accountId);
});
