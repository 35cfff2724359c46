import { LoadDemo } from '../../src/demo/load-demo.use-case.js';
import { newestCode, PASSWORD, solvedChallenge } from '../support/passport.js';
import { World } from '../support/world.js';

/**
 * What candidates paste looks right to them, and is: out of chats, PDFs and contacts come marks that nobody sees, blanks of
 * every kind, letters of other widths and alphabets, radicals for characters.
 */

let world: World;
beforeAll(async () => {
  world = await World.open();
  await world.use(LoadDemo).execute();
});
afterAll(() => world.close());

const call = (path: string, body: object, token?: string) => {
  const request = world.http.post(`/api/v1${path}`);
  return (token ? request.set('Authorization', `Bearer ${token}`) : request).send(body);
};
const challenged = async (path: string, body: object) =>
  call(`/passport${path}`, { ...body, challenge: await solvedChallenge(world.app) });

/** An account whose phone is proven, who has accepted the agreement, and its token. */
async function registered(phone: { pasted: string; plain: string }, facts: object = {}) {
  await challenged('/codes', { channel: 'SMS', target: phone.pasted, purpose: 'REGISTER' }).then(
    ({ status }) => expect(status).toBe(202),
  );
  const code = await newestCode(world.app, phone.plain);
  const pastedCode = `\u2068${code.slice(0, 3)}\u200b\u00a0${code.slice(3).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))}\u2069`;
  const account = {
    phone: phone.pasted,
    code: pastedCode,
    password: PASSWORD,
    passwordConfirmation: PASSWORD,
  };
  const made = await challenged('/accounts', { ...account, ...facts });
  expect(made.body).toMatchObject({ id: expect.any(String) });
  const signedIn = await challenged('/sessions', { login: phone.plain, password: PASSWORD });
  const token = signedIn.body.token as string;
  const { body } = await world.http.get('/api/v1/agreement').set('Authorization', `Bearer ${token}`);
  await call('/agreement/acceptance', { version: body.version }, token);
  return token;
}

test('a phone, a code, an address and sign-in names', async () => {
  await registered(
    { pasted: '\u202a+86\u00a0138\u20110000\u2011１２３４\u202c', plain: '13800001234' },
    { email: ' Li\u00adming＠Example.edu.cn ' },
  );
  for (const login of ['１３８ 0000 1234', '\u200e13800001234\u200e', '𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒', '138–0000–1234']) {
    const { status } = await challenged('/sessions', { login, password: PASSWORD });
    expect([login, status]).toEqual([login, 201]);
  }
  const byAddress = await challenged('/sessions', {
    login: '\ufeffliming@example\u2060.edu.cn',
    password: PASSWORD,
  });
  expect(byAddress.status).toBe(201);
  // a letter of another alphabet is no address of ours, and that is said
  const foreign = await challenged('/codes', {
    channel: 'EMAIL',
    target: 'lіming@example.edu.cn',
    purpose: 'REGISTER',
  });
  expect(foreign.body).toMatchObject({ code: 'EMAIL_INVALID' });
});

test('a document number and a name, to look up and to confirm; a ticket number', async () => {
  const token = await registered({ pasted: '13800005678', plain: '13800005678' });
  const query = (documentNumber: string, name: string) =>
    call('/qualification/queries', { documentType: 'RESIDENT_ID', documentNumber, name }, token);

  for (const [number, name] of [
    ['65990120060911048Ⅹ', '阿依古丽.买买提'],
    ['\u202d65990120060911048х\u202c', '阿依古丽 ∙ 买买提'],
    ['659901\u200920060911\u2009048×', '阿依古\u200d丽ㆍ买\u00ad买提'],
    ['659901\u200c20060911048X', '阿依古丽・买\u2060买提'],
  ] as const) {
    const { status, body } = await query(number, name);
    expect([name, status, body.record?.name]).toEqual([name, 200, '阿依古丽·买买提']);
  }

  const { body } = await query('１３９９０１２００６０７２２０２６１', '王\u3000𬱖\ufe00');
  expect(body.record).toMatchObject({ name: '王𬱖', documentNumber: '139901200607220261' });
  const review = await call(
    '/cet6-review',
    { ticketNumber: '120010\u2013２５２１\u200b\u3000012\u00ad18' },
    token,
  );
  expect(review.body).toMatchObject({ state: 'PENDING', ticketNumber: '120010252101218' });

  const confirmed = await call(
    '/registration',
    {
      documentType: 'RESIDENT_ID',
      documentNumber: '139901200607220261\u200e',
      name: '⺩\u00a0𬱖',
      recordConfirmed: true,
      phoneConfirmed: true,
    },
    token,
  );
  expect([confirmed.status, confirmed.body.snapshot?.name]).toEqual([201, '王𬱖']);
});

test('a private-use character is what GB 18030 says it is, or told to be nobody’s', async () => {
  const token = await registered({ pasted: '13800009999', plain: '13800009999' });
  const profile = (name: string) =>
    world.http
      .patch('/api/v1/passport/account')
      .set('Authorization', `Bearer ${token}`)
      .send({ profile: { documentType: 'PASSPORT', documentNumber: 'E1234567', name } });
  expect((await profile('刘\ue863').expect(200)).body.profile.name).toBe('刘䶮');
  expect((await profile('刘\ue000')).body).toMatchObject({
    code: 'NAME_ILLEGIBLE',
    errors: [{ field: 'profile.name' }],
  });
  const query = { documentType: 'RESIDENT_ID', documentNumber: '139901200607220261', name: '王\uf8ff' };
  const { status, body } = await call('/qualification/queries', query, token);
  expect([status, body.code]).toEqual([422, 'NAME_ILLEGIBLE']);
  expect(body.detail).toContain('输入法');
});

test('a campus in an address', async () => {
  const token = await registered({ pasted: '13800008888', plain: '13800008888' });
  const answer = await world.http
    .get(`/api/v1/oral/venues?campus=${encodeURIComponent('１２００１０\u200b')}`)
    .set('Authorization', `Bearer ${token}`);
  // registered for nothing yet, which is the next thing asked: the code itself is understood
  expect(answer.body.code).toBe('NOT_REGISTERED');
});
