import { ListOutbox } from '../../src/modules/notification/index.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { type Claimant, whoseAddressItIs } from '../../src/modules/passport/contact-owner.rules.js';
import { anyPhone, newestCode, obtainCode, solvedChallenge } from '../support/passport.js';
import { World } from '../support/world.js';

/**
 * Anybody may type anybody's address when they register (R-PP-1). The address's owner then reset "their" password, and
 * shared the account with whoever had opened it from then on: its phone, its sessions and its name stayed.
 */
let world: World;
beforeAll(async () => {
  world = await World.open({ trustProxy: 1 });
});
afterAll(() => world.close());

const [MALLORYS, VICTIMS, NEW] = ['stone-under-oak-9', 'kite-over-river-7', 'lake-under-moon-3'];
let hosts = 0;
let addresses = 0;
const anyEmail = () => `reader${++addresses}@example.edu.cn`;
const passport = (method: 'get' | 'post' | 'put', path: string, token?: string) => {
  const call = world.http[method](`/api/v1/passport/${path}`).set('X-Forwarded-For', `198.51.100.${++hosts}`);
  return token ? call.auth(token, { type: 'bearer' }) : call;
};
const solved = () => solvedChallenge(world.app);
const messagesTo = (recipient: string) => world.use(ListOutbox).execute({ recipient });
const stored = (id: string) => world.dataSource.manager.findOneByOrFail(Account, { id });

async function registers(facts: { phone?: string; email?: string; profile?: object }, password: string) {
  const { phone } = facts;
  const code = phone && (await obtainCode(world.app, { target: phone, purpose: 'REGISTER' }));
  const body = { ...facts, code, password, passwordConfirmation: password, challenge: await solved() };
  const { body: account } = await passport('post', 'accounts').send(body).expect(201);
  return account as { id: string };
}
async function signsIn(login: string, password: string) {
  return passport('post', 'sessions').send({ login, password, challenge: await solved() });
}
const asksForCode = async (channel: 'SMS' | 'EMAIL', target: string) =>
  passport('post', 'codes')
    .send({ channel, target, purpose: 'RESET_PASSWORD', challenge: await solved() })
    .expect(202);
const resets = (login: string, code: string, newPassword: string) =>
  passport('post', 'password-resets').send({ login, code, newPassword });
/** The whole of R-PP-5, by somebody who reads the messages there. A minute lies between a target's codes. */
async function resetsBy(channel: 'SMS' | 'EMAIL', target: string, newPassword: string) {
  world.clock.advance(61_000);
  await asksForCode(channel, target);
  return resets(target, await newestCode(world.app, target), newPassword);
}

const NAMED = { documentType: 'PASSPORT', documentNumber: 'E12345678', name: 'Mallory' };

describe('Somebody registers an own phone with a victim’s address, and the victim resets by mail', () => {
  it.each(['at once', 'later'])('the phone bound %s: nobody shares the account any more', async (when) => {
    const [phone, email] = [anyPhone(), anyEmail()];
    const account = await registers(
      { ...(when === 'at once' ? { phone } : {}), email, profile: NAMED },
      MALLORYS,
    );
    const { token } = (await signsIn(email, MALLORYS)).body;
    if (when === 'later') {
      const code = await obtainCode(world.app, { target: phone, purpose: 'BIND_PHONE' });
      await passport('put', 'account/phone', token).send({ value: phone, code }).expect(200);
    }
    // a code asked for in time opens nothing afterwards
    world.clock.advance(61_000);
    await asksForCode('SMS', phone);
    const early = await newestCode(world.app, phone);

    await resetsBy('EMAIL', email, VICTIMS).then(({ status }) => expect(status).toBe(204));

    await passport('get', 'account', token).expect(401);
    for (const [login, password] of [
      [phone, MALLORYS],
      [email, MALLORYS],
      [phone, VICTIMS],
    ] as const)
      expect([login, (await signsIn(login, password)).status]).toEqual([login, 401]);
    expect((await resets(phone, early, NEW)).body.code).toBe('CODE_INVALID');
    world.clock.advance(61_000);
    const before = (await messagesTo(phone)).length;
    await asksForCode('SMS', phone);
    expect(await messagesTo(phone)).toHaveLength(before);

    const theirs = (await signsIn(email, VICTIMS)).body.account;
    expect(theirs).toMatchObject({ id: account.id, email, emailProven: true, phoneBound: false });
    expect(theirs).not.toHaveProperty('profile');
    // whoever opened it hears of it, and may open another
    const [told] = await messagesTo(phone);
    expect([told!.template, told!.body.includes(email)]).toEqual(['passport.phone-released', false]);
    world.clock.advance(61_000);
    expect((await registers({ phone }, MALLORYS)).id).not.toBe(account.id);
  });

  it('and before that, a phone alone brings the account back: the address falls', async () => {
    const [phone, email] = [anyPhone(), anyEmail()];
    const { id } = await registers({ phone, email }, MALLORYS);
    await resetsBy('SMS', phone, NEW).then(({ status }) => expect(status).toBe(204));
    expect(await stored(id)).toMatchObject({ phone, email: null, emailVerifiedAt: null });
    expect((await signsIn(email, NEW)).status).toBe(401);
    expect((await signsIn(phone, NEW)).status).toBe(201);
  });
});

