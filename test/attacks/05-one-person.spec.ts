import type request from 'supertest';
import * as backOffice from '../../src/admin/index.js';
import { MINUTES } from '../../src/kernel/clock.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { STRANGERS_SIGN_INS } from '../../src/modules/passport/attempt-limits.js';
import { RateLimits } from '../../src/platform/http/rate-limits.js';
import { anyPhone, newestCode, openAccount, PASSWORD, solve } from '../support/passport.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * Somebody wants one chosen person kept out, and knows their number. Ten wrong passwords did it, or ten code requests
 * (and the owner got ten messages), or five wrong tries at the code they had just been sent.
 */

let world: World;
beforeAll(async () => {
  // one proxy is trusted, so that a story can call from several addresses
  world = await World.open({ trustProxy: 1 }, undefined, backOffice);
});
afterAll(() => world.close());

let hosts = 0;
const anyAddress = () => `198.51.${100 + Math.floor(++hosts / 250)}.${hosts % 250}`;

/** Somebody with a browser, which keeps cookies, at an address. */
class Person {
  private readonly cookies = new Map<string, string>();

  constructor(public address = anyAddress()) {}

  async post(path: string, body: object) {
    const answer = await this.with(world.http.post(`/api/v1/passport${path}`)).send(body);
    for (const set of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      this.cookies.set(name!, value!);
    }
    return answer;
  }
  async put(path: string, body: object) {
    return this.with(world.http.put(`/api/v1/passport${path}`)).send(body);
  }
  async solved(): Promise<string> {
    return solve((await this.post('/challenges', {})).body);
  }
  async signsIn(login: string, password = PASSWORD) {
    return this.post('/sessions', { login, password, challenge: await this.solved() });
  }
  /** With the dearer check that comes with a refusal, where one does. */
  async signsInAtAnyPrice(login: string, password = PASSWORD) {
    const answer = await this.signsIn(login, password);
    if (answer.body.code !== 'CHALLENGE_TOO_EASY') return answer;
    return this.post('/sessions', { login, password, challenge: solve(answer.body.challenge) });
  }
  async asksForCode(target: string, purpose = 'REGISTER', channel = 'SMS') {
    return this.post('/codes', { channel, target, purpose, challenge: await this.solved() });
  }
  async registersWith(phone: string, code: string) {
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
    return this.post('/accounts', { phone, code, ...passwords, challenge: await this.solved() });
  }
  resets(login: string, code: string) {
    return this.post('/password-resets', { login, code, newPassword: 'another-word-7' });
  }
  forgets(cookie: string): void {
    this.cookies.delete(cookie);
  }
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }
  takes(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  with(call: request.Test): request.Test {
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookies) call.set('Cookie', cookies);
    return call.set('X-Forwarded-For', this.address).set('Sec-Fetch-Site', 'same-origin');
  }
}

/** Somebody with an account, who has signed in on their phone. */
async function anOwner() {
  const [owner, phone] = [new Person(), anyPhone()];
  expect((await owner.asksForCode(phone)).status).toBe(202);
  expect((await owner.registersWith(phone, await newestCode(world.app, phone))).status).toBe(201);
  expect((await owner.signsIn(phone)).status).toBe(201);
  owner.forgets('cet_session');
  world.clock.advance(1 * MINUTES); // one code a minute
  return { owner, phone };
}
const messagesTo = async (recipient: string) => (await world.use(ListOutbox).execute({ recipient })).length;

/** Strangers from everywhere guess at a login, each with the check that it takes by then. */
async function strangersGuess(login: string, times: number) {
  for (let n = 0; n < times; n++) {
    const answer = await new Person().signsInAtAnyPrice(login, 'a wrong guess');
    expect(answer.body.code).toBe('LOGIN_FAILED');
  }
}
/** So many guesses that no more are let in. */
const strangersHaveGuessed = (login: string) =>
  world.use(RateLimits).note(STRANGERS_SIGN_INS, login, STRANGERS_SIGN_INS.points);

