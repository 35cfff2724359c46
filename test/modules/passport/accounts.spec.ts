import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { MINUTES } from '../../../src/kernel/clock.js';
import { ListOutbox } from '../../../src/modules/notification/index.js';
import { CODES_FOR_STRANGERS } from '../../../src/modules/passport/attempt-limits.js';
import { PasswordHasher } from '../../../src/modules/passport/index.js';
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
import { World } from '../../support/world.js';

let app: NestExpressApplication;
let clock: StoryClock;
let world: World;

beforeAll(async () => {
  // one proxy is trusted, so that a story can call from several addresses
  world = await World.open({ trustProxy: 1 });
  ({ app, clock } = world);
});
afterAll(() => world.close());

/** Sends a body to the passport; with a fresh challenge unless it brings one. */
async function send(
  method: 'post' | 'put' | 'patch',
  path: string,
  body: object,
  {
    token,
    from = '192.0.2.1',
    challenge = true,
  }: { token?: string; from?: string; challenge?: boolean } = {},
) {
  const call = request(app.getHttpServer())[method](`/api/v1/passport/${path}`).set('X-Forwarded-For', from);
  if (token) call.auth(token, { type: 'bearer' });
  return call.send(challenge ? { challenge: await solvedChallenge(app), ...body } : body);
}

const register = (body: object, from?: string) =>
  send('post', 'accounts', { password: PASSWORD, passwordConfirmation: PASSWORD, ...body }, { from });
const requestCode = (body: object, from?: string) => send('post', 'codes', body, { from });
const trySignIn = (login: string, password = PASSWORD) => send('post', 'sessions', { login, password });
const messagesTo = (recipient: string) => app.get(ListOutbox, { strict: false }).execute({ recipient });
let addresses = 0;
const anyEmail = () => `name${++addresses}@example.edu.cn`;
/** A stranger who calls from somewhere else, so that limits by address do not meet. */
let hosts = 0;
const elsewhere = () => `198.51.100.${++hosts}`;

describe('R-PP-1 registering by mobile number', () => {
  it('takes a code sent to the number', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const [message] = await messagesTo(phone);
    expect(message).toMatchObject({ channel: 'SMS', template: 'passport.code' });
    expect(message!.body).toBe(
      `【CET报名】您正在注册通行证账号，验证码为 ${code}，10 分钟内有效。请勿告诉他人；如非本人操作，请忽略。`,
    );
    expect(message!.recipient).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`);

    const registered = await register({ phone, code });
    expect(registered.status).toBe(201);
    expect(registered.body).toMatchObject({
      phoneBound: true,
      emailProven: false,
      passwordMustChange: false,
    });
    expect(registered.body.phoneMasked).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`);
    expect((await trySignIn(phone)).status).toBe(201);
  });

  it('understands numbers and codes in full-width digits and with blanks', async () => {
    const code = await obtainCode(app, { target: '13700000001', purpose: 'REGISTER' });
    const wide = (digits: string) =>
      [...digits].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('');
    expect(
      (await register({ phone: wide('137 0000 0001'.replace(/ /g, '')), code: wide(code) })).status,
    ).toBe(201);
    expect((await trySignIn('+86 137-0000-0001')).status).toBe(201);
  });

  it('refuses without the code, with a wrong one, or with one that was meant for something else', async () => {
    const phone = anyPhone();
    expect((await register({ phone })).body).toMatchObject({
      status: 422,
      code: 'CODE_INVALID',
      errors: [{ field: 'code' }],
    });
    const code = await obtainCode(app, { target: phone, purpose: 'BIND_PHONE' });
    expect((await register({ phone, code })).body.code).toBe('CODE_INVALID');
    expect((await trySignIn(phone)).body.code).toBe('LOGIN_FAILED');
  });

  it('says that the number is taken only to whoever has it', async () => {
    const phone = anyPhone();
    await openAccount(app, { phone });
    expect((await register({ phone, code: '000000' })).body.code).toBe('CODE_INVALID');
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const refused = await register({ phone, code });
    expect(refused.body).toMatchObject({ status: 409, code: 'PHONE_TAKEN' });
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });

  it('lets one of two at the same moment have the number', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const answers = await Promise.all([register({ phone, code }), register({ phone, code })]);
    expect(answers.map(({ body }) => body.code ?? 'registered').sort()).toEqual([
      'CODE_INVALID',
      'registered',
    ]);
  });
});

