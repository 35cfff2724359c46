import { MINUTES } from '../../src/kernel/clock.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { PasswordHasher } from '../../src/modules/passport/index.js';
import { anyPhone, obtainCode, openAccount, solvedChallenge } from '../support/passport.js';
import { World } from '../support/world.js';

/**
 * A session is found on a library's computer, or taken from a log. Whoever had one bound a phone of their own to the account, reset
 * its password by that phone, and the account was theirs; nobody heard of it.
 */
const PASSWORD = 'kite-over-river-7';
let world: World;
let passwordHash: string;
beforeAll(async () => {
  world = await World.open();
  passwordHash = await world.use(PasswordHasher).hash(PASSWORD);
});
afterAll(() => world.close());

let addresses = 0;
const anyEmail = () => `owner${++addresses}@example.edu.cn`;
const messagesTo = (recipient: string) => world.use(ListOutbox).execute({ recipient });
const stored = (id: string) => world.dataSource.manager.findOneByOrFail(Account, { id });
const as = (token: string) => ({
  account: () => world.http.get('/api/v1/passport/account').auth(token, { type: 'bearer' }),
  binds: (what: 'phone' | 'email', value: string, code: string, currentPassword?: string) =>
    world.http
      .put(`/api/v1/passport/account/${what}`)
      .auth(token, { type: 'bearer' })
      .send({ value, code, currentPassword }),
});
async function signsIn(login: string): Promise<string> {
  const challenge = await solvedChallenge(world.app);
  const answer = await world.http
    .post('/api/v1/passport/sessions')
    .send({ login, password: PASSWORD, challenge })
    .expect(201);
  return answer.body.token;
}

const KINDS = {
  phone: { anyOne: anyPhone, channel: 'SMS', purpose: 'BIND_PHONE' },
  email: { anyOne: anyEmail, channel: 'EMAIL', purpose: 'BIND_EMAIL' },
} as const;
const codeFor = (what: keyof typeof KINDS, target: string) => {
  const { channel, purpose } = KINDS[what];
  return obtainCode(world.app, { channel, target, purpose });
};

describe.each(['phone', 'email'] as const)('The proven %s of an account', (what) => {
  async function somebody() {
    const [phone, email] = [anyPhone(), anyEmail()];
    const { accountId, token: stolen } = await openAccount(world.app, { phone, email, passwordHash });
    const [own, other] = what === 'phone' ? [phone, email] : [email, phone];
    return { accountId, phone, email, own, other, stolen, at: as(stolen) };
  }

  it('is not replaced by whoever holds a session and not the password, fresh or not', async () => {
    const { accountId, own, at } = await somebody();
    const theirs = KINDS[what].anyOne();
    const code = await codeFor(what, theirs);
    for (const [password, refusal] of [
      [undefined, 'CURRENT_PASSWORD_MISSING'],
      ['', 'CURRENT_PASSWORD_WRONG'],
      ['lake-under-moon', 'CURRENT_PASSWORD_WRONG'],
    ] as const) {
      const refused = await at.binds(what, theirs, code, password);
      expect(refused.body).toMatchObject({
        status: 422,
        code: refusal,
        errors: [{ field: 'currentPassword' }],
      });
    }
    expect(await stored(accountId)).toMatchObject({ [what]: own });
    expect(await messagesTo(own)).toHaveLength(0);
  });

  it('nor by guessing: ten wrong ones, and the right one waits too', async () => {
    const { accountId, own, at } = await somebody();
    const theirs = KINDS[what].anyOne();
    const code = await codeFor(what, theirs);
    for (let n = 0; n < 10; n++) await at.binds(what, theirs, code, `guess-number-${n}`).expect(422);
    await at.binds(what, theirs, code, PASSWORD).expect(429);
    expect(await stored(accountId)).toMatchObject({ [what]: own });
  });

  it('is replaced by whoever knows it; the old one and the other hear of it, and the other sessions end', async () => {
    const { accountId, phone, own, other, stolen } = await somebody();
    const here = await signsIn(phone);
    const fresh = KINDS[what].anyOne();
    const code = await codeFor(what, fresh);
    // refusals use up no code
    await as(here).binds(what, fresh, code).expect(422);
    await as(here).binds(what, fresh, code, PASSWORD).expect(200);

    expect(await stored(accountId)).toMatchObject({ [what]: fresh });
    await as(here).account().expect(200);
    await as(stolen).account().expect(401);
    for (const told of [own, other]) {
      const [message] = await messagesTo(told);
      expect(message!.template).toBe('passport.contact-changed');
      expect(message!.body).not.toContain(fresh);
      expect(message!.body).toContain(what === 'phone' ? fresh.slice(-4) : fresh.slice(0, 2));
    }
    expect((await messagesTo(fresh)).map(({ template }) => template)).toEqual(['passport.code']);
  });
});