describe('Strangers guess at somebody’s password', () => {
  test('ten times: before, the owner’s right one was refused for a quarter of an hour', async () => {
    const { owner, phone } = await anOwner();
    await strangersGuess(phone, 10);
    expect((await owner.signsIn(phone)).status).toBe(201);
    expect((await new Person().signsIn(phone)).status).toBe(201);
  });

  test('forty times: the owner’s device signs in as always, any other for a dearer check', async () => {
    const { owner, phone } = await anOwner();
    await strangersGuess(phone, 40);
    expect((await owner.signsIn(phone)).status).toBe(201);
    const newPhone = new Person();
    const refused = await newPhone.signsIn(phone);
    expect(refused.body).toMatchObject({ status: 422, code: 'CHALLENGE_TOO_EASY' });
    expect((await newPhone.signsInAtAnyPrice(phone)).status).toBe(201);
  });

  test('until no stranger is let in: the owner’s device still is, and whoever has a code sent', async () => {
    const { owner, phone } = await anOwner();
    await strangersHaveGuessed(phone);
    const newPhone = new Person();
    const refused = await newPhone.signsInAtAnyPrice(phone);
    expect(refused.body).toMatchObject({ status: 429, code: 'LOGIN_GUESSED_TOO_OFTEN' });
    expect(refused.body.detail).toContain('请使用曾登录过的设备，或先通过短信、邮箱验证码重置密码');
    expect((await owner.signsIn(phone)).status).toBe(201);

    expect((await newPhone.asksForCode(phone, 'RESET_PASSWORD')).status).toBe(202);
    expect((await newPhone.resets(phone, await newestCode(world.app, phone))).status).toBe(204);
    // the strangers go on at once, and that keeps nobody out any more
    await strangersHaveGuessed(phone);
    expect((await newPhone.signsIn(phone, 'another-word-7')).status).toBe(201);
  });

  test('by an e-mail address: the same', async () => {
    const owner = new Person();
    const email = 'owner@example.edu.cn';
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
    await owner.post('/accounts', { email, ...passwords, challenge: await owner.solved() });
    expect((await owner.signsIn(email)).status).toBe(201);
    await strangersHaveGuessed(email);
    expect((await owner.signsIn(` ${email.toUpperCase()}`)).status).toBe(201);
    expect((await new Person().signsInAtAnyPrice(email)).status).toBe(429);
  });

  test('and a device that fails itself is a stranger: a cookie is no second hundred guesses', async () => {
    const { owner, phone } = await anOwner();
    await strangersHaveGuessed(phone);
    for (let n = 0; n < 10; n++)
      expect((await owner.signsIn(phone, 'a wrong guess')).body.code).toBe('LOGIN_FAILED');
    expect((await owner.signsIn(phone)).body.code).toBe('LOGIN_GUESSED_TOO_OFTEN');
    world.clock.advance(15 * MINUTES);
    expect((await owner.signsIn(phone)).status).toBe(201);
  });

  test('with a cookie of their own, one that is made up, or one from before the password was changed', async () => {
    const { owner, phone } = await anOwner();
    const { owner: stranger } = await anOwner();
    await strangersHaveGuessed(phone);
    expect((await stranger.signsIn(phone)).status).toBe(429);
    const [id, accounts] = owner.cookie('cet_device')!.split('.');
    const forger = new Person();
    for (const value of [
      `${id}.${accounts}.${'0'.repeat(64)}`,
      `${stranger.cookie('cet_device')!.split('.')[0]}.${accounts}.${owner.cookie('cet_device')!.split('.')[2]}`,
      '..',
      'x',
    ]) {
      forger.takes('cet_device', value);
      expect((await forger.signsInAtAnyPrice(phone)).status).toBe(429);
    }
    const stolen = owner.cookie('cet_device')!;
    await owner.asksForCode(phone, 'RESET_PASSWORD');
    await owner.resets(phone, await newestCode(world.app, phone));
    await strangersHaveGuessed(phone);
    forger.takes('cet_device', stolen);
    expect((await forger.signsInAtAnyPrice(phone, 'another-word-7')).status).toBe(429);
    expect((await owner.signsIn(phone, 'another-word-7')).status).toBe(201);
  });
});

describe('A stolen session guesses at the password', () => {
  test('ten times: before, the owner could not change it either', async () => {
    const { owner, phone } = await anOwner();
    const theirs = (await owner.signsIn(phone)).body.token;
    owner.forgets('cet_session');
    const own = (await owner.signsIn(phone)).body.token;
    const change = (token: string, currentPassword: string) =>
      world.http
        .put('/api/v1/passport/account/password')
        .auth(token, { type: 'bearer' })
        .send({ currentPassword, newPassword: 'another-word-7' });
    for (let n = 0; n < 10; n++) await change(theirs, 'a wrong guess').expect(422);
    await change(theirs, PASSWORD).expect(429);
    await change(own, PASSWORD).expect(204);
  });
});