describe('R-PP-1 registering by e-mail address', () => {
  it('needs no code; the address is then unproven', async () => {
    const email = anyEmail();
    const registered = await register({ email: ` ${email.toUpperCase()} ` });
    expect(registered.status).toBe(201);
    expect(registered.body).toMatchObject({ email, emailProven: false, phoneBound: false });
    expect((await trySignIn(email)).status).toBe(201);
  });

  it('R-PP-8 answers the same whether or not somebody has the address', async () => {
    const [free, taken] = [anyEmail(), anyEmail()];
    await openAccount(app, { email: taken });
    const answers = [await register({ email: free }), await register({ email: taken })];
    const shapes = answers.map(({ status, body }) => {
      const { id, email, ...rest } = body;
      return { status, rest, fields: Object.keys(body) };
    });
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[0]!.status).toBe(201);
    // and each of them can be used, so signing in tells nothing either
    expect((await trySignIn(taken)).status).toBe(201);
    expect((await trySignIn(free)).status).toBe(201);
  });

  it('lets several claim one address and tells them apart by their passwords', async () => {
    const email = anyEmail();
    const mine = await register({ email, password: 'password-1', passwordConfirmation: 'password-1' });
    const theirs = await register({ email, password: 'password-2', passwordConfirmation: 'password-2' });
    expect((await trySignIn(email, 'password-1')).body.account.id).toBe(mine.body.id);
    expect((await trySignIn(email, 'password-2')).body.account.id).toBe(theirs.body.id);
  });

  it('at most three times a day without a code', async () => {
    const email = anyEmail();
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await register({ email }, elsewhere()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    expect(Number(answers[3]!.headers['retry-after'])).toBeGreaterThan(3600);
  });

  it('a code proves the address and takes it from those who only claimed it', async () => {
    const email = anyEmail();
    const squatter = await register({ email, password: 'squatter', passwordConfirmation: 'squatter' });
    const code = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'REGISTER' });
    const owner = await register({ email, code });
    expect(owner.body).toMatchObject({ email, emailProven: true });
    expect((await trySignIn(email)).body.account.id).toBe(owner.body.id);
    expect((await trySignIn(email, 'squatter')).body.code).toBe('LOGIN_FAILED');
    expect(squatter.status).toBe(201);
  });

  it('says that the address is taken only to whoever has it', async () => {
    const email = anyEmail();
    await openAccount(app, { email });
    const code = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'REGISTER' });
    expect((await register({ email, code })).body).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' });
    const [message] = await messagesTo(email);
    expect(message).toMatchObject({ channel: 'EMAIL', subject: '全国大学英语四、六级考试报名：验证码' });
  });

  it('with a number as well, the code proves the number', async () => {
    const [email, phone] = [anyEmail(), anyPhone()];
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    expect((await register({ email, phone, code })).body).toMatchObject({
      email,
      emailProven: false,
      phoneBound: true,
    });
    expect((await trySignIn(email)).status).toBe(201);
    expect((await trySignIn(phone)).status).toBe(201);
  });
});

