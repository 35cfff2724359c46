import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { STRANGERS_SIGN_INS } from '../../../src/modules/passport/attempt-limits.js';
import { PasswordHasher } from '../../../src/modules/passport/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { RateLimits } from '../../../src/platform/http/rate-limits.js';
import { StoredAnswer } from '../../../src/platform/http/stored-answer.entity.js';
import type { StoryClock } from '../../support/clock.js';
import {
  anyPhone,
  newestCode,
  obtainCode,
  openAccount,
  PASSWORD,
  registerByPhone,
  signIn,
  solve,
  solvedChallenge,
} from '../../support/passport.js';
import { StatementCounter } from '../../support/statement-counter.js';
import { World } from '../../support/world.js';

let app: NestExpressApplication;
let clock: StoryClock;
let world: World;
const counter = new StatementCounter();

beforeAll(async () => {
  // one proxy is trusted, so that a story can call from several addresses
  world = await World.open({ trustProxy: 1 }, counter);
  ({ app, clock } = world);
});
afterAll(() => world.close());

const http = () => request(app.getHttpServer());
const get = (path: string, token: string) => http().get(`/api/v1/${path}`).auth(token, { type: 'bearer' });
const sendSignIn = (login: string, password: string, from: string, challenge: string) =>
  http().post('/api/v1/passport/sessions').set('X-Forwarded-For', from).send({ login, password, challenge });
const trySignIn = async (login: string, password = PASSWORD, from = '192.0.2.1') =>
  sendSignIn(login, password, from, await solvedChallenge(app));
/** With the dearer check that comes with a refusal; says what it cost. */
async function tryAtAnyPrice(login: string, password: string) {
  const from = elsewhere();
  const answer = await trySignIn(login, password, from);
  if (answer.body.code !== 'CHALLENGE_TOO_EASY') return { price: 1, answer };
  const { challenge } = answer.body;
  return {
    price: challenge.maxnumber / 100,
    answer: await sendSignIn(login, password, from, solve(challenge)),
  };
}
let hosts = 0;
const elsewhere = () => `198.51.100.${++hosts}`;

async function registered(phone = anyPhone()) {
  await registerByPhone(app, phone);
  return phone;
}

