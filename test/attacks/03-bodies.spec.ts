import { once } from 'node:events';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { type ClientRequest, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import * as backOffice from '../../src/admin/index.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { type AppProcess, CompiledApplication } from '../faults/app-process.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * Any staff account filled the disk: AdminJS's body parser took 250 MB as `application/octet-stream` for a route that
 * does not exist, answered 404, and left them in the temporary folder, readable by all. An upload that was killed left
 * a zip of students' photos there, too.
 */

let application: CompiledApplication;
let world: World;
let server: AppProcess;
let temporary: string;
const cookies = new Map<string, string>();

beforeAll(async () => {
  application = await CompiledApplication.make();
  temporary = mkdtempSync(join(tmpdir(), `${process.env.TEST_RUN ?? 'cet_test'}_tmp_`));
  world = await World.open({}, undefined, backOffice);
  // the other process goes by the machine's clock
  world.clock.set(new SystemClock().now());
  await world.sitting();
  await world.campus({ schoolCode: '11001' });
  for (const login of ['wang', 'li', 'zhao']) {
    await addStaff(world, { login, role: 'SCHOOL', provinceCode: '11', schoolCode: '11001' });
    const browser = new StaffBrowser(world);
    await browser.signsIn(login);
    cookies.set(login, browser.cookie!);
  }
  server = await application.start(world.config, { backOffice: true, temporary });
}, 120_000);
afterAll(async () => {
  await server.kill();
  await world.close();
  await application.remove();
  rmSync(temporary, { recursive: true });
});

const FILE = 'application/octet-stream';
const CHECK_ROSTER = '/admin/api/tools/roster-import/check?file=a.csv&request=%7B%7D';
const CHECK_PHOTOS = '/admin/api/tools/photo-import/check?file=a.zip&request=%7B%7D';

/** Files that were written anywhere, and have a name. */
function left(): string[] {
  const uploads = join(world.config.dataDir, 'uploads');
  const inUploads = readdirSync(world.config.dataDir).includes('uploads') ? readdirSync(uploads) : [];
  return [...readdirSync(temporary, { recursive: true }).map(String), ...inUploads];
}

interface Sending {
  readonly path: string;
  readonly as?: string;
  readonly type?: string;
  readonly method?: string;
  /** What it says of its length; otherwise it comes in pieces of which nobody knows how many there will be. */
  readonly says?: number;
  readonly headers?: Record<string, string>;
}

/** A request that has begun; what it brings is up to the story. */
function begin({ path, as, type = FILE, method = 'POST', says, headers }: Sending): ClientRequest {
  const sending = send(`${server.url}${path}`, {
    method,
    headers: {
      'Content-Type': type,
      ...(as ? { Cookie: cookies.get(as)! } : {}),
      ...(says === undefined ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': says }),
      ...headers,
    },
  });
  sending.on('error', () => undefined);
  sending.flushHeaders();
  return sending;
}

async function answered(sending: ClientRequest): Promise<{ status: number; code?: string; text: string }> {
  const [response] = await once(sending, 'response');
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  const problem = /problem\+json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : {};
  return { status: response.statusCode, code: problem.code, text };
}

/** The answer to one who has sent the beginning of a body and would send on for ever. */
async function answeredUnread(facts: Sending) {
  const sending = begin(facts);
  sending.write(Buffer.alloc(facts.says === undefined ? 1000 : Math.min(1000, facts.says - 1)));
  const { status, code } = await answered(sending);
  sending.destroy();
  return [status, code];
}

describe('a body that nobody takes is refused before it has come', () => {
  test.each([
    ['a route that does not exist', { path: '/admin/api/nothing', says: 250_000_000 }, 415, 'BODY_NOT_TAKEN'],
    ['one outside its API', { path: '/admin/nothing', says: 250_000_000 }, 415, 'BODY_NOT_TAKEN'],
    [
      'a list of AdminJS',
      { path: '/admin/api/resources/registrations/actions/list', says: 250_000_000 },
      415,
      'BODY_NOT_TAKEN',
    ],
    [
      'its rows together',
      { path: '/admin/api/resources/registrations/bulk/bulkDelete', says: 250_000_000 },
      404,
      'NOT_FOUND',
    ],
    [
      'a page of a tool',
      { path: '/admin/api/pages/roster-import', says: 250_000_000 },
      415,
      'BODY_NOT_TAKEN',
    ],
    [
      'a question by GET',
      { path: '/admin/nothing', method: 'GET', says: 250_000_000 },
      415,
      'BODY_NOT_TAKEN',
    ],
    ['without an end', { path: '/admin/api/nothing' }, 415, 'BODY_NOT_TAKEN'],
    [
      'as a form with files',
      { path: '/admin/api/nothing', type: 'multipart/form-data; boundary=x' },
      415,
      'BODY_NOT_TAKEN',
    ],
    [
      'as a form with files, and long',
      { path: '/admin/api/nothing', type: 'multipart/form-data; boundary=x', says: 250_000_000 },
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'as JSON',
      { path: '/admin/api/nothing', type: 'application/json', says: 90_000 },
      415,
      'BODY_NOT_TAKEN',
    ],
    [
      'as JSON, and long',
      { path: '/admin/api/nothing', type: 'application/json', says: 1_000_000 },
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'a verb that takes no file',
      { path: '/admin/api/tools/roster-import/about', says: 250_000_000 },
      400,
      'MALFORMED_REQUEST',
    ],
    ['a call of the API', { path: '/api/v1/passport/codes', says: 250_000_000 }, 400, 'MALFORMED_REQUEST'],
    [
      'a call of the API that takes JSON',
      { path: '/api/v1/passport/codes', type: 'application/json', says: 250_000_000 },
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'a message of a payment platform',
      { path: '/api/v1/payment/notifications/ALIPAY', type: 'text/plain', says: 250_000_000 },
      413,
      'BODY_TOO_LARGE',
    ],
    ['nothing at all', { path: '/nothing', says: 250_000_000 }, 400, 'MALFORMED_REQUEST'],
    [
      'the sign-in page',
      { path: '/admin/login', type: 'application/x-www-form-urlencoded', says: 250_000_000 },
      413,
      'BODY_TOO_LARGE',
    ],
  ])('%s', async (_, facts, status, code) => {
    expect(await answeredUnread({ as: 'wang', ...facts })).toEqual([status, code]);
    expect(left()).toEqual([]);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'nor by %s, said long or without an end',
    async (method) => {
      for (const says of [250_000_000, undefined])
        expect(await answeredUnread({ path: '/admin/api/nothing', as: 'wang', method, says })).toEqual([
          415,
          'BODY_NOT_TAKEN',
        ]);
      expect(left()).toEqual([]);
    },
  );

  test.each([
    'APPLICATION/OCTET-STREAM',
    'application/octet-stream; charset=utf-8',
    'application/octet-stream;boundary=x, multipart/form-data',
    'multipart/mixed; boundary=x',
    'image/jpeg',
    'text/plain',
    '',
  ])('nor as %j', async (type) => {
    const [status] = await answeredUnread({ path: '/admin/api/nothing', as: 'wang', type });
    expect(status).toBe(415);
    expect(left()).toEqual([]);
  });

  test.each([
    '/ADMIN/API/nothing',
    '//admin/api/nothing',
    '/admin//api/nothing',
    '/admin/%61pi/nothing',
    '/admin/api/nothing/',
    '/admin/../admin/api/nothing',
    '/admin/api/tools/%72oster-import/nothing?file=a.csv',
    '/admin/api/actions/students/nothing?file=a.csv',
    '/admin/invitation',
    '/admin/frontend/assets/app.bundle.js',
  ])('nor at %s', async (path) => {
    for (const as of ['wang', undefined]) {
      const [status] = await answeredUnread({ path, as, says: 250_000_000 });
      expect([path, as, [302, 400, 401, 404, 415].includes(status as number) || status]).toEqual([
        path,
        as,
        true,
      ]);
    }
    expect(left()).toEqual([]);
  });

  test('nor of nobody, who is not asked for it first either', async () => {
    const sending = begin({
      path: '/admin/api/nothing',
      says: 250_000_000,
      headers: { Expect: '100-continue' },
    });
    expect((await answered(sending)).status).toBe(401);
    sending.destroy();
    expect(left()).toEqual([]);
  });

  test('a route that does not exist leaves nothing of what has come as a whole', async () => {
    const sending = begin({ path: '/admin/api/nothing', as: 'wang', says: 1_000_000 });
    sending.end(Buffer.alloc(1_000_000));
    expect((await answered(sending)).status).toBe(415);
    expect(left()).toEqual([]);
  });

  test('what unpacks to more than it says is no longer than what is let in', async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000, ' '));
    const sending = begin({
      path: '/admin/api/tools/roster-import/about',
      as: 'wang',
      type: 'application/json',
      says: packed.length,
      headers: { 'Content-Encoding': 'gzip' },
    });
    sending.end(packed);
    expect(await answered(sending)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});

describe('a file', () => {
  test.each([
    ['of nobody', { path: CHECK_ROSTER, says: 1000 }, 401, 'NOT_SIGNED_IN'],
    [
      'longer than the tool takes',
      { path: CHECK_ROSTER, as: 'wang', says: 60_000_001 },
      413,
      'FILE_TOO_LARGE',
    ],
    [
      'of another kind',
      { path: CHECK_ROSTER.replace('a.csv', 'a.zip'), as: 'wang', says: 1000 },
      422,
      'FILE_OF_ANOTHER_KIND',
    ],
    [
      'of whom the tool is not for',
      { path: '/admin/api/tools/schools-import/check?file=a.csv&request=%7B%7D', as: 'wang', says: 1000 },
      404,
      'NOT_FOUND',
    ],
  ])('%s is refused before it has come', async (_, facts, status, code) => {
    expect(await answeredUnread(facts)).toEqual([status, code]);
    expect(left()).toEqual([]);
  });

  test.each([
    ['deeper than any of ours', `{"a":${'['.repeat(6000)}${']'.repeat(6000)}}`],
    ['wider', JSON.stringify(Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`f${n}`, 0])))],
    ['no JSON', '{'],
  ])('whose request is %s is refused like a body that is', async (_, request) => {
    const path = `/admin/api/tools/roster-import/check?file=a.csv&request=${request.replaceAll('"', '%22')}`;
    expect(await answeredUnread({ path, as: 'wang', says: 2000 })).toEqual([400, 'MALFORMED_REQUEST']);
    expect(left()).toEqual([]);
  });

  test('that does not say how long it is ends at the limit', async () => {
    const sending = begin({ path: CHECK_ROSTER, as: 'wang' });
    const answer = answered(sending);
    const piece = Buffer.alloc(1_000_000, 'x');
    Readable.from(Array.from({ length: 100 }, () => piece)).pipe(sending);
    expect(await answer).toMatchObject({ status: 413, code: 'FILE_TOO_LARGE' });
    sending.destroy();
    expect(left()).toEqual([]);
  });

  test('comes one at a time from each of the staff, whatever the tool', async () => {
    const first = begin({ path: CHECK_PHOTOS, as: 'wang', says: 2000 });
    first.write(Buffer.alloc(1000));
    await filesHeld(1);
    for (const path of [CHECK_PHOTOS, CHECK_ROSTER])
      expect(await answeredUnread({ path, as: 'wang', says: 2000 })).toEqual([409, 'IMPORT_UNDER_WAY']);
    const other = begin({ path: CHECK_PHOTOS, as: 'li', says: 1000 });
    other.end(Buffer.alloc(1000));
    expect((await answered(other)).code).toBe('ZIP_BROKEN');
    first.end(Buffer.alloc(1000));
    expect((await answered(first)).code).toBe('ZIP_BROKEN');
    await filesHeld(0);
    const again = begin({ path: CHECK_PHOTOS, as: 'wang', says: 1000 });
    again.end(Buffer.alloc(1000));
    expect((await answered(again)).code).toBe('ZIP_BROKEN');
  });

  test('whose sender goes away in the middle leaves nothing, and the next may come', async () => {
    const sending = begin({ path: CHECK_PHOTOS, as: 'zhao', says: 2000 });
    sending.write(Buffer.alloc(1000));
    await filesHeld(1);
    sending.destroy();
    await filesHeld(0);
    expect(left()).toEqual([]);
  });

  test('of a process that is killed in the middle is gone with it', async () => {
    const sending = begin({ path: CHECK_PHOTOS, as: 'wang', says: 5_000_000 });
    sending.write(Buffer.alloc(3_000_000));
    await filesHeld(1);
    await server.kill();
    expect(left()).toEqual([]);
  });
});

/** Waits until the process holds so many files that have bytes and no name, as an upload in the middle is. */
async function filesHeld(count: number): Promise<void> {
  const open = `/proc/${server.id}/fd`;
  const held = () =>
    readdirSync(open).filter((fd) => {
      try {
        return (
          /\/uploads\/\S+ \(deleted\)$/.test(readlinkSync(join(open, fd))) &&
          statSync(join(open, fd)).size > 0
        );
      } catch {
        return false;
      }
    });
  while (held().length !== count) await sleep(5);
}
