import { Secret, TOTP } from 'otpauth';
import * as backOffice from '../../../src/admin/index.js';
import { AddStaff } from '../../../src/admin/staff/add-staff.use-case.js';
import { EditStaff } from '../../../src/admin/staff/edit-staff.use-case.js';
import { Invitations } from '../../../src/admin/staff/invitations.js';
import { InviteStaffAgain } from '../../../src/admin/staff/invite-staff-again.use-case.js';
import { Staff, staffActor } from '../../../src/admin/staff/staff.entity.js';
import { StaffRepository } from '../../../src/admin/staff/staff.repository.js';
import { StaffSession } from '../../../src/admin/staff/staff-session.entity.js';
import { DAYS, MINUTES, SECONDS } from '../../../src/kernel/clock.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { ListOutbox, Outbox } from '../../../src/modules/notification/index.js';
import { PaymentBatch } from '../../../src/modules/payment/index.js';
import { Config } from '../../../src/platform/config.js';
import { addStaff, STAFF_PASSWORD, StaffBrowser } from '../../support/staff.js';
import { World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  // all stories come from one address, and are not about that
  world = await World.open({ peoplePerAddress: 500_000 }, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(() => world.reset());

async function signedIn(facts: Partial<Staff> & { login: string; role: Staff['role'] }) {
  const staff = await addStaff(world, facts);
  const browser = new StaffBrowser(world);
  await browser.signsIn(facts.login).then(({ status }) => expect(status).toBe(303));
  return { staff, browser };
}
const central = () => signedIn({ login: 'central', role: 'CENTRAL' });
const stored = (login: string) => world.dataSource.manager.findOneByOrFail(Staff, { login });
const act = (browser: StaffBrowser, action: string, ids: string[], input: object = {}) =>
  browser.fills('staff', action, ids, input);
const mine = (browser: StaffBrowser, verb: string, input: object = {}) =>
  browser.post(`/api/tools/my-account/${verb}`, input);

async function invites(browser: StaffBrowser, input: object): Promise<string> {
  const answer = await act(browser, 'add', [], input).expect(200);
  return new URL(answer.body.facts[0].value).search;
}
const accepts = (query: string, password: string, repeated = password) =>
  world.http
    .post('/admin/invitation')
    .type('form')
    .send({ token: new URLSearchParams(query).get('token'), password, repeated });

describe('Somebody new is invited', () => {
  test('by a link that is shown once, mailed, good once, and sets their password', async () => {
    const { campus } = { campus: await world.campus({ provinceCode: '11', schoolCode: '11001' }) };
    const { browser } = await central();
    const link = await invites(browser, {
      login: 'Wang.Fang',
      name: '王芳',
      role: 'SCHOOL',
      schoolCode: campus.schoolCode,
      email: 'wang@school.example',
    });
    expect(await stored('wang.fang')).toMatchObject({ provinceCode: '11', passwordHash: null });
    const [mail] = await world.use(ListOutbox).execute();
    expect(mail).toMatchObject({ channel: 'EMAIL', template: 'staff.invitation' });
    expect(mail!.body).toContain(`/admin/invitation${link}`);
    const token = new URLSearchParams(link).get('token')!;
    expect(JSON.stringify(await stored('wang.fang'))).not.toContain(token);

    expect((await new StaffBrowser(world).signsIn('wang.fang')).status).toBe(401);
    const page = await world.http.get(`/admin/invitation${link}`).expect(200);
    expect(page.text).toContain('王芳，您好');
    await accepts(link, 'a new password', 'another one').expect(422);
    await accepts(link, 'short77').expect(422);
    await accepts(link, 'a new password').expect(200);
    await accepts(link, 'an other password').expect(404);
    await world.http.get(`/admin/invitation${link}`).expect(404);
    const { status } = await new StaffBrowser(world).signsIn('wang.fang', { password: 'a new password' });
    expect(status).toBe(303);
    const lines = await world.dataSource.manager.find(AuditLine, { order: { id: 'ASC' } });
    expect(lines.map(({ action, schoolCode }) => [action, schoolCode])).toEqual([
      ['staff.sign-in', null],
      ['staff.add', '11001'],
      ['staff.set-password', '11001'],
      ['staff.sign-in', '11001'],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/argon2|[hH]ash|totp|invitation/);
  });

  test('within a week, and only by the newest link', async () => {
    const { browser } = await central();
    const first = await invites(browser, { login: 'late', name: '迟', role: 'CENTRAL' });
    const { id } = await stored('late');
    const again = await act(browser, 'inviteAgain', [id]).expect(200);
    const second = new URL(again.body.facts[0].value).search;
    await accepts(first, 'a new password').expect(404);
    world.clock.advance(7 * DAYS);
    await accepts(second, 'a new password').expect(404);
    expect((await stored('late')).passwordHash).toBeNull();
  });

  test('two who come at once with one link: one is late', async () => {
    const { browser } = await central();
    const link = await invites(browser, { login: 'one', name: '一', role: 'CENTRAL' });
    const answers = await Promise.all([accepts(link, 'password one'), accepts(link, 'password two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test('with a login that is free, and a scope that is there', async () => {
    const { browser } = await central();
    const input = { login: 'central', name: '重', role: 'CENTRAL' };
    expect((await act(browser, 'add', [], input).expect(409)).body.code).toBe('STAFF_LOGIN_TAKEN');
    const answer = await act(browser, 'add', [], { ...input, login: 'x', role: 'BOSS' }).expect(422);
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(['login', 'role']);
    await act(browser, 'add', [], { ...input, login: 'nobody', role: 'SCHOOL', schoolCode: '99999' }).expect(
      422,
    );
  });
});

describe('Who looks after whom', () => {
  test('central staff after everybody; nobody else makes, resets or sees an account', async () => {
    await world.campus({ provinceCode: '11', schoolCode: '11001' });
    const place = { provinceCode: '11', schoolCode: '11001' };
    const teacher = await addStaff(world, { login: 'teacher', role: 'SCHOOL', ...place });
    const { browser: province, staff: clerk } = await signedIn({
      login: 'beijing',
      role: 'PROVINCE',
      provinceCode: '11',
    });
    const { browser: school } = await signedIn({ login: 'peer', role: 'SCHOOL', ...place });
    for (const browser of [province, school]) {
      await browser.get('/api/resources/staff/actions/list').expect(404);
      await act(browser, 'add', [], {
        login: 'ghost',
        name: '影子',
        role: 'SCHOOL',
        schoolCode: '11001',
      }).expect(404);
      for (const action of ['change', 'inviteAgain', 'unlock', 'disable', 'enable'])
        await act(browser, action, [teacher.id]).expect(404);
    }
    // and not by a screen that forgets to ask
    const notTheirs = { code: 'NOT_YOUR_ROLE' };
    const clerkActor = staffActor(clerk);
    const ghost = { login: 'ghost', name: '影子', role: 'SCHOOL', schoolCode: '11001' } as const;
    await expect(world.use(AddStaff).execute(ghost, clerkActor)).rejects.toMatchObject(notTheirs);
    const { id } = teacher;
    await expect(world.use(InviteStaffAgain).execute({ id }, clerkActor)).rejects.toMatchObject(notTheirs);
    await expect(world.use(EditStaff).execute({ id, name: '甲' }, clerkActor)).rejects.toMatchObject(
      notTheirs,
    );

    const { browser } = await central();
    expect((await browser.fills('staff', 'change', [id], { name: '新名' })).status).toBe(200);
    expect((await stored('teacher')).name).toBe('新名');
  });

  test('whoever let somebody in does not approve what that account submits, and the trail names them', async () => {
    const campus = await world.campus({ provinceCode: '11', schoolCode: '11001', code: '110010' });
    const venue = await world.venue({ campus });
    const enrolment = await (await world.registered({ campus })).enrols(venue);
    const { browser: boss, staff } = await central();
    const link = await invites(boss, { login: 'ghost', name: '影子', role: 'SCHOOL', schoolCode: '11001' });
    await accepts(link, 'ghost password').expect(200);
    const ghost = new StaffBrowser(world);
    await ghost.signsIn('ghost', { password: 'ghost password' });
    const on = (browser: StaffBrowser, path: string, ids: string[], input: object = {}) => {
      const [noun, action] = path.split('/') as [string, string];
      return browser.fills(noun, action, ids, input);
    };
    await on(ghost, 'enrolments/lock', [enrolment.id]).expect(200);
    const transfer = { kind: 'WRITTEN', amountFen: '30.00', transferReference: 'T-1', reportForm: 'PAPER' };
    await on(ghost, 'payment-batches/submit', [], transfer).expect(200);
    const { id: batchId } = await world.dataSource.manager.findOneByOrFail(PaymentBatch, {});
    const approval = { receivedFen: '30.00' };
    const refused = await on(boss, 'payment-batches/approve', [batchId], approval).expect(409);
    expect(refused.body.code).toBe('SUBMITTER_INVITED_BY_YOU');
    const { browser: other } = await signedIn({ login: 'beijing', role: 'PROVINCE', provinceCode: '11' });
    await on(other, 'payment-batches/approve', [batchId], approval).expect(200);

    expect((await stored('ghost')).invitedBy).toBe(staff.id);
    const set = await world.dataSource.manager.findOneByOrFail(AuditLine, { action: 'staff.set-password' });
    expect(set.factsAfter).toEqual({ invitedBy: 'central' });
  });

  test('where a link can be mailed, nobody but its recipient sees it', async () => {
    const { staff } = await central();
    const issued = (email: string | null, smtpUrl?: string) => {
      const config = { ...world.use(Config), smtpUrl };
      const invitations = new Invitations(world.use(StaffRepository), world.use(Outbox), config);
      return world.unitOfWork.run((tx) => invitations.issue(tx, { ...staff, email }, staffActor(staff)));
    };
    expect(await issued('a@school.example', 'smtp://mail.example')).toEqual({
      mailed: true,
      expiresAt: expect.any(Date),
    });
    expect(await issued(null, 'smtp://mail.example')).toHaveProperty('link');
    expect(await issued('a@school.example')).toHaveProperty('link');
  });

  test('nobody locks themselves out', async () => {
    const { staff, browser } = await central();
    for (const action of ['disable', 'inviteAgain'])
      expect((await act(browser, action, [staff.id]).expect(409)).body.code).toBe('STAFF_IS_YOURSELF');
  });

  test('whoever is disabled is out at once, and told so only with the right password', async () => {
    const { browser } = await central();
    const { staff, browser: theirs } = await signedIn({ login: 'leaving', role: 'CENTRAL' });
    await act(browser, 'disable', [staff.id]).expect(200);
    await theirs.get('/api/dashboard').expect(401);
    expect(await world.dataSource.manager.countBy(StaffSession, { staffId: staff.id })).toBe(0);
    const told = await new StaffBrowser(world).signsIn('leaving');
    expect([told.status, told.text.includes('该账号已停用')]).toEqual([403, true]);
    const guessed = await new StaffBrowser(world).signsIn('leaving', { password: 'a guess' });
    expect([guessed.status, guessed.text.includes('停用')]).toEqual([401, false]);
    await act(browser, 'enable', [staff.id]).expect(200);
    expect((await new StaffBrowser(world).signsIn('leaving')).status).toBe(303);
  });

  test('a password that is reset is worth nothing from that moment on', async () => {
    const { browser } = await central();
    const { staff, browser: theirs } = await signedIn({ login: 'lost', role: 'CENTRAL' });
    await act(browser, 'inviteAgain', [staff.id]).expect(200);
    await theirs.get('/api/dashboard').expect(401);
    expect((await new StaffBrowser(world).signsIn('lost')).status).toBe(401);
  });
});

describe('Who fails too often', () => {
  const fails = (login: string) => new StaffBrowser(world).signsIn(login, { password: 'a guess' });
  /** Who solves whatever check the page asks for. */
  async function guesses(login: string, password = 'a guess') {
    const browser = new StaffBrowser(world);
    const page = await browser.signsIn(login, { password });
    if (page.status !== 422) return page;
    return browser.signsIn(login, { password, challenge: browser.solves(page) });
  }

  test('solves a human check that gets dearer, whether the login is there or not', async () => {
    await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    for (let n = 0; n < 5; n++) {
      expect((await fails('sun')).status).toBe(401);
      expect((await fails('nobody')).status).toBe(401);
    }
    const [known, unknown] = [await new StaffBrowser(world).signsIn('sun'), await fails('nobody')];
    expect([known.status, unknown.status]).toEqual([422, 422]);
    expect(known.text).toContain('现在需要时间稍长的人机验证');
    const withoutCheck = (text: string) => text.replace(/data-posed="[^"]*"/, '');
    expect(withoutCheck(known.text)).toBe(withoutCheck(unknown.text).replace('nobody', 'sun'));

    const browser = new StaffBrowser(world);
    const challenge = browser.solves(await browser.signsIn('sun'));
    expect((await browser.signsIn('sun', { password: 'a guess', challenge })).status).toBe(401);
    expect((await browser.signsIn('sun', { challenge })).text).toContain('人机验证未通过或已失效');
    expect((await guesses('sun', STAFF_PASSWORD)).status).toBe(303);
    // which forgets what failed before
    expect((await new StaffBrowser(world).signsIn('sun')).status).toBe(303);
  });

  test('thirty times in a day locks the login to strangers, in every process, until a time they are told', async () => {
    await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    const beside = await world.beside();
    try {
      for (let n = 0; n < 30; n++) expect((await guesses('sun')).status).toBe(401);
      const locked = await guesses('sun', STAFF_PASSWORD);
      expect(locked.status).toBe(429);
      expect(locked.text).toContain('在未登录过的设备上已锁定至 2026-11-22 09:00');
      // the lock is in the database: a process that was not asked knows it, too
      const { SignInStaff } = await import('../../../src/admin/staff/sign-in-staff.use-case.js');
      const elsewhere = beside.use(SignInStaff);
      await expect(
        elsewhere.execute(
          { login: 'sun', password: STAFF_PASSWORD },
          { address: 'elsewhere', network: 'elsewhere' },
        ),
      ).rejects.toMatchObject({ code: 'STAFF_LOCKED' });
      world.clock.advance(1 * DAYS);
      expect((await new StaffBrowser(world).signsIn('sun')).status).toBe(303);
    } finally {
      await beside.app.close();
    }
  });

  test('five guesses at once are five guesses', async () => {
    await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => fails('sun')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect((await new StaffBrowser(world).signsIn('sun')).status).toBe(422);
  });

  test('is let in where somebody unlocks the login', async () => {
    const { browser } = await central();
    const { id } = await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    for (let n = 0; n < 30; n++) await guesses('sun');
    const [row] = (await browser.list('staff', { 'filters.login': 'sun' })).records;
    expect(row!.params.standing).toBe('登录锁定至 2026-11-22 09:00');
    await act(browser, 'unlock', [id]).expect(200);
    expect((await new StaffBrowser(world).signsIn('sun')).status).toBe(303);
  });
});

describe('A code of the phone', () => {
  const codeAt = (secret: string, time: Date) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time.getTime() });

  async function withPhone() {
    const { browser } = await central();
    const begun = await mine(browser, 'beginTotp', { currentPassword: STAFF_PASSWORD }).expect(200);
    const { secret, picture } = begun.body as { secret: string; picture: string };
    expect(picture).toMatch(/^<svg/);
    const code = codeAt(secret, world.clock.now());
    const { recoveryCodes } = (await mine(browser, 'confirmTotp', { code }).expect(200)).body;
    return { browser, secret, code, recoveryCodes: recoveryCodes as string[] };
  }
  async function typesPassword() {
    const browser = new StaffBrowser(world);
    const answer = await browser.signsIn('central');
    expect(answer.headers.location).toMatch(/^\/admin\/login\?next=/);
    await browser.get('/api/dashboard').expect(401);
    return browser;
  }
  const typesCode = (browser: StaffBrowser, code: string) => browser.form('/login/code', { code });

  test('is asked for from then on, and none is taken twice', async () => {
    const { secret, code } = await withPhone();
    const browser = await typesPassword();
    expect((await browser.get('/login')).text).toContain('动态口令');
    expect((await typesCode(browser, code)).status).toBe(401);
    world.clock.advance(30 * SECONDS);
    const next = codeAt(secret, world.clock.now());
    expect((await typesCode(browser, next)).status).toBe(303);
    await browser.get('/api/dashboard').expect(200);
    expect((await typesCode(await typesPassword(), next)).status).toBe(401);
  });

  test('can be replaced by a recovery code, once', async () => {
    const { recoveryCodes } = await withPhone();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [code] = recoveryCodes;
    expect((await typesCode(await typesPassword(), code!.toUpperCase())).status).toBe(303);
    expect((await typesCode(await typesPassword(), code!)).status).toBe(401);
    const kept = JSON.stringify(await stored('central'));
    for (const one of recoveryCodes) expect(kept).not.toContain(one);
  });

  test('is guessed no more often than a password; the table does not give the secret away', async () => {
    const { browser: owner, secret } = await withPhone();
    expect(JSON.stringify(await stored('central'))).not.toContain(secret);
    const browser = await typesPassword();
    const guesses = [];
    for (let n = 0; n < 30; n++) guesses.push((await typesCode(browser, '000000')).status);
    expect(guesses.filter((status) => status === 401).length).toBeLessThanOrEqual(29);
    expect(guesses.at(-1)).toBe(429);
    expect((await typesCode(browser, codeAt(secret, world.clock.now()))).status).toBe(429);
    // where the owner has signed in before, they still do
    world.clock.advance(30 * SECONDS);
    owner.cookie = undefined;
    expect((await owner.signsIn('central')).status).toBe(303);
    expect((await typesCode(owner, codeAt(secret, world.clock.now()))).headers.location).toBe('/admin');
  });

  test('is worth nothing after a password that has been changed meanwhile', async () => {
    const { browser, secret } = await withPhone();
    const thief = await typesPassword();
    const password = 'a new password';
    const change = { currentPassword: STAFF_PASSWORD, password, repeated: password };
    await mine(browser, 'changePassword', change).expect(200);
    world.clock.advance(30 * SECONDS);
    const code = codeAt(secret, world.clock.now());
    const answer = await typesCode(thief, code);
    expect([answer.status, answer.text.includes('登录名或密码不正确')]).toEqual([401, true]);
    await thief.get('/api/dashboard').expect(401);
    // the code was not used up by that
    const owner = new StaffBrowser(world);
    await owner.signsIn('central', { password });
    expect((await typesCode(owner, code)).status).toBe(303);
  });

  test('is guessed no more often where it is dropped', async () => {
    const { browser } = await withPhone();
    const statuses = [];
    for (let n = 0; n < 6; n++) {
      const input = { currentPassword: STAFF_PASSWORD, code: '000000' };
      statuses.push((await mine(browser, 'dropTotp', input)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('is not waited for longer than ten minutes', async () => {
    const { secret } = await withPhone();
    const browser = await typesPassword();
    world.clock.advance(10 * MINUTES);
    const answer = await typesCode(browser, codeAt(secret, world.clock.now()));
    expect([answer.status, answer.headers.location]).toEqual([303, '/admin/login']);
  });

  test('is moved to another phone, or dropped, only by who knows the password and has the phone', async () => {
    const { browser, secret, code: used } = await withPhone();
    const again = await mine(browser, 'beginTotp', { currentPassword: STAFF_PASSWORD }).expect(409);
    expect(again.body.code).toBe('TOTP_ALREADY_ON');
    world.clock.advance(30 * SECONDS);
    const code = codeAt(secret, world.clock.now());
    const drop = (input: object) => mine(browser, 'dropTotp', input);
    await drop({ currentPassword: STAFF_PASSWORD }).expect(422);
    await drop({ currentPassword: 'a guess', code }).expect(422);
    const guessed = await drop({ currentPassword: STAFF_PASSWORD, code: used }).expect(401);
    expect(guessed.body.code).toBe('STAFF_CODE_WRONG');
    await drop({ currentPassword: STAFF_PASSWORD, code }).expect(200);
    const fresh = new StaffBrowser(world);
    expect((await fresh.signsIn('central')).headers.location).toBe('/admin');
  });
});

describe('My account', () => {
  test('shows where one is signed in, and signs out there', async () => {
    const { browser } = await central();
    const [second, third] = [new StaffBrowser(world), new StaffBrowser(world)];
    for (const other of [second, third]) await other.signsIn('central');
    const { sessions } = (await mine(browser, 'show').expect(200)).body;
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const [other] = sessions.filter(({ current }: { current: boolean }) => !current);
    await mine(browser, 'endSession', { id: other.id }).expect(200);
    await mine(browser, 'endOtherSessions').expect(200);
    for (const gone of [second, third]) await gone.get('/api/dashboard').expect(401);
    await browser.get('/api/dashboard').expect(200);

    const { browser: stranger } = await signedIn({ login: 'stranger', role: 'CENTRAL' });
    const { sessions: left } = (await mine(browser, 'show').expect(200)).body;
    await mine(stranger, 'endSession', { id: left[0].id }).expect(404);
  });

  test('changes the password, for who knows the old one, and ends the other sessions', async () => {
    const { browser } = await central();
    const other = new StaffBrowser(world);
    await other.signsIn('central');
    const change = {
      currentPassword: STAFF_PASSWORD,
      password: 'a new password',
      repeated: 'a new password',
    };
    const wrong = await mine(browser, 'changePassword', { ...change, currentPassword: 'x' }).expect(422);
    expect(wrong.body.errors[0].field).toBe('currentPassword');
    await mine(browser, 'changePassword', { ...change, repeated: 'another one' }).expect(422);
    await mine(browser, 'changePassword', change).expect(200);
    await other.get('/api/dashboard').expect(401);
    await browser.get('/api/dashboard').expect(200);
    expect((await new StaffBrowser(world).signsIn('central', { password: 'a new password' })).status).toBe(
      303,
    );
  });
});