describe('Strangers ask for codes to somebody’s phone', () => {
  test('ten times from one address: before, the owner got ten messages, and none any more that day', async () => {
    const [stranger, owner, phone] = [new Person(), new Person(), anyPhone()];
    for (let n = 0; n < 10; n++) {
      await stranger.asksForCode(phone);
      world.clock.advance(1 * MINUTES);
    }
    expect(await messagesTo(phone)).toBe(4);
    expect((await owner.asksForCode(phone)).status).toBe(202);
    expect((await owner.registersWith(phone, await newestCode(world.app, phone))).status).toBe(201);
  });

  test('from everywhere, until strangers are sent none: the owner’s device is, and its code opens', async () => {
    const { owner, phone } = await anOwner();
    const before = await messagesTo(phone);
    for (let n = 0; n < 30; n++) await new Person().asksForCode(phone, 'RESET_PASSWORD');
    // 12 a day, one of which was for the owner's account, before anybody knew their device
    expect((await messagesTo(phone)) - before).toBe(11);
    expect((await owner.asksForCode(phone, 'RESET_PASSWORD')).status).toBe(202);
    expect((await owner.resets(phone, await newestCode(world.app, phone))).status).toBe(204);
    // cookies that are thrown away are no new strangers
    const [address, other] = [anyAddress(), anyPhone()];
    const statuses = [];
    for (let n = 0; n < 6; n++) {
      statuses.push((await new Person(address).asksForCode(other)).status);
      world.clock.advance(1 * MINUTES);
    }
    expect(statuses).toEqual([202, 202, 202, 202, 429, 429]);
  });

  test('just after the owner: the owner’s code is still good, and so is that of each who asked', async () => {
    const phone = anyPhone();
    const [owner, stranger] = [new Person(), new Person()];
    await owner.asksForCode(phone);
    const code = await newestCode(world.app, phone);
    world.clock.advance(1 * MINUTES);
    for (const one of [stranger, new Person(), new Person()])
      expect((await one.asksForCode(phone)).status).toBe(202);
    expect((await owner.registersWith(phone, code)).status).toBe(201);
    // it proved whose the phone is, and ended the others
    const theirs = await newestCode(world.app, phone);
    expect((await stranger.registersWith(phone, theirs)).body.code).toBe('CODE_INVALID');
  });

  test('each minute, so that the owner’s turn never comes: before, one a minute was all there was', async () => {
    const [phone, stranger] = [anyPhone(), new Person()];
    await stranger.asksForCode(phone);
    expect((await new Person().asksForCode(phone)).status).toBe(202);
    // neither does somebody else at the owner's address, once the owner has a device
    const { owner, phone: theirs } = await anOwner();
    const neighbour = new Person(owner.address);
    await neighbour.asksForCode(theirs, 'RESET_PASSWORD');
    expect((await owner.asksForCode(theirs, 'RESET_PASSWORD')).status).toBe(202);
  });

  test('by e-mail: the same', async () => {
    const email = 'asked@example.edu.cn';
    const [owner, stranger] = [new Person(), new Person()];
    await owner.asksForCode(email, 'REGISTER', 'EMAIL');
    const code = await newestCode(world.app, email);
    for (let n = 0; n < 10; n++) {
      world.clock.advance(0.5 * MINUTES);
      await stranger.asksForCode(email, 'REGISTER', 'EMAIL');
    }
    expect(await messagesTo(email)).toBe(5);
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const answer = await owner.post('/accounts', {
      email,
      code,
      ...passwords,
      challenge: await owner.solved(),
    });
    expect(answer.body).toMatchObject({ email, emailProven: true });
  });
});