describe('R-PP-2 signing in', () => {
  it('by number, and gives a token and who it is', async () => {
    const phone = await registered();
    const { status, body } = await trySignIn(phone);
    expect(status).toBe(201);
    expect(body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(body.expiresAt).toBe('2026-11-21T21:00:00.000+08:00');
    expect(body.account).toMatchObject({ phoneBound: true, passwordMustChange: false });
    expect(JSON.stringify(body)).not.toContain(phone);
    await get('passport/account', body.token).expect(200);
  });

  it('R-PP-7 by document number, however it is typed', async () => {
    const passwordHash = await app.get(PasswordHasher, { strict: false }).hash('my-own-1');
    const { accountId } = await openAccount(app, {
      phone: null,
      loginDocumentNumber: '11010519491231002X',
      passwordHash,
    });
    const { body } = await trySignIn('１１０105 19491231 002x', 'my-own-1');
    expect(body.account).toMatchObject({ id: accountId, passwordMustChange: false, phoneBound: false });
  });

  it('sets the cookie, which pages of ours may use', async () => {
    const phone = await registered();
    const answer = await trySignIn(phone);
    const [cookie] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(
      /^cet_session=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const pair = cookie!.split(';')[0]!;
    await http().get('/api/v1/passport/account').set('Cookie', pair).expect(200);

    const profile = { documentType: 'PASSPORT', documentNumber: 'E12345678', name: '张三' };
    const edit = () => http().patch('/api/v1/passport/account').send({ profile });
    const change = () => edit().set('Cookie', pair);
    await change().set('Sec-Fetch-Site', 'same-origin').expect(200);
    for (const site of ['cross-site', 'same-site']) {
      const refused = await change().set('Sec-Fetch-Site', site);
      expect(refused.body).toMatchObject({ status: 403, code: 'FOREIGN_ORIGIN' });
    }
    expect((await change().set('Origin', 'https://elsewhere.example')).body.code).toBe('FOREIGN_ORIGIN');
    // a token in the header cannot be sent by a foreign page
    const bearer = pair.replace('cet_session=', '');
    await edit().auth(bearer, { type: 'bearer' }).set('Sec-Fetch-Site', 'cross-site').expect(200);
  });

  it('over https the cookie is marked so', async () => {
    const phone = await registered();
    const answer = await http()
      .post('/api/v1/passport/sessions')
      .set('X-Forwarded-Proto', 'https')
      .send({ login: phone, password: PASSWORD, challenge: await solvedChallenge(app) });
    expect(answer.headers['set-cookie']![0]).toContain('; Secure');
  });

  it('is not for pages of other sites', async () => {
    const answer = await http()
      .post('/api/v1/passport/sessions')
      .set('Sec-Fetch-Site', 'cross-site')
      .send({ login: anyPhone(), password: PASSWORD, challenge: await solvedChallenge(app) });
    expect(answer.body.code).toBe('FOREIGN_ORIGIN');
  });
});

describe('R-PP-8 nothing reveals whether an account exists', () => {
  it('a wrong password and an unknown account are answered alike', async () => {
    const phone = await registered();
    const logins = [phone, anyPhone(), 'nobody@example.edu.cn', '11010519491231003X', 'x'];
    const answers = [];
    for (const login of logins) answers.push(await trySignIn(login, 'wrong-password'));
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({ status: 401, body: answers[0]!.body });
    expect(answers[0]!.body.code).toBe('LOGIN_FAILED');
  });

  it('and both cost the work of a password', async () => {
    const phone = await registered();
    const verified: string[] = [];
    const hasher = app.get(PasswordHasher, { strict: false });
    const { verify, verifyNobodys } = hasher;
    hasher.verify = (...args) => {
      verified.push('somebody');
      return verify.apply(hasher, args);
    };
    hasher.verifyNobodys = (...args) => {
      verified.push('nobody');
      return verifyNobodys.apply(hasher, args);
    };
    await trySignIn(phone, 'wrong-password');
    await trySignIn(anyPhone(), 'wrong-password');
    Object.assign(hasher, { verify, verifyNobodys });
    expect(verified).toEqual(['somebody', 'nobody']);
  });
});

describe('R-PP-8 limits', () => {
  it('a hundred tries a day of strangers for one sign-in name, whether anybody has it or not', async () => {
    const phone = await registered();
    const limits = world.use(RateLimits);
    for (const login of [phone, anyPhone()]) {
      await limits.note(STRANGERS_SIGN_INS, login, 99);
      const tries = async () => (await tryAtAnyPrice(login, 'wrong-password')).answer;
      expect((await tries()).body.code).toBe('LOGIN_FAILED');
      const refused = await tries();
      expect(refused.body).toMatchObject({ status: 429, code: 'LOGIN_GUESSED_TOO_OFTEN' });
      expect(refused.body.detail).toContain('24 小时后再试');
      expect(refused.headers['retry-after']).toBe(String(24 * 3600));
    }
    clock.advance(1 * DAYS);
    expect((await trySignIn(phone)).status).toBe(201);
  });

  it('and each after the tenth costs more, up to 32 times the ordinary work', async () => {
    const login = anyPhone();
    const prices = [];
    for (let i = 0; i < 40; i++) {
      const { price, answer } = await tryAtAnyPrice(login, 'wrong-password');
      expect(answer.body.code).toBe('LOGIN_FAILED');
      prices.push(price);
    }
    // one step behind is near enough: the price may have risen while a check was solved
    const steps = [1, 4, 8, 16].flatMap((price) => Array(5).fill(price));
    expect(prices).toEqual([...Array(10).fill(1), ...steps, ...Array(10).fill(32)]);
  });

  it('a success forgets the tries', async () => {
    const phone = await registered();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 9; i++) await trySignIn(phone, 'wrong-password', elsewhere());
      expect((await trySignIn(phone)).status).toBe(201);
    }
  });

  it('ten wrong current passwords in one session, which is no other’s', async () => {
    const phone = await registered();
    const [token, another] = [await signIn(app, phone), await signIn(app, phone)];
    const change = (currentPassword: string, session = token) =>
      http()
        .put('/api/v1/passport/account/password')
        .auth(session, { type: 'bearer' })
        .send({ currentPassword, newPassword: 'new-password' });
    for (let i = 0; i < 10; i++)
      expect((await change('wrong-password')).body.code).toBe('CURRENT_PASSWORD_WRONG');
    expect((await change(PASSWORD)).body.code).toBe('TOO_MANY_ATTEMPTS');
    expect((await change(PASSWORD, another)).status).toBe(204);
  });
});

