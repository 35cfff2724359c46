import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import request from 'supertest';
import { ExportRows } from '../../../src/admin/panel/export-rows.js';
import { nounAction } from '../../../src/admin/panel/noun-action.js';
import { PanelApi } from '../../../src/admin/panel/panel-api.js';
import { PanelContents } from '../../../src/admin/panel/panel-contents.js';
import type { PanelUser } from '../../../src/admin/panel/panel-user.js';
import type { ShownNoun } from '../../../src/admin/panel/shown-noun.js';
import { type Tool, toolDownload, toolVerb } from '../../../src/admin/panel/tool.js';
import { Uploads } from '../../../src/admin/panel/uploads.js';
import { AuditLine, AuditTrail } from '../../../src/modules/audit/index.js';
import { Campus } from '../../../src/modules/sitting/index.js';
import { IntField, TextField, TimeField, YuanField } from '../../../src/platform/http/fields.js';
import { SecurityLog } from '../../../src/platform/security-log.js';
import { World } from '../../support/world.js';

class Price {
  @YuanField({ description: '费用', minFen: 1, maxFen: 100_000 })
  fee: number;
  @TimeField({ description: '时间', optional: true })
  from?: Date;
}
class Wish {
  @TextField({ description: '姓名', max: 5 })
  name: string;
}
class Times {
  @IntField({ description: '次数', min: 1, max: 3 })
  times: number;
}

/** What the actions and verbs were called with. */
let calls: unknown[][] = [];
const limits = { megabytes: 0.001, endings: ['.csv'] };

const nouns: ShownNoun<Campus, undefined> = {
  id: 'campuses',
  name: '校区',
  icon: 'Home',
  section: 'EXAM',
  entity: Campus,
  key: 'code',
  seenBy: ['CENTRAL', 'SCHOOL'],
  scopedBy: { provinceCode: 'provinceCode', schoolCode: 'schoolCode' },
  exported: { by: ['SCHOOL'], numbers: 'MASKED' },
  columns: [
    {
      name: 'name',
      label: '名称',
      on: ['list'],
      text: ({ name }) => name,
      mask: (text) => text.replace(/\d/g, '*'),
      path: 'name',
      search: { by: 'PART', normalise: (text) => text },
    },
    { name: 'code', label: '代码', on: ['show'], text: ({ code }) => code },
  ],
  gather: async () => undefined,
  actions: [
    nounAction<Campus, Price>({
      name: 'price',
      label: '定价',
      icon: 'Edit',
      on: 'ROW',
      roles: ['SCHOOL'],
      input: Price,
      fields: async ({ row }) => [
        { name: 'fee', label: `${row.name}的费用`, kind: 'YUAN', required: true },
        { name: 'from', label: '时间', kind: 'TIME' },
      ],
      initial: () => ({ fee: 3050, from: new Date('2026-11-21T01:00:00Z') }),
      done: '已定价',
      run: async (input, { row }) => void calls.push(['price', input, row.code]),
    }),
    nounAction<Campus>({
      name: 'close',
      label: '关闭',
      icon: 'X',
      on: 'ROWS',
      roles: ['CENTRAL', 'SCHOOL'],
      done: '已关闭',
      run: async (_input, { rows }) => ({ message: `已关闭 ${rows.map(({ code }) => code).join('、')}` }),
    }),
  ],
};
const tool: Tool = {
  id: 'wishes',
  name: '愿望',
  icon: 'Star',
  section: 'OFFICE',
  component: 'Wishes',
  roles: ['CENTRAL', 'SCHOOL'],
  verbs: [
    toolVerb<Wish>({ name: 'make', input: Wish, run: async (input) => ({ made: input.name }) }),
    toolVerb<Times>({
      name: 'bring',
      roles: ['SCHOOL'],
      input: Times,
      file: limits,
      run: async ({ times }, { file }) => {
        calls.push(['bring', times, file!.name, file!.path]);
        return { text: readFileSync(file!.path, 'utf8') };
      },
    }),
  ],
  downloads: [
    toolDownload<Wish>({
      name: 'take',
      input: Wish,
      run: async ({ name }) => ({ fileName: '愿望.txt', type: 'text/plain', content: `给${name}` }),
    }),
    toolDownload({
      name: 'broken',
      run: async () => ({
        fileName: 'broken.txt',
        type: 'text/plain',
        content: Readable.from(
          (async function* () {
            yield 'the beginning';
            throw new Error('half-way');
          })(),
        ),
      }),
    }),
  ],
};