describe('Somebody mistypes their address, registers for the exam, and its owner resets by mail', () => {
  it('they keep the account and all it holds; its owner learns how to have one', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    const candidate = await world.registered({ campus });
    const email = anyEmail();
    await world.dataSource.manager.update(Account, { id: candidate.accountId }, { email });

    await asksForCode('EMAIL', email);
    const [mail] = await messagesTo(email);
    expect(mail!.template).toBe('passport.address-unproven');
    expect(mail!.body).not.toMatch(/\d{6}/);
    expect(mail!.body).toContain('请用账号绑定的手机号重置密码');
    const guesses = ['000000', '123456', '999999'];
    for (const code of guesses) expect((await resets(email, code, VICTIMS)).body.code).toBe('CODE_INVALID');
    expect(await stored(candidate.accountId)).toMatchObject({ phone: candidate.phone, email });
    await candidate.get('/registration').expect(200);

    // the phone is theirs, and is enough
    await resetsBy('SMS', candidate.phone!, NEW).then(({ status }) => expect(status).toBe(204));
    expect(await stored(candidate.accountId)).toMatchObject({ phone: candidate.phone, email: null });
  });
});

describe('Somebody mistypes their address, and pays', () => {
  it('they are told at the phone that is theirs; before, only the stranger was', async () => {
    const { candidate, venue } = await world.openVenue({ seats: 2 });
    const email = anyEmail();
    await world.dataSource.manager.update(Account, { id: candidate.accountId }, { email });
    await candidate.enrols(venue);
    await candidate.pays();
    const told = await messagesTo(candidate.phone!);
    expect(told.map(({ template }) => template)).toContain('payment.success');
    // the mail goes out as [004] says, and names nobody
    const [mail] = await messagesTo(email);
    expect(mail!.template).toBe('payment.success');
    expect(mail!.body).not.toContain(candidate.documents.name);
  });
});

describe('Several say that an address is theirs', () => {
  it('its owner has one account in the end, with nothing of the others’ in it; before, nobody could reset any', async () => {
    const email = anyEmail();
    const first = await registers({ email }, VICTIMS);
    await registers({ email, profile: NAMED }, MALLORYS);
    const withPhone = await registers({ email, phone: anyPhone(), profile: NAMED }, MALLORYS);

    await resetsBy('EMAIL', email, NEW).then(({ status }) => expect(status).toBe(204));
    const { account } = (await signsIn(email, NEW)).body;
    expect(account).toMatchObject({ id: first.id, emailProven: true });
    expect(account).not.toHaveProperty('profile');
    expect((await signsIn(email, MALLORYS)).status).toBe(401);
    expect(await world.dataSource.manager.countBy(Account, { email })).toBe(1);
    // the phone's account is the phone's
    expect((await stored(withPhone.id)).phone).not.toBeNull();
  });

  const claimant = (id: string, facts: Partial<Claimant> = {}): Claimant => ({
    id,
    emailVerifiedAt: null,
    phone: null,
    loginDocumentNumber: null,
    ...facts,
  });
  const [plain, other] = [claimant('plain'), claimant('other')];
  const phoned = claimant('phoned', { phone: '13800001234' });
  const listed = claimant('listed', { loginDocumentNumber: 'E12345678' });
  const proven = claimant('proven', { emailVerifiedAt: new Date() });
  it.each([
    ['proven', [proven], [], 'proven'],
    ['proven and registered', [proven], ['proven'], 'proven'],
    ['proven, and claimed by others', [proven, plain, other], [], 'proven'],
    ['claimed by two', [plain, other], [], 'plain'],
    ['claimed by two, the older one registered', [plain, other], ['plain'], 'other'],
    ['claimed with a phone, and without', [phoned, plain], [], 'plain'],
    ['claimed with a phone', [phoned], [], 'phoned'],
    ['claimed with a phone and registered', [phoned], ['phoned'], undefined],
    ['claimed by whom a school lists', [listed], [], undefined],
    ['claimed by nobody', [], [], undefined],
  ])('an address %s', (_, claimants, registered, id) => {
    expect(whoseAddressItIs(claimants, new Set(registered))?.id).toBe(id);
  });
});

describe('Both were proven', () => {
  it.each(['SMS', 'EMAIL'] as const)(
    'a reset by %s leaves both, ends the sessions and tells the other',
    async (channel) => {
      const [phone, email] = [anyPhone(), anyEmail()];
      const { id } = await registers({ phone, email, profile: NAMED }, MALLORYS);
      const { token } = (await signsIn(phone, MALLORYS)).body;
      world.clock.advance(61_000);
      const code = await obtainCode(world.app, { channel: 'EMAIL', target: email, purpose: 'BIND_EMAIL' });
      const body = { value: email, code, currentPassword: MALLORYS };
      await passport('put', 'account/email', token).send(body).expect(200);

      const [by, other] = channel === 'SMS' ? [phone, email] : [email, phone];
      await resetsBy(channel, by, NEW).then(({ status }) => expect(status).toBe(204));
      expect(await stored(id)).toMatchObject({ phone, email, profileName: 'Mallory' });
      await passport('get', 'account', token).expect(401);
      expect((await messagesTo(other))[0]!.template).toBe('passport.password-reset');
      for (const login of [phone, email]) expect((await signsIn(login, NEW)).status).toBe(201);
    },
  );
});