describe('R-PP-1 what is typed', () => {
  it.each([
    [{}, 'CONTACT_MISSING', 'email'],
    [{ phone: '123' }, 'PHONE_INVALID', 'phone'],
    [{ email: 'nobody' }, 'EMAIL_INVALID', 'email'],
    [{ email: 'a@b.cn', password: '12345', passwordConfirmation: '12345' }, 'PASSWORD_LENGTH', 'password'],
    [{ email: 'a@b.cn', password: '', passwordConfirmation: '' }, 'PASSWORD_LENGTH', 'password'],
    [{ email: 'a@b.cn', passwordConfirmation: 'something' }, 'PASSWORDS_DIFFER', 'passwordConfirmation'],
    [
      { email: 'a@b.cn', profile: { documentType: 'MILITARY_OFFICER', documentNumber: '1', name: '张三' } },
      'DOCUMENT_TYPE_NOT_ACCEPTED',
      'profile.documentType',
    ],
    [
      {
        email: 'a@b.cn',
        profile: { documentType: 'RESIDENT_ID', documentNumber: '110105194912310021', name: '张三' },
      },
      'DOCUMENT_NUMBER_INVALID',
      'profile.documentNumber',
    ],
    [{ email: 'a@b.cn', admin: true }, 'FIELD_INVALID', 'admin'],
    [{ email: 5 }, 'FIELD_INVALID', 'email'],
    [
      { email: 'a@b.cn', profile: { documentType: 'PASSPORT', documentNumber: 'E1234567', name: ' ' } },
      'FIELD_INVALID',
      'profile.name',
    ],
    [{ email: 'a@b.cn', profile: 'x' }, 'FIELD_INVALID', 'profile'],
  ])('%j is %s', async (body, code, field) => {
    const { body: problem } = await register(body);
    expect(problem).toMatchObject({ status: 422, code });
    expect(problem.errors[0].field).toBe(field);
  });

  it('a profile is kept, made comparable, and shown masked', async () => {
    const profile = {
      documentType: 'RESIDENT_ID',
      documentNumber: '１１０105194912310 02x',
      name: ' 阿依古丽•买买提 ',
    };
    const { body: account } = await register({ email: anyEmail(), profile });
    expect(account.profile).toEqual({
      documentType: 'RESIDENT_ID',
      documentNumberMasked: '110***********002X',
      name: '阿依古丽·买买提',
    });
  });
});