let world: World;
let api: PanelApi;
let user: PanelUser;
beforeAll(async () => {
  world = await World.open();
  const contents = new PanelContents([nouns], [tool]);
  const exports = new ExportRows(world.unitOfWork, world.use(AuditTrail));
  api = new PanelApi(
    contents,
    world.unitOfWork,
    exports,
    new Uploads(world.config, world.clock),
    new SecurityLog(undefined),
  );
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  calls = [];
  user = teacherOf('11001');
});

const teacherOf = (schoolCode: string) =>
  ({
    email: '',
    actor: { type: 'STAFF', staffId: 'wang', role: 'SCHOOL', provinceCode: '11', schoolCode },
  }) as unknown as PanelUser;

/** The calls alone, behind a door that lets `user` in. */
function office(): Express {
  const app = express();
  app.use((incoming, _response, next) => {
    Object.assign(incoming, { session: { adminUser: user } });
    next();
  });
  app.use('/api', api.router());
  return app as unknown as NestExpressApplication & Express;
}
const post = (path: string, body: object = {}) => request(office()).post(`/api/${path}`).send(body);
const bring = (content: string, query: Record<string, string>) =>
  request(office())
    .post('/api/tools/wishes/bring')
    .query(query)
    .set('Content-Type', 'application/octet-stream')
    .send(content);
const versionOf = async (action: string, ...ids: string[]) =>
  (await request(office()).get(`/api/forms/campuses/${action}?ids=${ids}`).expect(200)).body.version;
const uploads = () => readdirSync(join(world.config.dataDir, 'uploads'));

