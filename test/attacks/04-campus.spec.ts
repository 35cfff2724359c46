import request from 'supertest';
import * as backOffice from '../../src/admin/index.js';
import { InviteStaffAgain } from '../../src/admin/staff/invite-staff-again.use-case.js';
import { staffActor } from '../../src/admin/staff/staff.entity.js';
import { MINUTES, SECONDS } from '../../src/kernel/clock.js';
import { SandboxMessages } from '../../src/modules/payment/gateways/sandbox/sandbox-messages.js';
import type { PaidTrade } from '../../src/modules/payment/gateways/sandbox/sandbox-trade.entity.js';
import { anyPhone, newestCode, PASSWORD, solve } from '../support/passport.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * A campus sits behind one address. One script of its, or its own crowd, must not shut the others out: where an address
 * is over its limit the human check gets dearer, and right answers still pass.
 */

/** Limits by address are those of 500 people who share one. */
const PEOPLE = 500;
const BASE = 100;
let world: World;

beforeAll(async () => {
  // one proxy is trusted, so that a story can call from several addresses
  const settings = { trustProxy: 1, peoplePerAddress: PEOPLE, challengeDifficulty: BASE };
  world = await World.open(settings, undefined, backOffice);
});
afterAll(() => world.close());

let hosts = 0;
/** An address that nobody has called from. */
const anyAddress = () => `198.51.${100 + Math.floor(++hosts / 250)}.${hosts % 250}`;

/** Whoever calls from an address, with a program that keeps no cookies. */
class Caller {
  constructor(readonly address = anyAddress()) {}

  post(path: string, body: object = {}): request.Test {
    return world.http.post(path).set('X-Forwarded-For', this.address).send(body);
  }
  /** How much work the check is that is posed to this address. */
  async price(): Promise<number> {
    return (await this.pose()).maxnumber / BASE;
  }
  async pose() {
    return (await this.post('/api/v1/passport/challenges').expect(201)).body;
  }
  async solved(): Promise<string> {
    return solve(await this.pose());
  }
  async signsIn(login: string, password = PASSWORD) {
    return this.post('/api/v1/passport/sessions', { login, password, challenge: await this.solved() });
  }
  /** As a page does: with the check that comes with a refusal, if one does. Says what was paid. */
  async signsInAtAnyPrice(login: string, password = PASSWORD) {
    const posed = await this.pose();
    let price = posed.maxnumber / BASE;
    const send = (challenge: string) =>
      this.post('/api/v1/passport/sessions', { login, password, challenge });
    let answer = await send(solve(posed));
    while (answer.body.code === 'CHALLENGE_TOO_EASY') {
      price = answer.body.challenge.maxnumber / BASE;
      answer = await send(solve(answer.body.challenge));
    }
    return { price, answer };
  }
  async asksForCode(target: string, purpose = 'REGISTER') {
    const challenge = await this.solved();
    return this.post('/api/v1/passport/codes', { channel: 'SMS', target, purpose, challenge });
  }
  async registers(phone = anyPhone()) {
    await this.asksForCode(phone).then(({ status }) => expect(status).toBe(202));
    const code = await newestCode(world.app, phone);
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const challenge = await this.solved();
    const answer = await this.post('/api/v1/passport/accounts', { phone, code, ...passwords, challenge });
    expect(answer.status).toBe(201);
    return phone;
  }
  resets(login: string, code: string) {
    return this.post('/api/v1/passport/password-resets', { login, code, newPassword: 'another-word-7' });
  }
}