describe('R-PP-8 the human check', () => {
  const pose = async () => (await request(app.getHttpServer()).post('/api/v1/passport/challenges')).body;
  const attempt = (challenge: string) => register({ email: anyEmail(), challenge }, elsewhere());
  const encode = (payload: object) => Buffer.from(JSON.stringify(payload)).toString('base64');
  const decode = (solution: string) => JSON.parse(Buffer.from(solution, 'base64').toString());

  it('is posed as ALTCHA poses it', async () => {
    const posed = await pose();
    expect(posed).toMatchObject({ kind: 'ALTCHA', algorithm: 'SHA-256', maxnumber: 100 });
    expect(posed.expiresAt).toMatch(/\+08:00$/);
    expect(Object.keys(posed).sort()).toEqual(
      ['algorithm', 'challenge', 'expiresAt', 'id', 'kind', 'maxnumber', 'salt', 'signature'].sort(),
    );
  });

  it('is good once, also when the call it came with was refused', async () => {
    const challenge = await solvedChallenge(app);
    expect((await attempt(challenge)).status).toBe(201);
    expect((await attempt(challenge)).body).toMatchObject({
      status: 422,
      code: 'CHALLENGE_FAILED',
      errors: [{ field: 'challenge' }],
    });

    const another = await solvedChallenge(app);
    const wrong = () =>
      send('post', 'sessions', { login: '13900009999', password: 'wrong-one', challenge: another });
    expect((await wrong()).body.code).toBe('LOGIN_FAILED');
    expect((await wrong()).body.code).toBe('CHALLENGE_FAILED');
  });

  it('of two calls with one solution at the same moment lets one through', async () => {
    const challenge = await solvedChallenge(app);
    const answers = await Promise.all([attempt(challenge), attempt(challenge), attempt(challenge)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('is not passed by anything else', async () => {
    const good = decode(await solvedChallenge(app));
    const forged = [
      'not base64 at all',
      encode({}),
      Buffer.from('null').toString('base64'),
      encode({ ...good, number: good.number + 1 }),
      encode({ ...good, signature: 'f'.repeat(64) }),
      encode({ ...good, salt: good.salt.replace('expires=', 'expires=9') }),
      encode({ ...good, algorithm: 'SHA-1' }),
      // the tail of the salt moved into the number hashes alike; the expiry would be gone
      encode({
        ...good,
        salt: good.salt.replace(/expires.*$/, ''),
        number: good.salt.replace(/^.*&(?=expires)/, '') + good.number,
      }),
    ];
    for (const challenge of forged) expect((await attempt(challenge)).body.code).toBe('CHALLENGE_FAILED');
    expect((await attempt(encode(good))).status).toBe(201);
  });

  it('expires after ten minutes', async () => {
    const [early, late] = [solve(await pose()), solve(await pose())];
    clock.advance(9 * MINUTES + 58_000);
    expect((await attempt(early)).status).toBe(201);
    clock.advance(3_000);
    expect((await attempt(late)).body.code).toBe('CHALLENGE_FAILED');
  });
});

describe('R-PP-8 codes', () => {
  it('R-PP-5 the answer is the same whether or not an account has the number', async () => {
    const [stranger, candidate] = [anyPhone(), anyPhone()];
    await openAccount(app, { phone: candidate });
    const answers = [];
    for (const target of [stranger, candidate]) {
      answers.push(await requestCode({ channel: 'SMS', target, purpose: 'RESET_PASSWORD' }));
    }
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
      Array(2).fill({ status: 202, body: { expiresInSeconds: 600 } }),
    );
    expect(await messagesTo(stranger)).toHaveLength(0);
    expect(await messagesTo(candidate)).toHaveLength(1);
  });

  it('may be tried five times; after that the right one is wrong too', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i++)
      expect((await register({ phone, code: wrong })).body.code).toBe('CODE_INVALID');
    expect((await register({ phone, code })).body.code).toBe('CODE_INVALID');
  });

  it('may be right at the fifth try', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 4; i++) await register({ phone, code: wrong });
    expect((await register({ phone, code })).status).toBe(201);
  });

  it('expire after ten minutes', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    clock.advance(10 * MINUTES);
    expect((await register({ phone, code })).body.code).toBe('CODE_INVALID');
  });

  it('are replaced by newer ones', async () => {
    const phone = anyPhone();
    const first = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    clock.advance(1 * MINUTES);
    const second = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    if (first !== second) expect((await register({ phone, code: first })).body.code).toBe('CODE_INVALID');
    expect((await register({ phone, code: second })).status).toBe(201);
  });

  it('a refusal later on does not use one up', async () => {
    const { token } = await openAccount(app, { phone: null });
    const [taken] = [anyPhone()];
    await openAccount(app, { phone: taken });
    const code = await obtainCode(app, { target: taken, purpose: 'BIND_PHONE' });
    for (let i = 0; i < 2; i++) {
      const refused = await send('put', 'account/phone', { value: taken, code }, { token, challenge: false });
      expect(refused.body.code).toBe('PHONE_TAKEN');
    }
  });

  it('are sent once a minute to one target and network', async () => {
    const target = anyPhone();
    const answers = [];
    for (let i = 0; i < 2; i++)
      answers.push(await requestCode({ channel: 'SMS', target, purpose: 'REGISTER' }));
    expect(answers.map(({ status }) => status)).toEqual([202, 429]);
    expect(answers[1]!.body.code).toBe('TOO_MANY_ATTEMPTS');
    const seconds = Number(answers[1]!.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(answers[1]!.body.detail).toBe(`操作过于频繁，请在 ${seconds} 秒后再试。`);
    expect(await messagesTo(target)).toHaveLength(1);
  });

  it('are sent four times a day to one target from one network, and twelve times from all that strangers have', async () => {
    const target = anyPhone();
    const ask = async (from: string) => {
      clock.advance(1 * MINUTES);
      return (await requestCode({ channel: 'SMS', target, purpose: 'REGISTER' }, from)).status;
    };
    const from = elsewhere();
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push(await ask(from));
    expect(statuses).toEqual([202, 202, 202, 202, 429]);
    for (let i = 4; i < CODES_FOR_STRANGERS.points; i++) expect(await ask(elsewhere())).toBe(202);
    expect(await ask(elsewhere())).toBe(429);
    expect(await messagesTo(target)).toHaveLength(12);
  });

  it.each([
    [{ channel: 'SMS', target: 'a@b.cn', purpose: 'REGISTER' }, 'PHONE_INVALID', 'target'],
    [{ channel: 'EMAIL', target: '13800001234', purpose: 'REGISTER' }, 'EMAIL_INVALID', 'target'],
    [{ channel: 'EMAIL', target: 'a@b.cn', purpose: 'BIND_PHONE' }, 'CODE_CHANNEL_MISMATCH', 'channel'],
    [{ channel: 'PIGEON', target: 'a@b.cn', purpose: 'REGISTER' }, 'FIELD_INVALID', 'channel'],
    [{ channel: 'SMS', target: '13800001234', purpose: 'FUN' }, 'FIELD_INVALID', 'purpose'],
  ])('%j is %s', async (body, code, field) => {
    const { body: problem } = await requestCode(body);
    expect(problem).toMatchObject({ status: 422, code, errors: [{ field }] });
  });
});

