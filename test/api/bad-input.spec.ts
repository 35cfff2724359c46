import { createHash } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response, Test } from 'supertest';
import { PaymentMessage } from '../../src/modules/payment/index.js';
import { type ApiCall, callsOf } from '../support/api-calls.js';
import { obtainCode, signIn, solvedChallenge } from '../support/passport.js';
import { type TestCandidate, World } from '../support/world.js';
import { goodBody, spoiltBodies } from './spoilt-bodies.js';

const HAN = /\p{Script=Han}/u;

/** What identifies somebody here, in bodies, headers and queries; none of it may be found in a line of the log. */
const PERSONAL = {
  documentNumber: '11010519491231002X',
  passport: 'E98765432',
  phone: '13812345678',
  email: 'liming@example.edu.cn',
  name: '买买提·吐尔逊',
  password: 'correct-horse-7',
};

let world: World;
let document: OpenAPIObject;
let calls: ApiCall[];
let candidate: TestCandidate;
let stranger: TestCandidate;
/** Ids of rows of the stranger's, by the paths that take such an id. */
let strangersIds: [path: string, id: string][];

beforeAll(async () => {
  world = await World.open({ logLevel: 'trace' });
  document = (await world.http.get('/api/openapi.json').expect(200)).body;
  calls = callsOf(document).filter(({ path }) => path !== '/api/v1/payment/notifications/{gateway}');
  const story = await world.openVenue();
  candidate = story.candidate;
  await candidate.enrols(story.venue);
  stranger = await world.registered({
    campus: story.campus,
    name: PERSONAL.name,
    documentNumber: PERSONAL.passport,
  });
  strangersIds = await everythingOf(stranger, story.campus);
});
afterAll(() => world.close());

/** Gives the candidate one of everything that has an id. */
async function everythingOf(who: TestCandidate, campus: Awaited<ReturnType<World['campus']>>) {
  const enrolment = await who.enrols(await world.venue({ campus, subject: '3' }));
  const entry = await who.waitsFor(await world.venue({ campus, subject: '4', seats: 0 }));
  await who.put(`/enrolments/${enrolment.id}/score-report`, { form: 'PAPER' }).expect(200);
  const order = (await who.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
  const session = (await who.get('/passport/sessions').expect(200)).body.items[0];
  return [
    ['/written/enrolments/{id}', enrolment.id],
    ['/oral/enrolments/{id}', enrolment.id],
    ['/enrolments/{id}', enrolment.id],
    ['/waitlist/entries/{id}', entry.id],
    ['/payment/orders/{id}', order.id],
    ['/passport/sessions/{id}', session.id],
  ] as [string, string][];
}

const changing = () => calls.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));
const withBody = () => changing().filter(({ body }) => body !== undefined);

/** The candidate's request, signed in. */
function ask(call: ApiCall, id = '0193'): Test {
  const path = call.path.replace(/\{\w+\}/, id);
  const method = call.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  return candidate.with(world.http[method](path));
}

/** What is wrong with an answer that should be this problem, in this language. */
function faultIn(answer: Response, status: number, code: string, language = 'zh'): string | undefined {
  const { body } = answer;
  if (answer.status !== status || body.code !== code || body.status !== status)
    return `answered ${answer.status} ${body.code ?? answer.text.slice(0, 80)}`;
  if (!answer.headers['content-type']?.startsWith('application/problem+json'))
    return `is ${answer.headers['content-type']}`;
  if (body.type !== `/api/docs#${code}`) return `has the type ${body.type}`;
  const texts = [body.title, body.detail, ...(body.errors ?? []).map((e: { message: string }) => e.message)];
  const wrong = texts.find((text) => typeof text !== 'string' || HAN.test(text) !== (language === 'zh'));
  return wrong === undefined ? undefined : `says in ${language}: ${wrong}`;
}

/** Every table's rows, as one hash each. */
async function contents(): Promise<Record<string, string>> {
  const { entityMetadatas, manager } = world.dataSource;
  const tables: Record<string, string> = {};
  for (const { tableName } of entityMetadatas) {
    const rows: unknown[] = await manager.query(`SELECT * FROM ${tableName}`);
    const text = rows.map((row) => JSON.stringify(row)).sort();
    tables[tableName] = `${rows.length} ${createHash('sha256').update(text.join('\n')).digest('hex')}`;
  }
  return tables;
}

/** Runs `work`, after which every table must be as before; gives what it found. */
async function leavingEverythingAsItWas(work: (found: string[]) => Promise<void>): Promise<string[]> {
  const before = await contents();
  const found: string[] = [];
  await work(found);
  expect(await contents()).toEqual(before);
  return found;
}

