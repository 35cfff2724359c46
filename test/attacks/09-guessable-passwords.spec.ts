import * as backOffice from '../../src/admin/index.js';
import { AddStaff } from '../../src/admin/staff/add-staff.use-case.js';
import { Staff } from '../../src/admin/staff/staff.entity.js';
import { Account } from '../../src/modules/passport/account.entity.js';
import { PasswordHasher } from '../../src/modules/passport/index.js';
import { obtainCode, openAccount, solvedChallenge } from '../support/passport.js';
import { addStaff, STAFF_PASSWORD, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * Half of all accounts are opened by what everybody types, or by what stands on a student's card. Before, a password
 * needed six characters and nothing else, of staff eight: `123456` was one of a candidate's own choice.
 */
const COMMON = [
  '123456',
  'password',
  'iloveyou',
  'qwerty123',
  'a123456',
  '5201314',
  '1qaz2wsx',
  'PassWord1',
  'ＱＷＥＲＴＹ１２３',
  ' 123456 ',
  // what the list, which is mostly of other countries, has late or not at all
  'woaini1314',
  'woaini520',
  'wang123456',
  'zhangwei',
  'cet123456',
  '111222tianya',
  'aaaaaaaaaaaa',
  '1212121212',
];
const OWN = 'kite-over-river-7';

let world: World;
let browser: StaffBrowser;
beforeAll(async () => {
  world = await World.open({ trustProxy: 1 }, undefined, backOffice);
  await addStaff(world, {
    login: 'zhang.wei',
    role: 'CENTRAL',
    email: 'weizhang@school.example',
    name: 'Zhang Wei',
  });
  browser = new StaffBrowser(world);
  await browser.signsIn('zhang.wei');
});
afterAll(() => world.close());

let hosts = 0;
const from = () => `198.51.100.${++hosts}`;
let phones = 50;
/** One whose end is not common in itself. */
const anyNumber = () => `139726084${++phones}`;
let addresses = 0;
const anyEmail = () => `reader${++addresses}@example.edu.cn`;
const passport = (method: 'post' | 'put', path: string, body: object) =>
  world.http[method](`/api/v1/passport/${path}`).set('X-Forwarded-For', from()).send(body);

describe('A candidate who registers', () => {
  const register = async (password: string, facts: object = {}) =>
    passport('post', 'accounts', {
      email: anyEmail(),
      password,
      passwordConfirmation: password,
      challenge: await solvedChallenge(world.app),
      ...facts,
    });

  it.each(COMMON)('does not by %j', async (password) => {
    const refused = await register(password);
    expect(refused.body).toMatchObject({
      status: 422,
      code: 'PASSWORD_TOO_COMMON',
      errors: [{ field: 'password' }],
    });
  });

  it.each([
    ['the address', { email: 'lisi.reader@example.cn' }, 'lisi.reader@exam'],
    ['the address before its @', { email: 'lisi.reader@example.cn' }, 'LISI.reader'],
    ['the same with a digit', { email: 'lisi.reader@example.cn' }, 'lisi.reader1'],
    ['the same without its dot', { email: 'lisi.reader@example.cn' }, 'lisireader'],
  ])('nor by %s', async (_, facts, password) => {
    expect((await register(password, facts)).body.code).toBe('PASSWORD_PERSONAL');
  });

  const profile = {
    documentType: 'RESIDENT_ID',
    documentNumber: '11010519491231002X',
    name: 'Zoe Lindqvist',
  };
  it.each([
    ['11010519491231002x', 'the whole number'],
    ['31002X', 'its last six'],
    ['1231002x', 'its last eight'],
    ['19491231', 'the date of birth'],
    ['491231', 'the date of birth, shortly'],
    ['zl19491231', 'the date of birth behind two letters'],
    ['Zl@31002X', 'its last six behind three signs'],
    ['110105-kite', 'where it was issued before a word'],
    ['1949-12-31', 'the date of birth, with hyphens'],
    ['１９４９１２３１', 'the date of birth, in full width'],
    ['110105', 'where it was issued'],
    ['zoelindqvist', 'the name'],
  ])('nor by %s of the document: %s', async (password) => {
    const refused = await register(password, { profile });
    expect(['PASSWORD_PERSONAL', 'PASSWORD_TOO_COMMON']).toContain(refused.body.code);
    expect(JSON.stringify(refused.body)).not.toMatch(/1231|Zoe/);
  });

  it('nor by the phone, whole, in part, or with something about it', async () => {
    const phone = anyNumber();
    const code = await obtainCode(world.app, { target: phone, purpose: 'REGISTER' });
    for (const password of [
      phone,
      phone.slice(3),
      phone.slice(-6),
      `a${phone}`,
      `${phone.slice(0, 3)}-${phone.slice(3)}`,
    ])
      expect((await register(password, { phone, email: undefined, code })).body.code).toBe(
        'PASSWORD_PERSONAL',
      );
    // the refusals used up neither the code nor its tries
    expect((await register(OWN, { phone, email: undefined, code })).status).toBe(201);
  });

  it('does by one of their own, of six characters to eighteen', async () => {
    for (const password of [OWN, 'vX7#pq', '雨后春笋节节高', 'abc🎈def', 'z'.padEnd(18, 'kq7')])
      expect([password, (await register(password)).status]).toEqual([password, 201]);
    expect((await register('k'.padEnd(19, 'q7'))).body.code).toBe('PASSWORD_LENGTH');
  });
});

describe('A candidate who changes or resets the password', () => {
  async function somebody() {
    const phone = anyNumber();
    const passwordHash = await world.use(PasswordHasher).hash(OWN);
    const account = await openAccount(world.app, {
      phone,
      passwordHash,
      loginDocumentNumber: `E${phone.slice(2)}`,
      profile: { documentType: 'PASSPORT', documentNumber: `G${phone.slice(3)}`, name: '李四' },
    });
    return { ...account, phone };
  }
  const hashOf = async (id: string) =>
    (await world.dataSource.manager.findOneByOrFail(Account, { id })).passwordHash;

  it('changes it to none of these', async () => {
    const { accountId, token, phone } = await somebody();
    const change = (newPassword: string) =>
      passport('put', 'account/password', { currentPassword: OWN, newPassword }).auth(token, {
        type: 'bearer',
      });
    const before = await hashOf(accountId);
    for (const common of ['123456', 'woaini520']) {
      const refused = await change(common);
      expect(refused.body).toMatchObject({ code: 'PASSWORD_TOO_COMMON', errors: [{ field: 'newPassword' }] });
    }
    for (const own of [phone, phone.slice(-8), `E${phone.slice(2)}`, `g${phone.slice(3)}`, phone.slice(-6)])
      expect((await change(own)).body).toMatchObject({
        code: 'PASSWORD_PERSONAL',
        errors: [{ field: 'newPassword' }],
      });
    expect(await hashOf(accountId)).toBe(before);
    await change('kite-over-river-8').expect(204);
  });

  it('resets it to none of these, and the code is good for a better one', async () => {
    const { accountId, phone } = await somebody();
    const code = await obtainCode(world.app, { target: phone, purpose: 'RESET_PASSWORD' });
    const reset = (newPassword: string) =>
      passport('post', 'password-resets', { login: phone, code, newPassword });
    const before = await hashOf(accountId);
    expect((await reset('iloveyou')).body).toMatchObject({
      code: 'PASSWORD_TOO_COMMON',
      errors: [{ field: 'newPassword' }],
    });
    expect((await reset(`g${phone.slice(3)}`)).body.code).toBe('PASSWORD_PERSONAL');
    expect(await hashOf(accountId)).toBe(before);
    await reset('kite-over-river-8').expect(204);
  });
});

describe('A member of staff', () => {
  const change = (password: string) =>
    browser.post('/api/tools/my-account/changePassword', {
      currentPassword: STAFF_PASSWORD,
      password,
      repeated: password,
    });

  it.each([
    ['short', 'kq7#vX9zW', 'STAFF_PASSWORD_TOO_SHORT'],
    ['common', 'qwertyuiop', 'PASSWORD_TOO_COMMON'],
    ['common', 'password123', 'PASSWORD_TOO_COMMON'],
    // longer than a candidate's may be, so that the list was read without them
    ['common', '1234567890qwertyuiop', 'PASSWORD_TOO_COMMON'],
    ['common', 'q1w2e3r4t5y6u7i8o9p0', 'PASSWORD_TOO_COMMON'],
    ['their login', 'zhang.wei.1', 'PASSWORD_PERSONAL'],
    ['their address', 'weizhang@school', 'PASSWORD_PERSONAL'],
    ['their name', 'Zhang Wei 2026', 'PASSWORD_PERSONAL'],
  ])('has none that is %s: %s', async (_, password, code) => {
    expect((await change(password)).body).toMatchObject({
      status: 422,
      code,
      errors: [{ field: 'password' }],
    });
  });

  it('not from the first day on, by the link or the command line', async () => {
    const input = { login: 'newcomer', name: '新', role: 'CENTRAL' };
    const { body } = await browser.post('/api/actions/staff/add', { ids: [], input });
    const token = new URL(body.facts[0].value).searchParams.get('token');
    const accepts = (password: string) =>
      world.http.post('/admin/invitation').type('form').send({ token, password, repeated: password });
    for (const password of ['kq7#vX9zW', 'qwertyuiop', 'newcomer-2026']) {
      const refused = await accepts(password);
      expect([password, refused.status]).toEqual([password, 422]);
    }
    expect(
      (await world.dataSource.manager.findOneByOrFail(Staff, { login: 'newcomer' })).passwordHash,
    ).toBeNull();
    await accepts('kite-over-river').expect(200);

    const typed = { login: 'operator', name: '操作员', role: 'CENTRAL' } as const;
    const add = (password: string) =>
      world.use(AddStaff).execute({ ...typed, password }, { type: 'SYSTEM', cause: 'cet staff add' });
    for (const [password, code] of [
      ['kq7#vX9zW', 'STAFF_PASSWORD_TOO_SHORT'],
      ['1234567890', 'PASSWORD_TOO_COMMON'],
      ['operator-1', 'PASSWORD_PERSONAL'],
    ] as const)
      await expect(add(password)).rejects.toMatchObject({ code });
  });
});