describe('R-PP-8 sessions', () => {
  it('are listed and ended one by one', async () => {
    const phone = await registered();
    const here = await signIn(app, phone);
    const there = await signIn(app, phone);
    const { items } = (await get('passport/sessions', here).expect(200)).body;
    expect(items).toHaveLength(2);
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);

    const other = items.find(({ current }: { current: boolean }) => !current);
    const end = (id: string) =>
      http().delete(`/api/v1/passport/sessions/${id}`).auth(here, { type: 'bearer' });
    await end(other.id).expect(204);
    await get('passport/account', there).expect(401);
    expect((await end(other.id)).body.code).toBe('NOT_FOUND');
    await get('passport/account', here).expect(200);
  });

  it('are one’s own: another’s is not there', async () => {
    const mine = await openAccount(app);
    const theirs = await openAccount(app);
    const [session] = (await get('passport/sessions', theirs.token)).body.items;
    await http()
      .delete(`/api/v1/passport/sessions/${session.id}`)
      .auth(mine.token, { type: 'bearer' })
      .expect(404);
    await get('passport/account', theirs.token).expect(200);
  });

  it('signing out ends the current one and takes the cookie back', async () => {
    const { token } = await openAccount(app);
    const answer = await http()
      .delete('/api/v1/passport/sessions/current')
      .auth(token, { type: 'bearer' })
      .expect(204);
    expect(answer.headers['set-cookie']![0]).toMatch(/^cet_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    await get('passport/account', token).expect(401);
  });

  it('the others end when the password changes', async () => {
    const phone = await registered();
    const [here, there] = [await signIn(app, phone), await signIn(app, phone)];
    const change = (body: object) =>
      http().put('/api/v1/passport/account/password').auth(here, { type: 'bearer' }).send(body);
    const wrong = await change({ currentPassword: 'wrong-password', newPassword: 'new-password' });
    expect(wrong.body).toMatchObject({
      status: 422,
      code: 'CURRENT_PASSWORD_WRONG',
      errors: [{ field: 'currentPassword' }],
    });
    const short = await change({ currentPassword: PASSWORD, newPassword: '12345' });
    expect(short.body).toMatchObject({ code: 'PASSWORD_LENGTH', errors: [{ field: 'newPassword' }] });
    expect((await change({ currentPassword: PASSWORD, newPassword: PASSWORD })).body.code).toBe(
      'PASSWORD_UNCHANGED',
    );
    await get('passport/account', there).expect(200);

    await change({ currentPassword: PASSWORD, newPassword: 'new-password' }).expect(204);
    await get('passport/account', here).expect(200);
    await get('passport/account', there).expect(401);
    expect((await trySignIn(phone)).body.code).toBe('LOGIN_FAILED');
    expect((await trySignIn(phone, 'new-password')).status).toBe(201);
  });

  it('a password that changes while it is being checked opens no session', async () => {
    const phone = await registered();
    const token = await signIn(app, phone);
    const hasher = app.get(PasswordHasher, { strict: false });
    const { verify } = hasher;
    hasher.verify = async (...args) => {
      Object.assign(hasher, { verify });
      const right = await verify.apply(hasher, args);
      await http()
        .put('/api/v1/passport/account/password')
        .auth(token, { type: 'bearer' })
        .send({ currentPassword: PASSWORD, newPassword: 'new-password' })
        .expect(204);
      return right;
    };
    expect((await trySignIn(phone)).body.code).toBe('LOGIN_FAILED');
    expect((await get('passport/sessions', token)).body.items).toHaveLength(1);
  });

  it('end by themselves', async () => {
    const { token } = await openAccount(app);
    clock.advance(12 * HOURS - 1);
    await get('passport/account', token).expect(200);
    clock.advance(1);
    const refused = await get('passport/account', token);
    expect(refused.body).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  });

  it('are needed, and cannot be made up', async () => {
    expect((await http().get('/api/v1/passport/account')).body.code).toBe('NOT_SIGNED_IN');
    expect((await get('passport/account', 'A'.repeat(43))).body.code).toBe('NOT_SIGNED_IN');
    expect((await get('passport/account', "' OR 1=1 --")).body.code).toBe('NOT_SIGNED_IN');
  });

  it('are recognised in one statement', async () => {
    const { token } = await openAccount(app);
    const { counted } = await counter.during(() => get('passport/sessions', token).expect(200));
    // and one for the list
    expect(counted).toHaveLength(2);
    const { counted: strangers } = await counter.during(() =>
      get('passport/sessions', 'A'.repeat(43)).expect(401),
    );
    expect(strangers).toHaveLength(1);
  });
});