describe('a field', () => {
  it('that is wrong, missing, null, over-long or unknown is refused by its name, in both languages', async () => {
    let sent = 0;
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of withBody()) {
        for (const { what, body, field, code } of spoiltBodies(document, call.body!)) {
          for (const language of ['zh', 'en']) {
            const answer = await ask(call)
              .set('Accept-Language', language)
              .send(body as object);
            sent++;
            const errors: { field: string; code: string }[] = answer.body.errors ?? [];
            const named = errors.some((error) => error.field === field && code.test(error.code));
            const fault =
              faultIn(answer, 422, 'FIELD_INVALID', language) ??
              (named ? undefined : `does not name ${field} ${code}: ${JSON.stringify(errors)}`);
            if (fault) faults.push(`${call.name}, ${what}: ${fault}`);
          }
        }
      }
    });
    expect(found).toEqual([]);
    expect(sent).toBeGreaterThan(500);
  });
});

describe('a name', () => {
  const asMine = (name: string) =>
    candidate.patch('/passport/account', {
      profile: { documentType: 'PASSPORT', documentNumber: PERSONAL.passport, name },
    });

  it.each([
    ['longer once its signs are taken apart', '\ufb2c'.repeat(100)],
    ['a zero byte in it', '买\u0000买提'],
    ['half a character', '买\ud840'],
    ['nothing but blanks', ' \u3000 '],
    ['nothing but an invisible sign', '\u200b'],
  ])('with %s is refused, not cut or garbled', async (_, name) => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      const answer = await asMine(name);
      const fault = faultIn(answer, 422, 'FIELD_INVALID');
      if (fault) faults.push(fault);
      expect(answer.body.errors).toMatchObject([{ field: 'profile.name' }]);
    });
    expect(found).toEqual([]);
  });

  it.each([
    ['a hundred rare characters', '𬱖'.repeat(50)],
    ['a middle dot', '买买提·吐尔逊'],
    ['letters and an accent', 'Zoë O’Neill-Smith'],
  ])('of %s is kept as it is', async (_, name) => {
    expect((await asMine(name).expect(200)).body.profile.name).toBe(name);
  });
});

describe('a body', () => {
  it.each<[string, number, string, (call: ApiCall) => Test]>([
    [
      'broken JSON',
      400,
      'MALFORMED_REQUEST',
      (call) => ask(call).type('json').send('{"name":"买买提·吐尔逊"'),
    ],
    ['null', 400, 'MALFORMED_REQUEST', (call) => ask(call).type('json').send('null')],
    ['a text', 400, 'MALFORMED_REQUEST', (call) => ask(call).type('json').send(`"${PERSONAL.phone}"`)],
    ['plain text', 400, 'MALFORMED_REQUEST', (call) => ask(call).type('text/plain').send('{"version":1}')],
    [
      'XML',
      400,
      'MALFORMED_REQUEST',
      (call) => ask(call).type('application/xml').send('<version>1</version>'),
    ],
    [
      'another character set',
      400,
      'MALFORMED_REQUEST',
      (call) => ask(call).type('application/json; charset=klingon').send('{}'),
    ],
    [
      'nothing but brackets',
      400,
      'MALFORMED_REQUEST',
      (call) =>
        ask(call)
          .type('json')
          .send(`{"a":${'['.repeat(45_000)}${']'.repeat(45_000)}}`),
    ],
    ['over 100 kB', 413, 'BODY_TOO_LARGE', (call) => ask(call).send({ name: 'x'.repeat(102_400) })],
  ])('of %s is refused with %i %s', async (_, status, code, send) => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of changing()) {
        const chinese = faultIn(await send(call), status, code);
        const english = faultIn(await send(call).set('Accept-Language', 'en'), status, code, 'en');
        for (const fault of [chinese, english]) if (fault) faults.push(`${call.name} ${fault}`);
      }
    });
    expect(found).toEqual([]);
  });

  it('that is a list or a form of the web is refused, but for the sandbox platform’s own page', async () => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of withBody()) {
        const good = goodBody(document, call.body!);
        const list = faultIn(await ask(call).send([good]), 422, 'FIELD_INVALID');
        if (list) faults.push(`${call.name} ${list}`);
        if (call.path.startsWith('/sandbox-pay')) continue;
        const form = faultIn(await ask(call).type('form').send(good), 400, 'MALFORMED_REQUEST');
        if (form) faults.push(`${call.name} ${form}`);
      }
    });
    expect(found).toEqual([]);
  });

  it('is asked for: without one, every field that is needed is named', async () => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of withBody()) {
        const fault = faultIn(await ask(call), 422, 'FIELD_INVALID');
        if (fault) faults.push(`${call.name} ${fault}`);
      }
    });
    expect(found).toEqual([]);
  });
});