/** So many at a time: a campus does not ask one after the other. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<unknown>, atOnce = 12): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
const times = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('One script behind the campus’s address', () => {
  test('sends 320 junk checks: before, everybody there was refused for an hour, right passwords included', async () => {
    const campus = new Caller();
    const phone = await campus.registers();
    const junk = [
      'no solution at all',
      Buffer.from('null').toString('base64'),
      Buffer.from(JSON.stringify({ algorithm: 'SHA-256', number: 1 })).toString('base64'),
    ];
    await all(times(320), async (n) => {
      const answer = await campus.post('/api/v1/passport/sessions', {
        login: phone,
        password: PASSWORD,
        challenge: junk[n % junk.length],
      });
      expect(answer.body.code).toBe('CHALLENGE_FAILED');
    });
    expect((await campus.signsIn(phone)).status).toBe(201);
    // junk costs its sender nothing, so it makes little dearer for the others
    expect(await campus.price()).toBe(2);
    expect(await new Caller().price()).toBe(1);
  });

  test('types 110 wrong codes: before, no code of anybody there was taken for an hour', async () => {
    const campus = new Caller();
    const phone = await campus.registers();
    await all(times(110), async () => {
      expect((await campus.resets(anyPhone(), '123456')).body.code).toBe('CODE_INVALID');
    });
    await campus.registers();
    world.clock.advance(1 * MINUTES); // one code a minute to one phone
    expect((await campus.asksForCode(phone, 'RESET_PASSWORD')).status).toBe(202);
    expect((await campus.resets(phone, await newestCode(world.app, phone))).status).toBe(204);
  });

  test('guesses 110 passwords: before, right ones were refused for a quarter of an hour', async () => {
    const campus = new Caller();
    const phone = await campus.registers();
    await all(times(110), async () => {
      expect((await campus.signsIn(anyPhone(), 'a wrong guess')).body.code).toBe('LOGIN_FAILED');
    });
    expect((await campus.signsIn(phone)).status).toBe(201);
    // dearer, and still a matter of seconds; elsewhere nothing has changed; and it passes
    expect(await campus.price()).toBe(16);
    expect(await new Caller().price()).toBe(1);
    world.clock.advance(15 * MINUTES);
    expect(await campus.price()).toBe(1);
  });

  test('solves its checks before they get dear: a cheap one buys nothing once the price has risen', async () => {
    const campus = new Caller();
    const phone = await campus.registers();
    const hoard = await Promise.all(times(3).map(() => campus.solved()));
    await all(times(50), () => campus.signsIn(anyPhone(), 'a wrong guess'));
    const signIn = (challenge: string) =>
      campus.post('/api/v1/passport/sessions', { login: phone, password: PASSWORD, challenge });
    const refused = await signIn(hoard[0]!);
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'CHALLENGE_TOO_EASY',
      errors: [{ field: 'challenge' }],
    });
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD };
    const register = { email: 'hoarder@example.edu.cn', ...passwords, challenge: hoard[1] };
    expect((await campus.post('/api/v1/passport/accounts', register)).body.code).toBe('CHALLENGE_TOO_EASY');
    const code = { channel: 'SMS', target: anyPhone(), purpose: 'REGISTER', challenge: hoard[2] };
    expect((await campus.post('/api/v1/passport/codes', code)).body.code).toBe('CHALLENGE_TOO_EASY');
    expect((await signIn(await campus.solved())).status).toBe(201);
  });

  test('says that its check was dear: the price is signed with it', async () => {
    const campus = new Caller();
    await all(times(50), () => campus.signsIn(anyPhone(), 'a wrong guess'));
    const cheap = JSON.parse(Buffer.from(await new Caller().solved(), 'base64').toString());
    const login = anyPhone();
    for (const salt of [
      cheap.salt.replace('price=1', 'price=16'),
      cheap.salt.replace('price=1', 'price=99'),
    ]) {
      const challenge = Buffer.from(JSON.stringify({ ...cheap, salt })).toString('base64');
      const answer = await campus.post('/api/v1/passport/sessions', { login, password: 'x', challenge });
      expect(answer.body.code).toBe('CHALLENGE_FAILED');
    }
  });

  test('asks for codes to everybody’s phone: each costs more, and those there still get theirs', async () => {
    const campus = new Caller();
    await all(times(101), () => campus.asksForCode(anyPhone()));
    expect(await campus.price()).toBe(2);
    // what is used was not sent for nothing
    await campus.registers();
  });
});

describe('An address is the same however it is written', () => {
  /** So much has failed there that a check costs twice the work. */
  const fails = async (addresses: readonly string[]) => {
    for (const address of addresses) await new Caller(address).signsIn(anyPhone(), 'a wrong guess');
  };

  test('who has a /64 has one address: before, each of 2^64 had limits of its own', async () => {
    await fails(times(11).map((n) => `2001:db8:1:2:${n.toString(16)}::${n}`));
    expect(await new Caller('2001:db8:1:2::1').price()).toBe(2);
    expect(await new Caller('2001:db8:1:3::1').price()).toBe(1);
  });

  test('IPv4 written as IPv6 is IPv4', async () => {
    await fails(times(11).map((n) => ['203.0.113.7', '::ffff:203.0.113.7', '::ffff:cb00:7107'][n % 3]!));
    for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:CB00:7107'])
      expect(await new Caller(address).price()).toBe(2);
  });

  test('who goes through many /64 pays by login all the same', async () => {
    const phone = await new Caller().registers();
    const from = (n: number) => new Caller(`2001:db8:${(0x1000 + n).toString(16)}::1`);
    for (let n = 0; n < 15; n++)
      expect((await from(n).signsIn(phone, 'a wrong guess')).body.code).toBe('LOGIN_FAILED');
    expect((await from(15).signsIn(phone, 'a wrong guess')).body.code).toBe('CHALLENGE_TOO_EASY');
  });
});