describe('An account that one proven contact leads back to', () => {
  // before: a session found within 15 minutes proved an address of its own, and reset the password by it
  it.each(['phone', 'email'] as const)(
    'gets a %s besides by whoever knows its password, however fresh the session',
    async (what) => {
      const [phone, email] = what === 'phone' ? [null, anyEmail()] : [anyPhone(), undefined];
      const { accountId, token } = await openAccount(world.app, { phone, email, passwordHash });
      const theirs = KINDS[what].anyOne();
      const code = await codeFor(what, theirs);
      expect((await as(token).binds(what, theirs, code)).body.code).toBe('CURRENT_PASSWORD_MISSING');
      expect((await as(token).binds(what, theirs, code, 'lake-under-moon')).body.code).toBe(
        'CURRENT_PASSWORD_WRONG',
      );
      expect((await stored(accountId))[what]).toBeNull();
      await as(token).binds(what, theirs, code, PASSWORD).expect(200);
    },
  );

  it('and an address that was only typed is not exchanged for a thief’s', async () => {
    const { accountId, token } = await openAccount(world.app, { phone: anyPhone(), passwordHash });
    const claimed = anyEmail();
    await world.dataSource.manager.update(Account, { id: accountId }, { email: claimed });
    const theirs = anyEmail();
    const code = await codeFor('email', theirs);
    expect((await as(token).binds('email', theirs, code)).body.code).toBe('CURRENT_PASSWORD_MISSING');
    expect(await stored(accountId)).toMatchObject({ email: claimed, emailVerifiedAt: null });
  });
});

describe('The first phone of an account, or the first proof of its address', () => {
  it.each(['phone', 'email'] as const)(
    '%s: is bound soon after signing in, when the password has just been typed',
    async (what) => {
      const { token } = await openAccount(world.app, { phone: null, passwordHash });
      const first = KINDS[what].anyOne();
      world.clock.advance(14 * MINUTES);
      await as(token)
        .binds(what, first, await codeFor(what, first))
        .expect(200);
    },
  );

  it.each(['phone', 'email'] as const)(
    '%s: and later with the password alone: the session may have been found',
    async (what) => {
      const { accountId, token } = await openAccount(world.app, { phone: null, passwordHash });
      const first = KINDS[what].anyOne();
      world.clock.advance(15 * MINUTES);
      const code = await codeFor(what, first);
      expect((await as(token).binds(what, first, code)).body.code).toBe('CURRENT_PASSWORD_MISSING');
      expect(await stored(accountId)).toMatchObject({ phone: null, email: null });
      await as(token).binds(what, first, code, PASSWORD).expect(200);
    },
  );

  it('tells the address that was proven before, ends the other sessions, and writes to none that was not', async () => {
    const email = anyEmail();
    const { token } = await openAccount(world.app, { phone: null, email, passwordHash });
    const elsewhere = await signsIn(email);
    const phone = anyPhone();
    await as(token)
      .binds('phone', phone, await codeFor('phone', phone), PASSWORD)
      .expect(200);
    const [told] = await messagesTo(email);
    expect(told!.template).toBe('passport.contact-changed');
    expect(told!.body).toContain(`${phone.slice(0, 3)}****${phone.slice(-4)}`);
    await as(elsewhere).account().expect(401);

    const claimed = anyEmail();
    const other = await openAccount(world.app, { phone: anyPhone(), passwordHash });
    await world.dataSource.manager.update(Account, { id: other.accountId }, { email: claimed });
    const proven = anyEmail();
    await as(other.token)
      .binds('email', proven, await codeFor('email', proven), PASSWORD)
      .expect(200);
    expect(await messagesTo(claimed)).toHaveLength(0);
    expect((await messagesTo(other.phone!))[0]!.template).toBe('passport.contact-changed');
  });
});