describe('An action', () => {
  test('has a form that knows its row, with values as people type them', async () => {
    const { code } = await world.campus({ schoolCode: '11001', name: '东校区' });
    const { body } = await request(office()).get(`/api/forms/campuses/price?ids=${code}`).expect(200);
    expect(body).toMatchObject({
      label: '定价',
      submit: '定价',
      fields: [{ name: 'fee', label: '东校区的费用', kind: 'YUAN' }, { kind: 'TIME' }],
      values: { fee: '30.50', from: '2026-11-21T09:00' },
    });
  });

  test('takes what its class lets in: yuan as fen, times as Shanghai’s', async () => {
    const { code } = await world.campus({ schoolCode: '11001' });
    const input = { fee: '30.5', from: '2026-11-21T09:00' };
    const version = await versionOf('price', code);
    const { body } = await post('actions/campuses/price', { ids: [code], input, version }).expect(200);
    expect(body.message).toBe('已定价');
    expect(calls).toEqual([['price', { fee: 3050, from: new Date('2026-11-21T01:00:00Z') }, code]]);
  });

  test.each([
    [{ fee: '三十' }, 'fee', 'MALFORMED'],
    [{ fee: '30.555' }, 'fee', 'MALFORMED'],
    [{ fee: '0' }, 'fee', 'TOO_SMALL'],
    [{ fee: 30 }, 'fee', 'MALFORMED'],
    [{ fee: '99999' }, 'fee', 'TOO_LARGE'],
    [{}, 'fee', 'REQUIRED'],
    [{ fee: null }, 'fee', 'REQUIRED'],
    [{ fee: '1', from: 'tomorrow' }, 'from', 'MALFORMED'],
    [{ fee: '1', from: '2026-02-30T00:00' }, 'from', 'MALFORMED'],
    [{ fee: '1', more: 1 }, 'more', 'UNKNOWN_FIELD'],
    ['text', 'fee', 'REQUIRED'],
    [[1], 'fee', 'REQUIRED'],
  ])('refuses %j beside the field %s: %s', async (input, field, code) => {
    const campus = await world.campus({ schoolCode: '11001' });
    const version = await versionOf('price', campus.code);
    const { body } = await post('actions/campuses/price', { ids: [campus.code], input, version }).expect(422);
    expect(body.errors).toContainEqual({ field, code, message: expect.any(String) });
    expect(calls).toEqual([]);
  });

  test('is for as many rows as it says, all of them theirs', async () => {
    const [a, b, other] = [
      await world.campus({ schoolCode: '11001' }),
      await world.campus({ schoolCode: '11001' }),
      await world.campus({ schoolCode: '11002' }),
    ];
    for (const ids of [
      [],
      [a.code, b.code],
      [other.code],
      ['nothing'],
      'text',
      { 0: a.code },
      [a.code, null],
    ])
      await post('actions/campuses/price', { ids, input: { fee: '1' } }).expect(404);
    const version = await versionOf('close', b.code, a.code);
    const done = await post('actions/campuses/close', { ids: [b.code, a.code, b.code], version }).expect(200);
    expect(done.body.message).toBe(`已关闭 ${b.code}、${a.code}`);
    await post('actions/campuses/close', { ids: [a.code, other.code] }).expect(404);
    await post('actions/campuses/close', { ids: Array.from({ length: 501 }, (_, i) => `${i}`) }).expect(404);
    expect(calls).toEqual([]);
  });

  test('is not there for other nouns and names, nor for other roles', async () => {
    user = { ...user, actor: { ...user.actor, role: 'CENTRAL' } } as PanelUser;
    const { body } = await post('actions/campuses/price', { ids: ['x'] }).expect(403);
    expect(body).toMatchObject({ code: 'NOT_YOUR_ROLE', title: '无权进行此操作' });
    user = { ...user, actor: { ...user.actor, role: 'PROVINCE' } } as PanelUser;
    await post('actions/campuses/price', { ids: ['x'] }).expect(404);
    for (const path of ['campuses/nothing', 'nothing/price', 'campuses/constructor', '__proto__/price'])
      await post(`actions/${path}`).expect(404);
  });

  test.each(['{"ids":', '[1', '"x"'])('with the body %s is refused as malformed', async (body) => {
    const answer = await request(office()).post('/api/actions/campuses/close').type('json').send(body);
    expect(answer.status).toBe(400);
  });
});