describe('an id', () => {
  const NONSENSE = [
    'x'.repeat(3000),
    "' OR '1'='1' --",
    '1; DROP TABLE enrolment',
    '%',
    '_',
    '张三🀄𬱖',
    '\u0000',
    '../..',
    '0',
    'null',
    '00000000-0000-0000-0000-000000000000',
    '2147483648',
  ];

  /** A request that nothing but its id is wrong with. */
  const well = (call: ApiCall, id: string) => {
    const request = ask(call, encodeURIComponent(id));
    return call.body ? request.send(goodBody(document, call.body)) : request;
  };

  it('that is nonsense is not there, whatever it is made of', async () => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of calls.filter(
        ({ path, method }) => path.includes('{') && !(method === 'GET' && path.startsWith('/sandbox')),
      )) {
        for (const id of NONSENSE) {
          const fault = faultIn(await well(call, id), 404, 'NOT_FOUND');
          if (fault) faults.push(`${call.name} ${id.slice(0, 30)} ${fault}`);
        }
      }
    });
    expect(found).toEqual([]);
  });

  it('of somebody else is not there either', async () => {
    const taken: string[] = [];
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const call of calls.filter(({ path }) => path.includes('{id}'))) {
        const [, id] = strangersIds.find(([path]) => call.path.startsWith(`/api/v1${path}`)) ?? [];
        if (!id) faults.push(`${call.name}: whose id?`);
        const fault = id && faultIn(await well(call, id), 404, 'NOT_FOUND');
        if (fault) faults.push(`${call.name} ${fault}`);
        taken.push(call.name);
      }
    });
    expect(found).toEqual([]);
    expect(taken.length).toBeGreaterThanOrEqual(8);
  });

  it('in a body, of a venue that is not there, is not found', async () => {
    const found = await leavingEverythingAsItWas(async (faults) => {
      for (const id of NONSENSE.filter((text) => text.length <= 36 && text !== '\u0000')) {
        const answers = {
          written: await candidate.post('/written/enrolments', { venueIds: [id] }),
          oral: await candidate.post('/oral/enrolments', { venueIds: [id] }),
          waitlist: await candidate.post('/waitlist/entries', { venueId: id }),
        };
        for (const [where, answer] of Object.entries(answers)) {
          const fault = faultIn(answer, 404, 'NOT_FOUND');
          if (fault) faults.push(`${where} ${id} ${fault}`);
        }
      }
    });
    expect(found).toEqual([]);
  });
});

it('a message that the payment platform did not sign is refused, recorded, and changes nothing else', async () => {
  const { payment_message: _, ...before } = await contents();
  for (const body of ['', '{"neeaId":"x"}', '<xml/>', '\u0000', 'x'.repeat(50_000)]) {
    const answer = await world.http.post('/api/v1/payment/notifications/sandbox').type('json').send(body);
    expect([answer.status, answer.text]).toEqual([400, 'failure']);
  }
  const { payment_message: __, ...after } = await contents();
  expect(after).toEqual(before);
  const recorded = await world.dataSource.manager.find(PaymentMessage);
  expect(recorded.map(({ verdict }) => verdict)).toEqual(Array(5).fill('BAD_SIGNATURE'));
  const elsewhere = await world.http.post('/api/v1/payment/notifications/nowhere').send({});
  expect(faultIn(elsewhere, 404, 'NOT_FOUND')).toBeUndefined();
});

it('an Idempotency-Key of any length is one', async () => {
  for (const key of ['k', 'k'.repeat(201), 'k'.repeat(4000)]) {
    const { candidate: another, venue } = await world.openVenue();
    const enrol = () =>
      another
        .post('/written/enrolments', { venueIds: [venue.id] })
        .set('Idempotency-Key', key)
        .expect(201);
    expect((await enrol()).body).toEqual((await enrol()).body);
    await another.post('/written/enrolments', { venueIds: [venue.id] }).expect(409);
  }
});

describe('the log', () => {
  it('says nothing about a person, whatever was sent, refused or done', async () => {
    const { documentNumber, passport, phone, email, name, password } = PERSONAL;
    const said = JSON.stringify(PERSONAL);
    for (const call of withBody()) {
      const good = goodBody(document, call.body!);
      await ask(call)
        .query(PERSONAL)
        .send({ ...good, ...PERSONAL });
      await ask(call).type('json').send(said.slice(0, -1));
      await ask(call).type('text/plain').send(said);
    }
    const profile = (number: string) => ({ documentType: 'PASSPORT', documentNumber: number, name });
    const challenge = () => solvedChallenge(world.app);
    await candidate.patch('/passport/account', { profile: profile(passport) }).expect(200);
    await candidate.post('/qualification/queries', profile(passport)).expect(200);
    await candidate.post('/qualification/queries', profile('E00000000')).expect(404);
    for (const login of [documentNumber, passport, phone, email]) {
      const signIn = { login, password, challenge: await challenge() };
      await world.http.post('/api/v1/passport/sessions').send(signIn).expect(401);
    }
    const code = await obtainCode(world.app, { target: phone, purpose: 'REGISTER' });
    const account = { phone, code, password, passwordConfirmation: password, challenge: await challenge() };
    await world.http.post('/api/v1/passport/accounts').send(account).expect(201);
    const token = await signIn(world.app, phone, password);
    await world.http.get(`/api/v1/nowhere/${phone}/${documentNumber}/${email}`).expect(404);

    expect(world.logLines.length).toBeGreaterThan(1000);
    const sent = [...Object.values(PERSONAL), encodeURIComponent(name), code, token, stranger.phone!];
    const examples = ['张三', '110101200001011237', '13800001234', 'name@example.edu.cn'];
    const all = world.logLines.join('');
    expect([...sent, ...examples].filter((text) => all.includes(text))).toEqual([]);
  });
});