describe('R-PP-4 the account', () => {
  it('binds a number with a code sent to it, and changes it', async () => {
    const passwordHash = await app.get(PasswordHasher, { strict: false }).hash(PASSWORD);
    const { token, accountId } = await openAccount(app, { phone: null, email: anyEmail(), passwordHash });
    for (const phone of [anyPhone(), anyPhone()]) {
      const code = await obtainCode(app, { target: phone, purpose: 'BIND_PHONE' });
      const body = { value: phone, code, currentPassword: PASSWORD };
      const bound = await send('put', 'account/phone', body, { token, challenge: false });
      expect(bound.status).toBe(200);
      expect(bound.body).toMatchObject({ id: accountId, phoneBound: true });
      expect(bound.body.phoneMasked.slice(-4)).toBe(phone.slice(-4));
    }
  });

  it('proves an address and takes it from those who only claim it', async () => {
    const email = anyEmail();
    const claimed = await register({ email, password: 'claimant', passwordConfirmation: 'claimant' });
    const claimant = await signIn(app, email, 'claimant');
    const { token } = await openAccount(app, { phone: null });
    const code = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'BIND_EMAIL' });
    const bound = await send('put', 'account/email', { value: email, code }, { token, challenge: false });
    expect(bound.body).toMatchObject({ email, emailProven: true });

    const { body } = await request(app.getHttpServer())
      .get('/api/v1/passport/account')
      .auth(claimant, { type: 'bearer' });
    expect(body.id).toBe(claimed.body.id);
    expect(body.email).toBeUndefined();

    const another = await openAccount(app, { phone: null });
    clock.advance(1 * MINUTES);
    const second = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'BIND_EMAIL' });
    const refused = await send(
      'put',
      'account/email',
      { value: email, code: second },
      { token: another.token, challenge: false },
    );
    expect(refused.body).toMatchObject({ status: 409, code: 'EMAIL_TAKEN' });
  });

  it('shows and edits the profile', async () => {
    const { token } = await openAccount(app);
    const profile = { documentType: 'PASSPORT', documentNumber: 'e12345678', name: 'Zoë  Li' };
    const edited = await send('patch', 'account', { profile }, { token, challenge: false });
    expect(edited.body.profile).toEqual({
      documentType: 'PASSPORT',
      documentNumberMasked: 'E12**5678',
      name: 'Zoë Li',
    });
    const bad = { ...profile, documentNumber: '?' };
    expect((await send('patch', 'account', { profile: bad }, { token, challenge: false })).body.code).toBe(
      'DOCUMENT_NUMBER_INVALID',
    );
    const { body } = await request(app.getHttpServer())
      .get('/api/v1/passport/account')
      .auth(token, { type: 'bearer' });
    expect(body).toEqual(edited.body);
  });
});