describe('Strangers type wrong codes while somebody has one', () => {
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

  test('five times: before, the code was dead for its owner', async () => {
    const [owner, phone] = [new Person(), anyPhone()];
    await owner.asksForCode(phone);
    const code = await newestCode(world.app, phone);
    for (let n = 0; n < 6; n++) await new Person().registersWith(phone, wrong(code));
    expect((await owner.registersWith(phone, code)).status).toBe(201);
  });

  test('from the owner’s own address, be it the dormitory’s', async () => {
    const [owner, phone] = [new Person(), anyPhone()];
    await owner.asksForCode(phone);
    const code = await newestCode(world.app, phone);
    for (let n = 0; n < 6; n++) await new Person(owner.address).registersWith(phone, wrong(code));
    expect((await owner.registersWith(phone, code)).status).toBe(201);
  });

  test('where a password is reset, and where a number is bound', async () => {
    const { owner, phone } = await anOwner();
    await owner.asksForCode(phone, 'RESET_PASSWORD');
    const code = await newestCode(world.app, phone);
    for (let n = 0; n < 6; n++) await new Person().resets(phone, wrong(code));
    expect((await owner.resets(phone, code)).status).toBe(204);

    const [newPhone, { token }, stranger] = [
      anyPhone(),
      await openAccount(world.app, { phone: null }),
      await openAccount(world.app, { phone: null }),
    ];
    const binds = (who: Person, session: string, typed: string) =>
      who
        .with(world.http.put('/api/v1/passport/account/phone'))
        .auth(session, { type: 'bearer' })
        .send({ value: newPhone, code: typed });
    await owner.asksForCode(newPhone, 'BIND_PHONE');
    const bindCode = await newestCode(world.app, newPhone);
    for (let n = 0; n < 6; n++) await binds(new Person(), stranger.token, wrong(bindCode));
    expect((await binds(owner, token, bindCode)).status).toBe(200);
  });

  test('and no more than five, from wherever: a code is not found by trying', async () => {
    const [owner, phone] = [new Person(), anyPhone()];
    await owner.asksForCode(phone);
    const code = await newestCode(world.app, phone);
    for (let n = 0; n < 5; n++) await new Person().registersWith(phone, wrong(code));
    expect((await new Person().registersWith(phone, code)).body.code).toBe('CODE_INVALID');
    // nor by who asks for one themselves and tries at both
    const stranger = new Person();
    await stranger.asksForCode(phone);
    expect((await stranger.registersWith(phone, code)).body.code).toBe('CODE_INVALID');
    expect((await owner.registersWith(phone, code)).status).toBe(201);
  });

  test('a code may be typed in elsewhere than where it was asked for', async () => {
    const phone = anyPhone();
    await new Person().asksForCode(phone);
    expect((await new Person().registersWith(phone, await newestCode(world.app, phone))).status).toBe(201);
  });
});

describe('Strangers guess at the password of one of the staff', () => {
  const guesses = async (login: string) => {
    const browser = new StaffBrowser(world, anyAddress());
    const page = await browser.signsIn(login, { password: 'a guess' });
    return page.status === 422
      ? browser.signsIn(login, { password: 'a guess', challenge: browser.solves(page) })
      : page;
  };
  /** Has signed in on this browser before. */
  async function staff(login: string) {
    await addStaff(world, { login, role: 'CENTRAL' });
    const browser = new StaffBrowser(world, anyAddress());
    expect((await browser.signsIn(login)).status).toBe(303);
    browser.cookie = undefined;
    return browser;
  }

  test('five times: before, the right one was refused for a quarter of an hour, and as long as somebody went on', async () => {
    const owner = await staff('sun');
    for (let n = 0; n < 5; n++) expect((await guesses('sun')).status).toBe(401);
    expect((await owner.signsIn('sun')).status).toBe(303);
    // anywhere else it takes a human check
    const elsewhere = new StaffBrowser(world, anyAddress());
    const asked = await elsewhere.signsIn('sun');
    expect(asked.status).toBe(422);
    expect((await elsewhere.signsIn('sun', { challenge: elsewhere.solves(asked) })).status).toBe(303);
  });

  test('until strangers are locked out: the owner is not, where they have signed in before', async () => {
    const owner = await staff('qian');
    for (let n = 0; n < 30; n++) await guesses('qian');
    expect((await guesses('qian')).status).toBe(429);
    expect((await owner.signsIn('qian')).status).toBe(303);
    // and what fails there counts there, and no longer than a quarter of an hour
    owner.cookie = undefined;
    for (let n = 0; n < 5; n++)
      expect((await owner.signsIn('qian', { password: 'a slip' })).status).toBe(401);
    expect((await owner.signsIn('qian')).status).toBe(429);
    world.clock.advance(15 * MINUTES);
    expect((await owner.signsIn('qian')).status).toBe(303);
  });
});