describe('An office of staff behind one address', () => {
  test('60 wrong passwords there: before, nobody in it got in for a quarter of an hour', async () => {
    await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    await addStaff(world, { login: 'qian', role: 'CENTRAL' });
    const address = anyAddress();
    const atHome = new StaffBrowser(world, address);
    expect((await atHome.signsIn('sun')).status).toBe(303);
    await all(times(60), (n) =>
      new StaffBrowser(world, address).signsIn(`nobody-${n}`, { password: 'a guess' }),
    );
    // who has signed in there before notices nothing, whoever comes new does a human check
    atHome.cookie = undefined;
    expect((await atHome.get('/login')).text).not.toContain('data-posed');
    expect((await atHome.signsIn('sun')).status).toBe(303);
    const newcomer = new StaffBrowser(world, address);
    expect((await newcomer.signsIn('qian')).status).toBe(422);
    const challenge = newcomer.solves(await newcomer.get('/login'));
    expect((await newcomer.signsIn('qian', { challenge })).status).toBe(303);
    expect((await new StaffBrowser(world, anyAddress()).signsIn('qian')).status).toBe(303);
  });

  test('61 looks at invitations that are none: before, theirs did not open either', async () => {
    const invited = await addStaff(world, { login: 'li', role: 'CENTRAL' });
    const inviter = staffActor(await addStaff(world, { login: 'boss', role: 'CENTRAL' }));
    const invitation = await world.use(InviteStaffAgain).execute({ id: invited.id }, inviter);
    const { search } = new URL((invitation as { link: string }).link);
    const office = new StaffBrowser(world, anyAddress());
    await all(times(61), (n) => office.get(`/invitation?token=${'x'.repeat(42)}${n}`).expect(404));
    await office.get(`/invitation${search}`).expect(200);
  });
});

describe('The payment platform behind an address', () => {
  test('from which 301 messages came that nothing proves: its own is taken', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidate = await world.registered({ campus });
    const { id } = await candidate.enrols(venue);
    await candidate.put(`/enrolments/${id}/score-report`, { form: 'PAPER' }).expect(200);
    const order = (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
    const { neeaId, amountFen } = order;
    const address = anyAddress();
    const send = (body: string, headers: object) =>
      world.http
        .post('/api/v1/payment/notifications/sandbox')
        .set({ ...headers, 'X-Forwarded-For': address })
        .send(body);
    const unproven = () => send('{}', { 'Content-Type': 'application/json' });
    await all(times(301), unproven);
    expect((await unproven()).status).toBe(429);
    const said = { neeaId, amountFen, method: 'ALIPAY', tradeNumber: 'T-04-1', paidAt: world.clock.now() };
    const { body, headers } = await world.use(SandboxMessages).write(said as PaidTrade);
    expect((await send(body.toString(), headers)).status).toBe(200);
    expect((await candidate.get(`/payment/orders/${order.id}`)).body.state).toBe('PAID');
  });
});

describe('An honest opening', () => {
  /**
   * 500 students behind one address, each with a phone and a browser of their own, in fifteen minutes. All the while one
   * of them attacks, once for each that comes.
   */
  test('500 students sign up, sign in and look themselves up while one of them attacks', async () => {
    const address = anyAddress();
    const opens = world.clock.now();
    const campus = await world.campus();
    await world.venue({ campus });
    const students = await Promise.all(times(PEOPLE).map(() => world.record({ campus })));

    const attacker = new Caller(address);
    let attacks = 0;
    const attacksOnce = async () => {
      const answer = await [
        () => attacker.post('/api/v1/passport/sessions', { login: 'x', password: 'x', challenge: 'junk' }),
        () => attacker.resets(anyPhone(), '000000'),
        () => attacker.signsIn(anyPhone(), 'a wrong guess'),
        () => attacker.asksForCode(anyPhone()),
      ][attacks++ % 4]!();
      expect(answer.status).toBeLessThan(500);
    };

    const dearest = { price: 0 };
    const comes = async ({ details: { documentType, documentNumber, name } }: (typeof students)[number]) => {
      world.clock.advance((15 * MINUTES - 10 * SECONDS) / PEOPLE);
      const student = new Caller(address);
      const phone = await student.registers();
      await attacksOnce();
      const { price, answer } = await student.signsInAtAnyPrice(phone);
      dearest.price = Math.max(dearest.price, price);
      expect(answer.status).toBe(201);
      const call = (path: string, body: object) =>
        student.post(path, body).auth(answer.body.token, { type: 'bearer' });
      await call('/api/v1/agreement/acceptance', { version: 1 }).expect(201);
      const found = await call('/api/v1/qualification/queries', { documentType, documentNumber, name });
      expect([found.status, found.body.record?.name]).toEqual([200, name]);
    };
    await all(students, comes);
    expect(world.clock.now().getTime() - opens.getTime()).toBeLessThan(15 * MINUTES);
    expect(attacks).toBe(PEOPLE);
    // the attack was felt, and was borne
    expect(dearest.price).toBe(16);
  }, 600_000);
});
