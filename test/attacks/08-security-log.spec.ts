import { Secret, TOTP } from 'otpauth';
import * as backOffice from '../../src/admin/index.js';
import { Staff } from '../../src/admin/staff/staff.entity.js';
import { SECONDS } from '../../src/kernel/clock.js';
import { AuditLine } from '../../src/modules/audit/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { INITIAL_PASSWORD } from '../../src/modules/passport/index.js';
import { Registration } from '../../src/modules/registration/index.js';
import { aStudentOnAList } from '../support/collective.js';
import { newestCode, obtainCode, openAccount, solvedChallenge } from '../support/passport.js';
import { addStaff, STAFF_PASSWORD, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * Whoever guessed passwords, took an account over or gave themselves a way in left nothing: no sign-in, lock or password
 * was written anywhere, and nobody could be asked afterwards who had been there, and from where.
 */
let world: World;
beforeAll(async () => {
  // no ordinary line is written at this level: these are
  world = await World.open({ trustProxy: 1, logLevel: 'error' }, undefined, backOffice);
});
afterAll(() => world.close());

const PASSWORD = 'kite-over-river-7';
/** Everything that people type, or that opens something: none of it may stand in any line. */
const secrets: string[] = [PASSWORD, 'lake-under-moon-3', STAFF_PASSWORD];
const said = <T extends string>(text: T): T => {
  secrets.push(text);
  return text;
};

type Line = {
  level: string;
  event?: string;
  outcome: string;
  accountId?: string;
  staffId?: string;
  by?: string;
};
const lines = (): Line[] =>
  world.logLines.map((line) => JSON.parse(line)).filter(({ event }) => event !== undefined);
let seen = 0;
/** The lines since it was asked last. */
function fresh(): Line[] {
  const written = lines().slice(seen);
  seen += written.length;
  return written;
}
afterEach(() => {
  seen = lines().length;
});

let phones = 10;
const anyNumber = () => said(`139726084${++phones}`);

describe('What a candidate does is written, however it ends', () => {
  const ADDRESS = '203.0.113.7';
  const call = (method: 'post' | 'put' | 'delete', path: string, token?: string) => {
    const request = world.http[method](`/api/v1/passport/${path}`).set('X-Forwarded-For', ADDRESS);
    return token ? request.auth(token, { type: 'bearer' }) : request;
  };
  const challenge = () => solvedChallenge(world.app);
  const register = async (body: object) =>
    call('post', 'accounts').send({
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
      challenge: await challenge(),
      ...body,
    });
  const signIn = async (login: string, password = PASSWORD) =>
    call('post', 'sessions').send({ login, password, challenge: await challenge() });

  it('registering: done, and refused', async () => {
    const phone = anyNumber();
    const code = said(await obtainCode(world.app, { target: phone, purpose: 'REGISTER' }));
    const profile = {
      documentType: 'PASSPORT',
      documentNumber: said('E73192846'),
      name: said('Zoe Lindqvist'),
    };
    fresh();
    const { body } = await register({ phone, code, profile });
    expect(fresh()).toMatchObject([
      { level: 'info', event: 'passport.register', outcome: 'OK', accountId: body.id, address: ADDRESS },
    ]);
    await register({ email: said('lisi@example.edu.cn'), challenge: said('bm90IGEgc29sdXRpb24=') });
    await register({ phone: anyNumber(), code: '000000' });
    expect(fresh()).toMatchObject([
      { level: 'warn', event: 'passport.register', outcome: 'CHALLENGE_FAILED', address: ADDRESS },
      { level: 'warn', event: 'passport.register', outcome: 'CODE_INVALID', address: ADDRESS },
    ]);
  });

  async function somebody() {
    const phone = anyNumber();
    await register({
      phone,
      code: said(await obtainCode(world.app, { target: phone, purpose: 'REGISTER' })),
    });
    const { body } = await signIn(phone);
    seen = lines().length;
    return { phone, token: said(body.token as string), accountId: body.account.id as string };
  }

  it('signing in: done, failed for an account that is there, and for nobody', async () => {
    const { phone, accountId } = await somebody();
    said((await signIn(phone)).body.token);
    await signIn(phone, 'lake-under-moon-3');
    await signIn(anyNumber());
    await call('post', 'sessions').send({ login: phone, password: PASSWORD, challenge: 'none' });
    const [done, wrong, nobody, check] = fresh();
    const event = 'passport.sign-in';
    expect(done).toMatchObject({ event, outcome: 'OK', accountId, address: ADDRESS, level: 'info' });
    expect(wrong).toMatchObject({
      event,
      outcome: 'LOGIN_FAILED',
      accountId,
      address: ADDRESS,
      level: 'warn',
    });
    expect(nobody).toMatchObject({ event, outcome: 'LOGIN_FAILED', address: ADDRESS });
    expect(nobody).not.toHaveProperty('accountId');
    expect(check).toMatchObject({ event, outcome: 'CHALLENGE_FAILED', address: ADDRESS });
  });

  it('guessing on and on: each try, and the refusal that ends them', async () => {
    const { phone, accountId } = await somebody();
    const codes = [];
    for (let n = 0; n < 18; n++) codes.push((await signIn(phone, `guess-number-${n}`)).body.code);
    expect(new Set(codes).size).toBeGreaterThan(1);
    const written = fresh();
    expect(written.map(({ outcome }) => outcome)).toEqual(codes);
    expect(written.filter((line) => line.accountId === accountId).length).toBeGreaterThan(5);
  });

  it('codes: asked for and sent, for whose account', async () => {
    const { phone, accountId } = await somebody();
    world.clock.advance(61 * SECONDS);
    const target = { channel: 'SMS', target: phone, purpose: 'RESET_PASSWORD' };
    await call('post', 'codes')
      .send({ ...target, challenge: await challenge() })
      .expect(202);
    said(await newestCode(world.app, phone));
    await call('post', 'codes').send({ ...target, challenge: 'none' });
    const event = 'passport.code';
    expect(fresh()).toMatchObject([
      { event, purpose: 'RESET_PASSWORD', outcome: 'OK', accountId, address: ADDRESS },
      { event, purpose: 'RESET_PASSWORD', outcome: 'CHALLENGE_FAILED', address: ADDRESS },
    ]);
  });

  it('the password: changed, not changed, reset, not reset', async () => {
    const { phone, token, accountId } = await somebody();
    const change = (currentPassword: string, newPassword: string) =>
      call('put', 'account/password', token).send({ currentPassword, newPassword });
    await change('lake-under-moon-3', said('stone-under-oak-9'));
    await change(PASSWORD, '123456');
    await change(PASSWORD, 'stone-under-oak-9').expect(204);
    world.clock.advance(61 * SECONDS);
    const code = said(await obtainCode(world.app, { target: phone, purpose: 'RESET_PASSWORD' }));
    const reset = (typed: string) =>
      call('post', 'password-resets').send({ login: phone, code: typed, newPassword: PASSWORD });
    await reset(code === '000000' ? '000001' : '000000');
    await reset(code).expect(204);
    const written = fresh().filter(({ event }) => event !== 'passport.code');
    expect(written).toMatchObject([
      { event: 'passport.password-change', outcome: 'CURRENT_PASSWORD_WRONG', accountId, address: ADDRESS },
      { event: 'passport.password-change', outcome: 'PASSWORD_TOO_COMMON', accountId },
      { event: 'passport.password-change', outcome: 'OK', accountId },
      { event: 'passport.password-reset', outcome: 'CODE_INVALID', address: ADDRESS },
      { event: 'passport.password-reset', outcome: 'OK', accountId, address: ADDRESS },
    ]);
  });

  it('coming in for the first time: the code, what was refused, and what was done', async () => {
    const phone = anyNumber();
    const { number } = await aStudentOnAList(world, { phone });
    const { id: accountId } = await world.dataSource.manager.findOneByOrFail(Account, {
      loginDocumentNumber: said(number),
    });
    fresh();
    const token = said((await signIn(number, INITIAL_PASSWORD)).body.token as string);
    const change = { currentPassword: INITIAL_PASSWORD, newPassword: said('stone-under-oak-9') };
    await call('put', 'account/password', token).send(change);
    await call('post', 'account/first-code', token).expect(202);
    const code = said(await newestCode(world.app, phone));
    await call('put', 'account/password', token)
      .send({ ...change, code })
      .expect(204);
    const whose = { accountId, address: ADDRESS };
    expect(fresh()).toMatchObject([
      { event: 'passport.sign-in', outcome: 'OK', ...whose },
      { event: 'passport.password-change', outcome: 'FIRST_CODE_NEEDED', level: 'warn', ...whose },
      { event: 'passport.code', purpose: 'FIRST_SIGN_IN', outcome: 'OK', ...whose },
      { event: 'passport.password-change', outcome: 'OK', ...whose },
    ]);
  });

  it('signing somebody in from another site’s page, which is refused', async () => {
    const { phone } = await somebody();
    await call('post', 'sessions')
      .set('Origin', 'https://elsewhere.example')
      .send({ login: phone, password: PASSWORD, challenge: await challenge() })
      .expect(403);
    expect(fresh()).toMatchObject([
      { event: 'passport.sign-in', outcome: 'FOREIGN_ORIGIN', level: 'warn', address: ADDRESS },
    ]);
  });

  it('phone, address and sessions', async () => {
    const { phone, token, accountId } = await somebody();
    const [newPhone, email] = [anyNumber(), said('wangwu.reads@example.edu.cn')];
    const phoneCode = said(await obtainCode(world.app, { target: newPhone, purpose: 'BIND_PHONE' }));
    const mailCode = said(
      await obtainCode(world.app, { channel: 'EMAIL', target: email, purpose: 'BIND_EMAIL' }),
    );
    fresh();
    await call('put', 'account/phone', token).send({ value: newPhone, code: phoneCode });
    const currentPassword = PASSWORD;
    await call('put', 'account/phone', token).send({ value: newPhone, code: phoneCode, currentPassword });
    await call('put', 'account/email', token).send({ value: email, code: mailCode, currentPassword });
    await call('delete', 'sessions/nobodys', token);
    await call('delete', 'sessions/current', token).expect(204);
    const whose = { accountId, address: ADDRESS };
    expect(fresh()).toMatchObject([
      { event: 'passport.phone-change', outcome: 'CURRENT_PASSWORD_MISSING', ...whose },
      { event: 'passport.phone-change', outcome: 'OK', ...whose },
      { event: 'passport.email-change', outcome: 'OK', ...whose },
      { event: 'passport.session-end', outcome: 'NOT_FOUND', ...whose },
      { event: 'passport.session-end', outcome: 'OK', ...whose },
    ]);
    expect(phone).not.toBe(newPhone);
  });
});

describe('What staff do is written, and kept in the audit trail', () => {
  const trail = async () => {
    const kept = await world.dataSource.manager.find(AuditLine, { order: { happenedAt: 'ASC', id: 'ASC' } });
    return kept
      .filter(({ action }) => action.startsWith('staff.'))
      .map(({ action, rowId }) => [action, rowId]);
  };
  const stored = (login: string) => world.dataSource.manager.findOneByOrFail(Staff, { login });
  async function signedIn(login: string, facts: Partial<Staff> = {}) {
    const staff = await addStaff(world, {
      login: said(login),
      name: said(`${login}先生`),
      role: 'CENTRAL',
      ...facts,
    });
    const browser = new StaffBrowser(world);
    await browser.signsIn(login).then(({ status }) => expect(status).toBe(303));
    return { staff, browser };
  }
  const mine = (browser: StaffBrowser, verb: string, input: object = {}) =>
    browser.post(`/api/tools/my-account/${verb}`, input);
  const act = (browser: StaffBrowser, action: string, id: string) => browser.fills('staff', action, [id], {});

  it('signing in and out, and what failed', async () => {
    const { staff, browser } = await signedIn('office.sun');
    await new StaffBrowser(world).signsIn('office.sun', { password: 'lake-under-moon-3' });
    await new StaffBrowser(world).signsIn(said('office.nobody'));
    await browser.get('/logout');
    const [done, wrong, nobody, out] = fresh();
    expect(done).toMatchObject({ event: 'staff.sign-in', outcome: 'OK', staffId: staff.id });
    expect(done).toHaveProperty('address');
    expect(wrong).toMatchObject({ event: 'staff.sign-in', outcome: 'STAFF_LOGIN_FAILED', staffId: staff.id });
    expect(nobody).toMatchObject({ event: 'staff.sign-in', outcome: 'STAFF_LOGIN_FAILED' });
    expect(nobody).not.toHaveProperty('staffId');
    expect(out).toMatchObject({ event: 'staff.sign-out', outcome: 'OK', staffId: staff.id });
    expect(await trail()).toEqual([
      ['staff.sign-in', staff.id],
      ['staff.sign-out', staff.id],
    ]);
  });

  it('a lock: once, and who took it away', async () => {
    const { staff: boss, browser } = await signedIn('office.boss');
    const { id } = await addStaff(world, { login: said('office.lin'), role: 'CENTRAL' });
    fresh();
    let status = 401;
    for (let n = 0; n < 60 && status === 401; n++) {
      const [guesser, password] = [new StaffBrowser(world), `guess-number-${n}`];
      let answer = await guesser.signsIn('office.lin', { password });
      if (answer.status === 422)
        answer = await guesser.signsIn('office.lin', { password, challenge: guesser.solves(answer) });
      ({ status } = answer);
    }
    const written = fresh();
    expect(written.filter(({ event }) => event === 'staff.lock')).toMatchObject([
      { outcome: 'LOCKED', staffId: id },
    ]);
    expect(written.at(-1)).toMatchObject({ event: 'staff.sign-in', outcome: 'STAFF_LOCKED' });
    await act(browser, 'unlock', id);
    expect(fresh()).toMatchObject([{ event: 'staff.unlock', outcome: 'OK', staffId: id, by: boss.id }]);
    const actions = (await trail()).filter(([, rowId]) => rowId === id).map(([action]) => action);
    expect(actions).toEqual(['staff.lock', 'staff.unlock']);
  });

  it('passwords, codes of the phone, sessions', async () => {
    const { staff, browser } = await signedIn('office.zhou');
    await new StaffBrowser(world).signsIn('office.zhou');
    fresh();
    const password = said('stone-under-oak-9');
    await mine(browser, 'changePassword', { currentPassword: 'a guess', password, repeated: password });
    await mine(browser, 'changePassword', { currentPassword: STAFF_PASSWORD, password, repeated: password });
    const { secret } = (await mine(browser, 'beginTotp', { currentPassword: password }).expect(200)).body;
    const codeNow = () =>
      new TOTP({ secret: Secret.fromBase32(said(secret)) }).generate({
        timestamp: world.clock.now().getTime(),
      });
    await mine(browser, 'confirmTotp', { code: codeNow() }).expect(200);
    const elsewhere = new StaffBrowser(world);
    await elsewhere.signsIn('office.zhou', { password });
    await elsewhere.form('/login/code', { code: '000000' });
    world.clock.advance(30 * SECONDS);
    await elsewhere.form('/login/code', { code: codeNow() });
    await mine(browser, 'endOtherSessions').expect(200);
    world.clock.advance(30 * SECONDS);
    await mine(browser, 'dropTotp', { currentPassword: password, code: codeNow() }).expect(200);
    const staffId = staff.id;
    expect(fresh()).toMatchObject([
      { event: 'staff.password-change', outcome: 'STAFF_PASSWORD_WRONG', staffId },
      { event: 'staff.password-change', outcome: 'OK', staffId },
      { event: 'staff.second-factor-on', outcome: 'OK', staffId },
      { event: 'staff.sign-in', outcome: 'CODE_AWAITED', staffId },
      { event: 'staff.sign-in-code', outcome: 'STAFF_CODE_WRONG', staffId },
      { event: 'staff.sign-in-code', outcome: 'OK', staffId },
      { event: 'staff.session-end', outcome: 'OK', staffId },
      { event: 'staff.second-factor-off', outcome: 'OK', staffId },
    ]);
    const actions = (await trail()).filter(([, rowId]) => rowId === staffId).map(([action]) => action);
    expect(actions).toEqual([
      ...['staff.sign-in', 'staff.sign-in', 'staff.change-password', 'staff.totp-on'],
      ...['staff.sign-in', 'staff.end-session', 'staff.totp-off'],
    ]);
  });

  it('ways in that are given, taken and changed, by whom', async () => {
    const { staff: boss, browser } = await signedIn('office.head');
    fresh();
    const input = { login: said('office.new'), name: '新来的', role: 'CENTRAL' };
    const { body } = await browser.fills('staff', 'add', [], input);
    const token = said(new URL(body.facts[0].value).searchParams.get('token')!);
    const { id } = await stored('office.new');
    const accepts = (typed: string, password: string) =>
      world.http.post('/admin/invitation').type('form').send({ token: typed, password, repeated: password });
    await accepts('of nobody', PASSWORD);
    await accepts(token, 'qwertyuiop');
    await accepts(token, PASSWORD).expect(200);
    const change = { name: '改名的', email: said('new@school.example') };
    await browser.fills('staff', 'change', [id], change);
    await browser.fills('staff', 'change', [id], { ...change, currentPassword: STAFF_PASSWORD });
    await act(browser, 'inviteAgain', id);
    await act(browser, 'disable', id);
    await act(browser, 'enable', id);
    const whose = { staffId: id, by: boss.id };
    expect(fresh()).toMatchObject([
      { event: 'staff.add', outcome: 'OK', ...whose },
      { event: 'staff.invitation-accept', outcome: 'INVITATION_GONE' },
      { event: 'staff.invitation-accept', outcome: 'PASSWORD_TOO_COMMON', staffId: id },
      { event: 'staff.invitation-accept', outcome: 'OK', staffId: id },
      { event: 'staff.edit', outcome: 'STAFF_PASSWORD_WRONG', ...whose },
      { event: 'staff.edit', outcome: 'OK', ...whose },
      { event: 'staff.invite-again', outcome: 'OK', ...whose },
      { event: 'staff.disable', outcome: 'OK', ...whose },
      { event: 'staff.enable', outcome: 'OK', ...whose },
    ]);
  });

  it('accounts of candidates that a school takes from whoever is in: by whom, also where it was refused', async () => {
    const { student, number, campus } = await aStudentOnAList(world);
    const { schoolCode, provinceCode } = campus;
    const { staff, browser } = await signedIn('office.registrar', {
      role: 'SCHOOL',
      schoolCode,
      provinceCode,
    });
    const { manager } = world.dataSource;
    const { id: accountId } = await manager.findOneByOrFail(Account, { loginDocumentNumber: said(number) });
    const { id } = await manager.findOneByOrFail(Registration, { recordId: student.id });
    fresh();
    const reason = said('被他人占用了账号');
    const phone = anyNumber();
    await browser.fills('student-records', 'resetAccount', [student.id], { reason, phone });
    await browser.fills('registrations', 'move', [id], { reason, phone: anyNumber(), inPerson: true });
    await browser.fills('registrations', 'release', [id], { reason });
    const by = staff.id;
    const done = fresh();
    const whose = { event: 'passport.owner-change', accountId, by };
    expect(done).toMatchObject([
      { ...whose, purpose: 'RESET', outcome: 'OK', level: 'info' },
      { ...whose, purpose: 'MOVE', outcome: 'OWNER_NOT_PROVEN', level: 'warn' },
      { ...whose, purpose: 'RELEASE', outcome: 'OK', level: 'info' },
    ]);
    for (const line of done) expect(line).toHaveProperty('address');
  });

  it('asking for what is not one’s role, told of or not', async () => {
    await world.campus({ provinceCode: '11', schoolCode: '11001' });
    const place = { role: 'SCHOOL', provinceCode: '11', schoolCode: '11001' } as const;
    const { staff, browser } = await signedIn('office.teacher', place);
    fresh();
    await browser.post('/api/actions/staff/add', { ids: [], input: {} });
    await browser.post('/api/exports/audit-lines', { filters: {} });
    await browser.get('/api/tools/my-account/show');
    const refused = { event: 'staff.role', outcome: 'NOT_YOUR_ROLE', staffId: staff.id, level: 'warn' };
    expect(fresh()).toMatchObject([refused, refused]);
  });
});

it('and no line, of these or of any, says what people type or are sent, or has a number of theirs', async () => {
  const { phone } = await openAccount(world.app, { phone: anyNumber(), email: said('last@example.edu.cn') });
  expect(lines().length).toBeGreaterThan(60);
  const all = world.logLines.join('\n');
  for (const secret of [...secrets, phone!]) expect([secret, all.includes(secret)]).toEqual([secret, false]);
  for (const line of lines())
    for (const name of Object.keys(line))
      expect([
        'level',
        'time',
        'event',
        'outcome',
        'accountId',
        'staffId',
        'by',
        'address',
        'purpose',
      ]).toContain(name);
});