describe('A tool', () => {
  test('answers its verbs with JSON', async () => {
    expect((await post('tools/wishes/make', { name: '王芳' }).expect(200)).body).toEqual({ made: '王芳' });
    const long = await post('tools/wishes/make', { name: '阿依古丽·买买提' }).expect(422);
    expect(long.body.errors).toEqual([{ field: 'name', code: 'TOO_LONG', message: '内容过长' }]);
    await post('tools/wishes/nothing').expect(404);
    await post('tools/wishes/take', { name: '王' }).expect(404);
    await post('tools/nothing/make').expect(404);
  });

  test('takes a file as the body, and leaves none behind', async () => {
    const query = { request: JSON.stringify({ times: 2 }), file: '../../名单.CSV' };
    expect((await bring('学号,姓名', query).expect(200)).body).toEqual({ text: '学号,姓名' });
    const [, times, name, path] = calls[0] as [string, number, string, string];
    expect([times, name]).toEqual([2, '../../名单.CSV']);
    expect(path).not.toContain('名单');
    expect([existsSync(path), uploads()]).toEqual([false, []]);
  });

  test.each([
    ['too large', 'x'.repeat(1001), { file: 'a.csv' }, 413, 'FILE_TOO_LARGE'],
    ['of another kind', 'x', { file: 'a.exe' }, 422, 'FILE_OF_ANOTHER_KIND'],
    ['without a name', 'x', {}, 422, 'FILE_OF_ANOTHER_KIND'],
    ['beside something broken', 'x', { file: 'a.csv', request: '{' }, 400, 'MALFORMED_REQUEST'],
    ['beside something wrong', 'x', { file: 'a.csv', request: '{"times":9}' }, 422, 'FIELD_INVALID'],
  ])('refuses a file %s', async (_, content, query, status, code) => {
    const answer = await bring(content, { request: '{"times":1}', ...query });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([calls, uploads()]).toEqual([[], []]);
  });

  test('refuses no file where one belongs, and one where none does', async () => {
    expect((await post('tools/wishes/bring', { times: 1 }).expect(422)).body.code).toBe('FILE_EMPTY');
    await request(office())
      .post('/api/tools/wishes/make')
      .set('Content-Type', 'application/octet-stream')
      .send('x')
      .expect(400);
    const form = await request(office())
      .post('/api/tools/wishes/bring')
      .attach('file', Buffer.from('x'), 'a.csv');
    expect(form.status).toBe(400);
  });

  test('hands out files under their Chinese names', async () => {
    const { headers, text } = await request(office())
      .get(`/api/tools/wishes/take?name=${encodeURIComponent('王芳')}`)
      .expect(200);
    expect(headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('愿望.txt')}`);
    expect(text).toBe('给王芳');
    await request(office()).get('/api/tools/wishes/take').expect(422);
    await request(office()).get('/api/tools/wishes/make').expect(404);
  });

  test('breaks off the connection when a file breaks off: half of it must not look whole', async () => {
    await expect(request(office()).get('/api/tools/wishes/broken')).rejects.toThrow('aborted');
  });
});

describe('A list taken away', () => {
  test('holds what the filter shows, masked as the list, words as text, and leaves a line of who took it', async () => {
    await world.campus({ schoolCode: '11001', name: '=1+1 号' });
    await world.campus({ schoolCode: '11001', name: '一号,"东"' });
    await world.campus({ schoolCode: '11001', name: '别的' });
    await world.campus({ schoolCode: '11002', name: '别校 号' });
    const answer = await post('exports/campuses', { filters: { name: '号' } }).expect(200);
    const [head, ...lines] = answer.text.replace(/^\uFEFF/, '').split('\r\n');
    expect(head).toBe('名称,代码');
    expect(lines.map((line) => line.replace(/,\d+$/, ''))).toEqual([`'=*+* 号`, '"一号,""东"""', '']);
    const [line] = await world.dataSource.manager.find(AuditLine);
    expect(line).toMatchObject({
      action: 'campuses.export',
      actor: 'STAFF wang',
      schoolCode: '11001',
      factsAfter: { filters: { name: '号' } },
    });
  });

  test('holds every row of many pages, once', async () => {
    const school = await world.campus({ schoolCode: '11001', code: '110010' });
    const codes = Array.from({ length: 1201 }, (_, i) => `A${String(i).padStart(5, '0')}`);
    for (let i = 0; i < codes.length; i += 400)
      await world.unitOfWork.run((tx) =>
        tx.manager.insert(
          Campus,
          codes.slice(i, i + 400).map((code) => ({ ...school, code, name: code })),
        ),
      );
    const { text } = await post('exports/campuses').expect(200);
    const exported = text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[1]);
    expect(exported).toEqual(['110010', ...codes]);
  });

  test('is for whom the noun says', async () => {
    user = { ...user, actor: { ...user.actor, role: 'CENTRAL' } } as PanelUser;
    await post('exports/campuses').expect(403);
    await post('exports/nothing').expect(404);
    expect(await world.dataSource.manager.count(AuditLine)).toBe(0);
  });
});
