import { DAYS, HOURS, later } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { CollectiveRegistrationLine } from '../../src/modules/collective-registration/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { INITIAL_PASSWORD } from '../../src/modules/passport/index.js';
import { StudentRecord } from '../../src/modules/qualification/index.js';
import { Registration } from '../../src/modules/registration/index.js';
import { SittingRepository, Venue } from '../../src/modules/sitting/index.js';
import { callsOf, documentOf } from '../support/api-calls.js';
import { aStudentOnAList, enrolledByTheirSchool } from '../support/collective.js';
import {
  anyPhone,
  newestCode,
  obtainCode,
  openAccount,
  signIn,
  solvedChallenge,
} from '../support/passport.js';
import { World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** Speaks to the API as whoever has this token. */
function withToken(token: string) {
  return (method: string, path: string, body: object = {}) =>
    world.http[method.toLowerCase() as 'get'](`/api/v1${path}`).auth(token, { type: 'bearer' }).send(body);
}

/** Signs in as somebody does who is not sure to get in. */
async function triesToSignIn(login: string, password = INITIAL_PASSWORD) {
  const challenge = await solvedChallenge(world.app);
  return world.http.post('/api/v1/passport/sessions').send({ login, password, challenge });
}

const comesIn = async (login: string, password = INITIAL_PASSWORD) =>
  withToken(await signIn(world.app, login, password));
const changesPassword = (ask: ReturnType<typeof withToken>, newPassword = 'quite-my-own-1', code?: string) =>
  ask('PUT', '/passport/account/password', { currentPassword: INITIAL_PASSWORD, newPassword, code });
const accountOf = (documentNumber: string) =>
  world.dataSource.manager.findOneByOrFail(Account, { loginDocumentNumber: documentNumber });

/** What a session with the initial password may call: the change of it, whose it is, and the way out. */
const OPENED = [
  'GET /api/v1/passport/account',
  'PUT /api/v1/passport/account/password',
  'POST /api/v1/passport/account/first-code',
  'DELETE /api/v1/passport/sessions/current',
];

describe('Whoever knows a document number and that the initial password is 123456', () => {
  it('bound a phone, an address and a profile of their own before any password was changed; opens its change alone now', async () => {
    const { number } = await aStudentOnAList(world);
    const ask = await comesIn(number);

    const answers = [];
    for (const { method, path, name, operation } of callsOf(documentOf(world.app))) {
      if (!('security' in operation) || OPENED.includes(name)) continue;
      const answer = await ask(method, path.replace('/api/v1', '').replace(/\{\w+\}/g, newId()));
      answers.push([name, answer.status, answer.body.code]);
    }

    expect(answers.length).toBeGreaterThan(25);
    const others = answers.filter(([, status, code]) => status !== 403 || code !== 'PASSWORD_MUST_CHANGE');
    expect(others).toEqual([]);
    await ask('DELETE', '/passport/sessions/current').expect(204);
  });

  it('is asked of every call of the passport whether it opens: those without a session are these', () => {
    const open = callsOf(documentOf(world.app))
      .filter(({ path, operation }) => path.includes('/passport/') && !('security' in operation))
      .map(({ name }) => name.replace('/api/v1/passport', ''));
    expect(open.sort()).toEqual([
      'POST /accounts',
      'POST /challenges',
      'POST /codes',
      'POST /password-resets',
      'POST /sessions',
    ]);
  });

  it('kept a phone bound that way, also with a code that was right', async () => {
    const { number } = await aStudentOnAList(world);
    const ask = await comesIn(number);
    const phone = anyPhone();
    const code = await obtainCode(world.app, { target: phone, purpose: 'BIND_PHONE' });

    const bound = await ask('PUT', '/passport/account/phone', { value: phone, code });

    expect([bound.status, bound.body.code]).toEqual([403, 'PASSWORD_MUST_CHANGE']);
    expect((await ask('GET', '/passport/account')).body.phoneBound).toBe(false);
  });

  it('read the student’s name, who had shown a number only', async () => {
    const { student, number } = await aStudentOnAList(world);
    const ask = await comesIn(number);
    const { body } = await ask('GET', '/passport/account').expect(200);
    expect(body).toEqual({
      id: expect.any(String),
      emailProven: false,
      phoneBound: false,
      passwordMustChange: true,
      createdAt: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toContain(student.details.name);
  });

  it('was one of two at the same moment, and both got in: one does, the other’s session ends', async () => {
    const { number } = await aStudentOnAList(world);
    const [one, other] = [await comesIn(number), await comesIn(number)];
    const answers = await Promise.all(
      [one, other].map((ask, i) => changesPassword(ask, `quite-my-own-${i}`)),
    );
    const [first, second] = answers[0]!.status === 204 ? [one, other] : [other, one];
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    await first('GET', '/passport/account').expect(200);
    expect((await second('GET', '/passport/account')).body.code).toBe('NOT_SIGNED_IN');
  });
});

describe('The initial password stood open for ever', () => {
  it('is a wrong one once the student can neither choose nor pay any more, also for who was in already', async () => {
    await world.sitting({ paymentEndsAt: later(world.clock.now(), 9 * DAYS) });
    const { number } = await aStudentOnAList(world);
    world.clock.advance(8 * DAYS);
    await comesIn(number);
    world.clock.advance(1 * DAYS - 1 * HOURS);
    const ask = await comesIn(number);

    world.clock.advance(1 * HOURS);

    expect((await triesToSignIn(number)).body.code).toBe('LOGIN_FAILED');
    expect((await triesToSignIn(number, 'wrong-anyway')).body.code).toBe('LOGIN_FAILED');
    const late = await changesPassword(ask);
    expect([late.status, late.body.code]).toEqual([422, 'CURRENT_PASSWORD_WRONG']);
  });

  it('stays one while an oral is still to be chosen at the campus: that is what they sign in for ([002] 七)', async () => {
    const { number, campus } = await aStudentOnAList(world);
    const closesAt = later(world.clock.now(), 14 * DAYS);
    await world.venue({ campus, subject: 'F', closesAt });
    world.clock.advance(13 * DAYS);
    await comesIn(number);
    world.clock.advance(1 * DAYS);
    expect((await triesToSignIn(number)).body.code).toBe('LOGIN_FAILED');
  });

  it('is a wrong one where the list enrolled nobody in the end, until another list does', async () => {
    const { number, student, campus } = await aStudentOnAList(world);
    world.clock.advance(25 * HOURS);
    await world.job('enrolment.lapse');
    world.clock.advance(25 * HOURS);
    await world.job('registration.delete-empty');
    expect((await triesToSignIn(number)).body.code).toBe('LOGIN_FAILED');

    await enrolledByTheirSchool(world, campus, [student]);
    await comesIn(number);
  });

  it('opens no door of an earlier sitting', async () => {
    const { number } = await aStudentOnAList(world);
    await world.unitOfWork.run(async (tx) => {
      const { id } = await world.use(SittingRepository).current(tx);
      await tx.manager.update('sitting', { id }, { current: false });
      await world.use(SittingRepository).add(tx, { number: 271, name: '下一考次', current: true });
    });
    expect((await triesToSignIn(number)).body.code).toBe('LOGIN_FAILED');
  });
});

describe('Where the roster has a mobile number', () => {
  it('the initial password let anybody in; it takes the code sent there besides, which proves the number', async () => {
    const phone = anyPhone();
    const { number } = await aStudentOnAList(world, { phone });
    const ask = await comesIn(number);
    const masked = `139****${phone.slice(-4)}`;
    expect((await ask('GET', '/passport/account')).body.firstCodePhoneMasked).toBe(masked);

    const without = await changesPassword(ask);
    expect([without.status, without.body.code]).toEqual([422, 'FIRST_CODE_NEEDED']);
    expect(without.body.detail).toContain(masked);
    expect(JSON.stringify(without.body)).not.toContain(phone);
    expect((await changesPassword(ask, 'quite-my-own-1', '000000')).body.code).toBe('CODE_INVALID');

    const sent = await ask('POST', '/passport/account/first-code').expect(202);
    expect(sent.body).toEqual({ phoneMasked: masked, expiresInSeconds: 600 });
    const code = await newestCode(world.app, phone);
    await changesPassword(ask, 'quite-my-own-1', code).expect(204);
    const account = await ask('GET', '/passport/account').expect(200);
    expect(account.body).toMatchObject({ phoneBound: true, phoneMasked: masked, passwordMustChange: false });
    expect((await ask('GET', '/registration')).body.code).toBe('AGREEMENT_NOT_ACCEPTED');
  });

  it('no code sent for anything else, or to anybody else, does', async () => {
    const phone = anyPhone();
    const { phone: own } = await openAccount(world.app);
    const { number } = await aStudentOnAList(world, { phone });
    const ask = await comesIn(number);
    for (const [target, purpose] of [
      [phone, 'BIND_PHONE'],
      [own!, 'RESET_PASSWORD'],
      [anyPhone(), 'REGISTER'],
    ] as const) {
      const code = await obtainCode(world.app, { target, purpose });
      expect([purpose, (await changesPassword(ask, 'quite-my-own-1', code)).body.code]).toEqual([
        purpose,
        'CODE_INVALID',
      ]);
    }
    const challenge = await solvedChallenge(world.app);
    const asked = { channel: 'SMS', target: phone, purpose: 'FIRST_SIGN_IN', challenge };
    expect((await world.http.post('/api/v1/passport/codes').send(asked)).body.code).toBe('FIELD_INVALID');
  });

  it('somebody else’s asking neither ends the student’s code nor uses up the tries at it', async () => {
    const phone = anyPhone();
    const { number } = await aStudentOnAList(world, { phone });
    const student = await comesIn(number);
    await student('POST', '/passport/account/first-code').expect(202);
    const code = await newestCode(world.app, phone);
    const stranger = await comesIn(number);
    for (let tries = 0; tries < 6; tries++) await changesPassword(stranger, `a-strangers-${tries}`, '000000');

    expect((await changesPassword(stranger, 'a-strangers', code)).body.code).toBe('CODE_INVALID');
    await changesPassword(student, 'quite-my-own-1', code).expect(204);
  });

  it('a number that is bound to another account is not taken from it', async () => {
    const phone = anyPhone();
    const { number } = await aStudentOnAList(world, { phone });
    const other = await openAccount(world.app, { phone });
    const ask = await comesIn(number);
    await ask('POST', '/passport/account/first-code').expect(202);
    await changesPassword(ask, 'quite-my-own-1', await newestCode(world.app, phone)).expect(204);
    expect((await ask('GET', '/passport/account')).body.phoneBound).toBe(false);
    const holder = await world.dataSource.manager.findOneByOrFail(Account, { phone });
    expect(holder.id).toBe(other.accountId);
  });

  it('that the school writes down while somebody is in already, it is asked of them too; a corrected one leaves the old code behind', async () => {
    const { number, student } = await aStudentOnAList(world);
    const ask = await comesIn(number);
    const [wrong, right] = [anyPhone(), anyPhone()];
    const roster = (phone: string) =>
      world.dataSource.manager.update(StudentRecord, { id: student.id }, { phone });
    await roster(wrong);
    expect((await changesPassword(ask)).body.code).toBe('FIRST_CODE_NEEDED');
    await ask('POST', '/passport/account/first-code').expect(202);
    const code = await newestCode(world.app, wrong);
    await roster(right);
    expect((await changesPassword(ask, 'quite-my-own-1', code)).body.code).toBe('CODE_INVALID');
    await ask('POST', '/passport/account/first-code').expect(202);
    await changesPassword(ask, 'quite-my-own-1', await newestCode(world.app, right)).expect(204);
    expect(await accountOf(number)).toMatchObject({ phone: right });
  });

  it('nobody else is asked for a code, and none is sent', async () => {
    const { number } = await aStudentOnAList(world);
    const ask = await comesIn(number);
    expect((await ask('POST', '/passport/account/first-code')).body.code).toBe('FIRST_CODE_UNNEEDED');
    await changesPassword(ask).expect(204);
    expect((await ask('POST', '/passport/account/first-code')).body.code).toBe('FIRST_CODE_UNNEEDED');
  });
});

describe('Whose account a list enrols a student in', () => {
  const registrationOf = ({ id }: StudentRecord) =>
    world.dataSource.manager.findOneBy(Registration, { recordId: id, state: 'ACTIVE' });
  const reasons = async () =>
    (await world.dataSource.manager.find(CollectiveRegistrationLine, { order: { id: 'ASC' } })).map(
      ({ state, reason }) => reason ?? state,
    );
  /** The registration is over and done with, so that the school enrols the student again. */
  const isGone = (student: StudentRecord) =>
    world.dataSource.manager.delete(Registration, { recordId: student.id });
  const isCalled = (student: StudentRecord, name: string) =>
    world.dataSource.manager.update(StudentRecord, { id: student.id }, { details: { name } });

  it('after a rename the school could never enrol the student again; by the document, its own list does', async () => {
    const { number, student, campus } = await aStudentOnAList(world);
    const account = await accountOf(number);
    await isGone(student);
    await isCalled(student, '改名后');
    await enrolledByTheirSchool(world, campus, [student]);
    expect(await reasons()).toEqual(['ENROLLED', 'ENROLLED']);
    expect((await registrationOf(student))!.accountId).toBe(account.id);
    expect(await accountOf(number)).toMatchObject({ loginName: '改名后', profileName: '改名后' });
  });

  it('nor after the candidate had written another name, or none, into the profile', async () => {
    const { number, student, campus } = await aStudentOnAList(world);
    const ask = await comesIn(number);
    await changesPassword(ask).expect(204);
    const profile = { documentType: 'PASSPORT', documentNumber: 'E99999999', name: '别人' };
    await ask('PATCH', '/passport/account', { profile }).expect(200);
    await isGone(student);
    await enrolledByTheirSchool(world, campus, [student]);
    expect(await reasons()).toEqual(['ENROLLED', 'ENROLLED']);
  });

  it('a name of its choice does not give another school what is not its own', async () => {
    const { number, student } = await aStudentOnAList(world);
    const theirs = await accountOf(number);
    await world.dataSource.manager.delete(StudentRecord, { id: student.id });
    await isGone(student);
    const elsewhere = await world.campus();
    await world.venue({ campus: elsewhere });
    const renamed = await world.record({ campus: elsewhere, documentNumber: number, name: '别的名字' });
    await enrolledByTheirSchool(world, elsewhere, [renamed]);
    expect(await registrationOf(renamed)).toBeNull();
    expect(await reasons()).toEqual(['ENROLLED', 'LOGIN_OF_ANOTHER']);
    expect(await accountOf(number)).toEqual(theirs);
  });

  it('is the one that has proven the number on the roster, whatever another account says it confirmed', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const phone = anyPhone();
    const own = await openAccount(world.app, { phone });
    const student = await world.record({ campus, phone });
    await enrolledByTheirSchool(world, campus, [student]);
    expect((await registrationOf(student))!.accountId).toBe(own.accountId);
  });

  it('is not one that has proven a number which several students have on the roster', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const phone = anyPhone();
    const own = await openAccount(world.app, { phone });
    const [one, other] = [await world.record({ campus, phone }), await world.record({ campus, phone })];
    await enrolledByTheirSchool(world, campus, [one, other]);
    const held = [await registrationOf(one), await registrationOf(other)].map((held) => held!.accountId);
    expect(held).not.toContain(own.accountId);
  });

  it('is not one that confirmed to be the student in an earlier sitting, where the roster has another number', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const thief = await world.registered({ campus });
    const { details } = thief.record;
    const earlier = await world.unitOfWork.run((tx) =>
      world.use(SittingRepository).add(tx, { number: 261, name: '上一考次', current: false }),
    );
    const { manager } = world.dataSource;
    await manager.update(Registration, { accountId: thief.accountId }, { sittingId: earlier.id });
    await manager.update(StudentRecord, { id: thief.record.id }, { sittingId: earlier.id });
    const student = await world.record({ campus, ...details, phone: anyPhone() });
    await enrolledByTheirSchool(world, campus, [student]);
    expect((await registrationOf(student))!.accountId).not.toBe(thief.accountId);
  });
});

test('a venue that the student may still choose counts as the campus has it now, not as it was', async () => {
  const { number, venue } = await aStudentOnAList(world);
  const closesAt = later(world.clock.now(), 1 * HOURS);
  await world.dataSource.manager.update(Venue, { id: venue.id }, { closesAt });
  world.clock.advance(2 * HOURS);
  expect((await triesToSignIn(number)).body.code).toBe('LOGIN_FAILED');
});
