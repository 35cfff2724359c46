import { DataSource } from 'typeorm';
import { OutboxMessage } from '../../src/modules/notification/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { anyPhone, openAccount, solvedChallenge } from '../support/passport.js';
import { StatementCounter } from '../support/statement-counter.js';
import { World } from '../support/world.js';

const PASSWORD = 'kite-over-river-7';
const counter = new StatementCounter();
let world: World;

beforeAll(async () => {
  world = await World.open({ trustProxy: 1 }, counter);
});
afterAll(() => world.close());

let hosts = 0;
const elsewhere = () => `198.51.100.${++hosts}`;
let addresses = 0;
const anyEmail = () => `stranger${++addresses}@example.edu.cn`;

/** Those who have not signed in shared one drawer of keys, `anonymous`. */
describe('An Idempotency-Key of somebody who has not signed in', () => {
  const register = async (key: string, body: object, from = elsewhere()) =>
    world.http
      .post('/api/v1/passport/accounts')
      .set('X-Forwarded-For', from)
      .set('Idempotency-Key', key)
      .send({
        password: PASSWORD,
        passwordConfirmation: PASSWORD,
        challenge: await solvedChallenge(world.app),
        ...body,
      });

  it('keeps nobody else from theirs: before, whoever took a key first shut it for a day', async () => {
    const [mine, theirs] = [anyEmail(), anyEmail()];
    expect((await register('1', { email: mine })).status).toBe(201);
    const second = await register('1', { email: theirs });
    expect(second.status).toBe(201);
    expect(second.body.email).toBe(theirs);
    const third = await register('1', { email: anyEmail() }, '198.51.100.200');
    expect(third.status).toBe(201);
  });

  it('gives an answer to nobody who does not know all that was sent, from the same address neither', async () => {
    const email = anyEmail();
    const challenge = await solvedChallenge(world.app);
    const first = await register('key', { email, challenge }, '192.0.2.7');
    expect(first.status).toBe(201);
    const guessed = await register('key', { email }, '192.0.2.7');
    expect(guessed.body.id).not.toBe(first.body.id);
    const withoutPassword = await register(
      'key',
      { email, challenge, password: 'kite-over-river-8', passwordConfirmation: 'kite-over-river-8' },
      '192.0.2.7',
    );
    expect(withoutPassword.body.code).toBe('CHALLENGE_FAILED');
    // whoever sent it gets the same answer, though the network has given them another address meanwhile
    const again = await register('key', { email, challenge }, '192.0.2.8');
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect(await world.dataSource.manager.countBy(Account, { email })).toBe(2);
  });

  it('is not opened by a session’s, nor a session’s by it', async () => {
    const { token } = await openAccount(world.app);
    const body = { channel: 'SMS', target: anyPhone(), purpose: 'BIND_PHONE' };
    const challenge = await solvedChallenge(world.app);
    const call = () =>
      world.http
        .post('/api/v1/passport/codes')
        .set('Idempotency-Key', 'mine')
        .send({ ...body, challenge });
    await call().expect(202);
    const signedIn = await call().auth(token, { type: 'bearer' });
    // the work is begun anew, and stops at the check that is used up
    expect(signedIn.body.code).toBe('CHALLENGE_FAILED');
  });

  it('is kept so that the table gives nobody a password to try', async () => {
    const email = anyEmail();
    await register('plain', { email });
    const rows = JSON.stringify(await world.app.get(DataSource).query('SELECT * FROM stored_answer'));
    for (const secret of [PASSWORD, email]) expect(rows).not.toContain(secret);
  });
});

/** The time of an answer told whether an account has the number: a stranger's cost one statement and a seal less. */
describe('Asking for a code to reset a password', () => {
  const ask = (channel: 'SMS' | 'EMAIL', target: string, challenge: string) =>
    world.http
      .post('/api/v1/passport/codes')
      .set('X-Forwarded-For', elsewhere())
      .send({ channel, target, purpose: 'RESET_PASSWORD', challenge })
      .expect(202);
  const messagesTo = (recipient: string) => world.dataSource.manager.countBy(OutboxMessage, { recipient });

  /** What it asks of the tables that know somebody, by the beginnings of the statements; no worker's statements. */
  async function workOf(channel: 'SMS' | 'EMAIL', target: string): Promise<string[]> {
    const challenge = await solvedChallenge(world.app);
    const { counted } = await counter.during(() => ask(channel, target, challenge));
    return counted
      .filter((statement) => /one_time_code|FROM .account|(INSERT INTO|DELETE FROM) .outbox/.test(statement))
      .map((statement) => statement.replace(/\s+/g, ' ').slice(0, 60));
  }

  it.each(['SMS', 'EMAIL'] as const)(
    'by %s is the same work whether or not anybody has it',
    async (channel) => {
      const any = () => (channel === 'SMS' ? anyPhone() : anyEmail());
      const [known, stranger] = [any(), any()];
      await openAccount(world.app, channel === 'SMS' ? { phone: known } : { phone: null, email: known });
      const [theirs, nobodys] = [await workOf(channel, known), await workOf(channel, stranger)];
      expect(theirs.some((statement) => /^INSERT INTO .?outbox_message/.test(statement))).toBe(true);
      expect(theirs).toHaveLength(4);
      expect(nobodys).toEqual(theirs);
      expect([await messagesTo(known), await messagesTo(stranger)]).toEqual([1, 0]);
    },
  );
});
