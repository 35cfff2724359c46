import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Response } from 'supertest';
import { QueryFailedError } from 'typeorm';
import {
  BooleanField,
  EnumField,
  IdListField,
  IntField,
  ObjectField,
  TextField,
} from '../../../src/platform/http/fields.js';
import { NOT_FOUND, TOO_MANY_ATTEMPTS } from '../../../src/platform/http/refusals.js';
import { openSmallApp } from './small-app.js';

class Profile {
  @TextField({ description: 'Name', max: 10 })
  name: string;
}

class Form {
  @TextField({ description: 'Text', max: 10, pattern: /^[a-z]+$/ })
  word: string;
  @IntField({ description: 'Number', min: 1, max: 5 })
  count: number;
  @BooleanField({ description: 'Tick' })
  ticked: boolean;
  @EnumField({ description: 'Choice', values: ['PAPER', 'ELECTRONIC'], name: 'Choice' })
  choice: string;
  @IdListField({ description: 'Ids', min: 1, max: 3 })
  ids: string[];
  @ObjectField({ description: 'Profile', type: () => Profile, optional: true })
  profile?: Profile;
}

const GOOD = { word: 'abc', count: 3, ticked: true, choice: 'PAPER', ids: ['1', '2'] };
const SQL = 'INSERT INTO account (phone) VALUES (?)';

let reached = 0;

@Controller('probe')
class ProbeController {
  @Post()
  take(@Body() form: Form) {
    reached++;
    return form;
  }
  @Get('refusals/:which')
  refuse(@Param('which') which: string) {
    if (which === 'not-found') throw NOT_FOUND();
    throw TOO_MANY_ATTEMPTS({ values: { seconds: 7 }, retryAfterSeconds: 7 });
  }
  @Post('errors/:which')
  fail(@Param('which') which: string, @Body() body: { documentNumber: string; phone: string }) {
    const driver = (facts: object) =>
      new QueryFailedError(SQL, [body.phone], Object.assign(new Error(), facts));
    if (which === 'deadlock') throw driver({ code: 'ER_LOCK_DEADLOCK' });
    if (which === 'away') throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    if (which === 'duplicate') {
      throw driver({
        message: `Duplicate entry '${body.documentNumber}-张三' for key 'a'`,
        code: 'ER_DUP_ENTRY',
      });
    }
    if (which === 'text') throw 'not even an error';
    throw new Error(`unforeseen with ${body.documentNumber}, ${body.phone}, liming@example.edu.cn`);
  }
}