describe('who may use the registration site', () => {
  it('R-PP-3 needs a bound number, R-PP-7 and before it a password of one’s own', async () => {
    const initial = await openAccount(app, { phone: null, passwordMustChange: true });
    const accept = (token: string) =>
      http().post('/api/v1/agreement/acceptance').auth(token, { type: 'bearer' }).send({ version: 1 });
    expect((await accept(initial.token)).body).toMatchObject({
      status: 403,
      code: 'PASSWORD_MUST_CHANGE',
    });

    const unbound = await openAccount(app, { phone: null });
    const refused = await accept(unbound.token);
    expect(refused.body).toMatchObject({ status: 403, code: 'PHONE_NOT_BOUND' });
    expect(refused.body.detail).toContain('请先在通行证网站绑定手机号');
    await get('passport/account', unbound.token).expect(200);

    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'BIND_PHONE' });
    await http()
      .put('/api/v1/passport/account/phone')
      .auth(unbound.token, { type: 'bearer' })
      .send({ value: phone, code })
      .expect(200);
    expect((await accept(unbound.token)).status).toBeLessThan(300);
    await http().post('/api/v1/agreement/acceptance').send({ version: 1 }).expect(401);
  });

  it('is listed for every call in OpenAPI, each guard’s refusals beside the others’', async () => {
    const { body } = await http().get('/api/openapi.json');
    const codes = (path: string, method: string, status: number) =>
      body.paths[path][method].responses[status].content['application/problem+json'].schema.properties.code
        .enum;
    expect(codes('/api/v1/agreement/acceptance', 'post', 403).sort()).toEqual([
      'FOREIGN_ORIGIN',
      'PASSWORD_MUST_CHANGE',
      'PHONE_NOT_BOUND',
    ]);
    expect(codes('/api/v1/passport/account/password', 'put', 401)).toEqual(['NOT_SIGNED_IN']);
    expect(codes('/api/v1/passport/accounts', 'post', 422)).toEqual(
      expect.arrayContaining(['PASSWORD_LENGTH', 'CODE_INVALID', 'FIELD_INVALID', 'IDEMPOTENCY_KEY_REUSED']),
    );
  });
});

describe('R-JB-2 forgetting', () => {
  it('deletes what is past its time, in batches, and nothing else; again changes nothing', async () => {
    const run = () => world.job('passport.forget-expired');
    clock.advance(1 * DAYS);
    await run();
    await openAccount(app);
    const phone = anyPhone();
    await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const { manager, now } = app.get(UnitOfWork).read();
    const answers = Array.from({ length: 1_100 }, (_, i) => ({
      id: String(i),
      request: 'x',
      status: 200,
      answer: 'x',
      createdAt: later(now, -i * 2 * HOURS),
    }));
    await manager.insert(StoredAnswer, answers);
    await expect(run()).resolves.toEqual({ sessions: 0, codes: 0, challenges: 0, answers: 1_087 });

    clock.advance(13 * HOURS);
    await expect(run()).resolves.toEqual({ sessions: 1, codes: 1, challenges: 1, answers: 7 });
    await expect(run()).resolves.toEqual({ sessions: 0, codes: 0, challenges: 0, answers: 0 });
    expect(await newestCode(app, phone)).toMatch(/^\d{6}$/);
  });
});