describe('R-PP-5 a forgotten password', () => {
  it('is reset by a code sent to the number, which ends all sessions', async () => {
    const phone = anyPhone();
    await registerByPhone(app, phone);
    const token = await signIn(app, phone);
    clock.advance(1 * MINUTES);
    const code = await obtainCode(app, { target: phone, purpose: 'RESET_PASSWORD' });
    const reset = await send(
      'post',
      'password-resets',
      { login: phone, code, newPassword: 'new-password' },
      { challenge: false },
    );
    expect(reset.status).toBe(204);
    await request(app.getHttpServer())
      .get('/api/v1/passport/account')
      .auth(token, { type: 'bearer' })
      .expect(401);
    expect((await trySignIn(phone)).body.code).toBe('LOGIN_FAILED');
    expect((await trySignIn(phone, 'new-password')).status).toBe(201);
  });

  it('is reset by e-mail for the only account that claims the address, and proves it', async () => {
    const email = anyEmail();
    await register({ email });
    const code = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'RESET_PASSWORD' });
    await send(
      'post',
      'password-resets',
      { login: email, code, newPassword: 'new-password' },
      { challenge: false },
    );
    expect((await trySignIn(email, 'new-password')).body.account).toMatchObject({ email, emailProven: true });
  });

  it('is reset by e-mail for the oldest of several that claim the address and hold nothing', async () => {
    const email = anyEmail();
    const oldest = await register({ email });
    clock.advance(1);
    await register({ email });
    const code = await obtainCode(app, { channel: 'EMAIL', target: email, purpose: 'RESET_PASSWORD' });
    await send(
      'post',
      'password-resets',
      { login: email, code, newPassword: 'new-password' },
      { challenge: false },
    );
    const { account } = (await trySignIn(email, 'new-password')).body;
    expect(account).toMatchObject({ id: oldest.body.id, emailProven: true });
  });

  it('does not say whether there is an account', async () => {
    const answers = [];
    const candidate = anyPhone();
    await openAccount(app, { phone: candidate });
    for (const login of [candidate, anyPhone()]) {
      const body = { login, code: '123456', newPassword: 'new-password' };
      answers.push(await send('post', 'password-resets', body, { challenge: false }));
    }
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(answers[0]!.body.code).toBe('CODE_INVALID');
  });
});

describe('what the database holds', () => {
  it('neither tokens nor passwords nor codes, outbox and stored answers included', async () => {
    const phone = anyPhone();
    const code = await obtainCode(app, { target: phone, purpose: 'REGISTER' });
    await register({ phone, code, password: 'a-secret-word', passwordConfirmation: 'a-secret-word' });
    const { body } = await request(app.getHttpServer())
      .post('/api/v1/passport/sessions')
      .set('Idempotency-Key', 'once')
      .send({ login: phone, password: 'a-secret-word', challenge: await solvedChallenge(app) })
      .expect(201);
    clock.advance(1 * MINUTES);
    const open = await obtainCode(app, { target: phone, purpose: 'RESET_PASSWORD' });

    const dataSource = app.get(DataSource);
    const tables = dataSource.entityMetadatas.map(({ tableName }) => tableName);
    expect(tables).toEqual(
      expect.arrayContaining(['session', 'one_time_code', 'outbox_message', 'stored_answer']),
    );
    const rows = await Promise.all(tables.map((table) => dataSource.query(`SELECT * FROM ${table}`)));
    const dump = JSON.stringify(rows);
    expect(dump).toContain(phone);
    for (const secret of [body.token, 'a-secret-word']) expect(dump).not.toContain(secret);
    for (const digits of [code, open])
      expect(dump).not.toMatch(new RegExp(`(?<![0-9a-f])${digits}(?![0-9a-f])`));
    expect(await newestCode(app, phone)).toBe(open);
  });
});