describe('the door', () => {
  let door: Awaited<ReturnType<typeof openSmallApp>>;
  beforeAll(async () => {
    door = await openSmallApp([ProbeController]);
  });
  afterAll(() => door.close());
  beforeEach(() => {
    reached = 0;
  });

  const post = (body: unknown) => door.http.post('/api/v1/probe').send(body as object);
  const raw = (body: string, type = 'application/json') =>
    door.http.post('/api/v1/probe').set('Content-Type', type).send(body);

  /** The problem of `api.md`, whole and in form; and nothing behind the door was reached. */
  function expectProblem(answer: Response, status: number, code: string) {
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(answer.text);
    expect(problem).toMatchObject({ type: `/api/docs#${code}`, status, code });
    expect(answer.status).toBe(status);
    expect(problem.title).toMatch(/\p{Script=Han}/u);
    expect(problem.detail).toMatch(/\p{Script=Han}/u);
    expect(reached).toBe(0);
    return problem as { errors?: { field: string; code: string; message: string }[] };
  }

  it('lets good input in', async () => {
    await post({ ...GOOD, profile: { name: '李明' } }).expect(201, { ...GOOD, profile: { name: '李明' } });
  });

  it.each<[string, object, [string, string][]]>([
    ['a wrong type', { ...GOOD, word: 5 }, [['word', 'WRONG_TYPE']]],
    ['text for a number', { ...GOOD, count: '3' }, [['count', 'WRONG_TYPE']]],
    ['a fraction', { ...GOOD, count: 1.5 }, [['count', 'WRONG_TYPE']]],
    ['text for a tick', { ...GOOD, ticked: 'true' }, [['ticked', 'WRONG_TYPE']]],
    ['an object for text', { ...GOOD, word: { a: 1 } }, [['word', 'WRONG_TYPE']]],
    ['a list for text', { ...GOOD, word: ['abc'] }, [['word', 'WRONG_TYPE']]],
    ['text for a list', { ...GOOD, ids: '1' }, [['ids', 'WRONG_TYPE']]],
    ['text for an object', { ...GOOD, profile: '李明' }, [['profile', 'WRONG_TYPE']]],
    ['an unknown field', { ...GOOD, admin: true }, [['admin', 'UNKNOWN_FIELD']]],
    ['an unknown field inside', { ...GOOD, profile: { name: '李', x: 1 } }, [['profile.x', 'UNKNOWN_FIELD']]],
    ['a missing field', { ...GOOD, word: undefined }, [['word', 'REQUIRED']]],
    ['null', { ...GOOD, word: null }, [['word', 'REQUIRED']]],
    ['a missing field inside', { ...GOOD, profile: {} }, [['profile.name', 'REQUIRED']]],
    ['empty text', { ...GOOD, word: '' }, [['word', 'TOO_SHORT']]],
    ['over-long text', { ...GOOD, word: 'a'.repeat(11) }, [['word', 'TOO_LONG']]],
    ['text of another form', { ...GOOD, word: 'ABC' }, [['word', 'MALFORMED']]],
    ['too small a number', { ...GOOD, count: 0 }, [['count', 'TOO_SMALL']]],
    ['too large a number', { ...GOOD, count: 6 }, [['count', 'TOO_LARGE']]],
    ['a word that is no choice', { ...GOOD, choice: 'STONE' }, [['choice', 'NOT_IN_LIST']]],
    ['an empty list', { ...GOOD, ids: [] }, [['ids', 'TOO_FEW']]],
    ['too long a list', { ...GOOD, ids: ['1', '2', '3', '4'] }, [['ids', 'TOO_MANY']]],
    ['a repetition', { ...GOOD, ids: ['1', '1'] }, [['ids', 'REPEATED']]],
    ['a number in a list of ids', { ...GOOD, ids: [1] }, [['ids', 'WRONG_TYPE']]],
    [
      'several faults',
      { word: 5, count: 9, choice: 'PAPER', ids: ['1'] },
      [
        ['word', 'WRONG_TYPE'],
        ['count', 'TOO_LARGE'],
        ['ticked', 'REQUIRED'],
      ],
    ],
    ['nothing at all', {}, ['word', 'count', 'ticked', 'choice', 'ids'].map((field) => [field, 'REQUIRED'])],
  ])('refuses %s by field', async (_, body, faults) => {
    const { errors = [] } = expectProblem(await post(body), 422, 'FIELD_INVALID');
    expect(errors.map(({ field, code }) => [field, code])).toEqual(faults);
    for (const { message } of errors) expect(message).toMatch(/\p{Script=Han}/u);
  });

  it.each(['[]', '[{"word":"abc"}]', 'null', '"text"', '5'])('refuses %s as a body', async (body) => {
    const answer = await raw(body);
    expect([400, 422]).toContain(answer.status);
    expectProblem(answer, answer.status, answer.status === 400 ? 'MALFORMED_REQUEST' : 'FIELD_INVALID');
  });

  it('takes nothing from the prototype of a body', async () => {
    const answer = await raw(JSON.stringify(GOOD).replace('{', '{"__proto__":{"admin":true},'));
    expect(answer.body).toEqual(GOOD);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each([
    ['broken JSON', '{"word": "abc"'],
    ['JSON with something behind it', '{} {}'],
    ['a lone quote', '"'],
  ])('refuses %s', async (_, body) => {
    expectProblem(await raw(body), 400, 'MALFORMED_REQUEST');
  });

  it('refuses a body in an encoding or character set it does not know', async () => {
    expectProblem(await raw('{}', 'application/json; charset=klingon'), 400, 'MALFORMED_REQUEST');
    const compressed = await door.http
      .post('/api/v1/probe')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .send('not gzip');
    expectProblem(compressed, 400, 'MALFORMED_REQUEST');
  });

  it('refuses a body over 100 kB, packed or not', async () => {
    expectProblem(await post({ ...GOOD, word: 'a'.repeat(102_400) }), 413, 'BODY_TOO_LARGE');
    const packed = gzipSync(JSON.stringify({ word: 'a'.repeat(10_000_000) }));
    const answer = await door.http
      .post('/api/v1/probe')
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .serialize((body) => body as string)
      .send(packed as unknown as object);
    expectProblem(answer, 413, 'BODY_TOO_LARGE');
  });

  it.each([
    ['GET', '/api/v1/nowhere'],
    ['POST', '/nowhere'],
    ['DELETE', '/api/v1/probe'],
  ] as const)('%s %s is no call', async (method, path) => {
    const answer = await { GET: door.http.get, POST: door.http.post, DELETE: door.http.delete }[method].call(
      door.http,
      path,
    );
    expectProblem(answer, 404, 'NO_SUCH_CALL');
  });

  it('answers alike where no API is', async () => {
    const broken = await door.http.post('/nowhere').set('Content-Type', 'application/json').send('{"a"');
    expectProblem(broken, 400, 'MALFORMED_REQUEST');
    const large = await door.http.post('/sandbox-pay/1/pay').send({ a: 'a'.repeat(102_400) });
    expectProblem(large, 413, 'BODY_TOO_LARGE');
  });

  it('refuses a path that cannot be decoded', async () => {
    expectProblem(await door.http.get('/api/v1/probe/refusals/%E0%A4%A'), 400, 'MALFORMED_REQUEST');
  });

  it('answers in Chinese, in English to who prefers it', async () => {
    const ask = async (languages: string) =>
      JSON.parse(
        (await door.http.get('/api/v1/probe/refusals/not-found').set('Accept-Language', languages)).text,
      ).title;
    expect(await ask('en')).toBe('Not found');
    expect(await ask('en-GB,en;q=0.9')).toBe('Not found');
    for (const other of ['zh-CN', 'zh;q=0.9,en;q=0.1', 'de', '*', 'en;q=nonsense;;', '']) {
      expect(await ask(other)).toBe('未找到');
    }
    const english = await post({ ...GOOD, word: 5 }).set('Accept-Language', 'en');
    expect(JSON.parse(english.text).errors).toEqual([
      { field: 'word', code: 'WRONG_TYPE', message: 'Must be text' },
    ]);
  });

  it('says when to try again', async () => {
    const answer = await door.http.get('/api/v1/probe/refusals/too-many');
    expectProblem(answer, 429, 'TOO_MANY_ATTEMPTS');
    expect(answer.headers['retry-after']).toBe('7');
    expect(JSON.parse(answer.text).detail).toContain('7 秒');
  });

  const personal = { documentNumber: '11010519491231002X', phone: '13812345678' };

  it.each([
    ['deadlock', '1'],
    ['away', '1'],
    ['duplicate', '5'],
    ['text', '5'],
    ['unforeseen', '5'],
  ])('answers 503 and nothing of the inside: %s', async (which, seconds) => {
    const answer = await door.http.post(`/api/v1/probe/errors/${which}`).send(personal);
    expectProblem(answer, 503, 'TRY_AGAIN');
    expect(answer.headers['retry-after']).toBe(seconds);
    expect(answer.text).not.toMatch(/INSERT|account|Duplicate|unforeseen|\.ts|node_modules/);
  });

  it('logs nothing that identifies a person', async () => {
    const secrets = [
      ...Object.values(personal),
      '张三',
      'E12345678',
      'liming@example.edu.cn',
      'a-bearer-token-of-20-chars',
    ];
    const everywhere = `${secrets.map(encodeURIComponent).join('/')}`;
    const talk = (test: ReturnType<typeof door.http.post>) =>
      test.set('Authorization', `Bearer ${secrets.at(-1)}`).set('Cookie', `cet_session=${secrets.at(-1)}`);
    await talk(door.http.post('/api/v1/probe')).send({ ...GOOD, word: secrets.join() });
    await talk(door.http.post('/api/v1/probe'))
      .set('Content-Type', 'application/json')
      .send(`{"a":"${secrets.join()}`);
    await talk(door.http.post(`/api/v1/probe?q=${everywhere}`)).send(personal);
    await talk(door.http.post('/api/v1/probe/errors/unforeseen')).send(personal);
    await talk(door.http.post('/api/v1/probe/errors/duplicate')).send({
      ...personal,
      documentNumber: 'E12345678',
    });
    await talk(door.http.post(`/api/v1/${personal.documentNumber}/${personal.phone}`)).send(personal);

    const logged = door.logged();
    expect(logged).toContain('An error nobody foresaw.');
    expect(logged).toContain('/api/v1/probe');
    expect(secrets.filter((secret) => logged.includes(secret))).toEqual([]);
  });

  it('survives what is no HTTP at all', async () => {
    const { port } = door.app.getHttpServer().address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    await door.http.get('/healthz').expect(200);
  });
});
