import { StepCounter } from '../support/steps.js';

/**
 * One small input of a school stopped the process for everybody: the first lines of each story say what it did before.
 * Nothing is timed here: the steps of the whole process are counted while it answers. Twice the input takes at most 2.2
 * times the steps, and what is over a limit takes none, however far over it is.
 */
const counter = await StepCounter.begin();
const backOffice = await import('../../src/admin/index.js');
const { LONGEST_SEARCH } = await import('../../src/admin/panel/asked-search.js');
const { LONGEST_NOTICE, MOST_NOTICES } = await import('../../src/modules/sitting/index.js');
const { FILE_LIMITS } = await import('../../src/platform/import/file-limits.js');
const { addStaff, StaffBrowser } = await import('../support/staff.js');
const { World } = await import('../support/world.js');
const { zipOf } = await import('../support/zip.js');

const SCHOOL = { schoolCode: '12001', provinceCode: '12' };
let world: Awaited<ReturnType<typeof World.open>>;
let teacher: InstanceType<typeof StaffBrowser>;
let candidate: Awaited<ReturnType<typeof world.registered>>;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  const campus = await world.campus({ schoolCode: SCHOOL.schoolCode });
  await world.venue({ campus });
  candidate = await world.registered({ campus });
  await addStaff(world, { login: 'teacher', role: 'SCHOOL', ...SCHOOL });
  teacher = new StaffBrowser(world);
  await teacher.signsIn('teacher');
});
afterAll(async () => {
  await world.close();
  await counter.end();
});

interface Call {
  path: string;
  method?: 'GET' | 'POST' | 'PATCH';
  json?: unknown;
  form?: Record<string, string>;
  file?: Buffer;
  headers?: Record<string, string>;
}
type Asking = (size: number) => Call;

/** The steps of the server's answer, and what it was; those of whoever asks are not counted. */
async function asked(ask: Asking, size: number) {
  const { path, json, file, form, method = json || file ? 'POST' : 'GET', headers } = ask(size);
  const type = file ? 'application/octet-stream' : 'application/json';
  const sent = {
    method,
    headers: { ...(json || file ? { 'Content-Type': type } : {}), ...headers },
    body: file ?? (json ? JSON.stringify(json) : form && new URLSearchParams(form)),
  };
  let [status, text] = [0, ''];
  const steps = await counter.during(async () => {
    const answer = await fetch(`${world.url}${path}`, sent as RequestInit);
    [status, text] = [answer.status, await answer.text()];
  });
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  return { steps, status, code: body.code as string | undefined, body };
}

const staff = (browser: typeof teacher, call: Call): Call => ({
  ...call,
  path: `/admin${call.path}`,
  headers: { Cookie: browser.cookie! },
});
const asTeacher = (call: Call) => staff(teacher, call);
const asCandidate = (call: Call): Call => ({
  ...call,
  path: `/api/v1${call.path}`,
  headers: { Authorization: `Bearer ${candidate.sessionToken}` },
});

/** Of this many, what is added to an answer's steps by as many again. Everything there is has been loaded by then. */
async function growsWithItsInput(ask: Asking, size: number, code?: string): Promise<void> {
  const status = code ? 422 : 200;
  await asked(ask, size);
  const [none, once, twice] = [await asked(ask, 1), await asked(ask, size), await asked(ask, 2 * size)];
  expect([none, once, twice].map((one) => [one.status, one.code])).toEqual(Array(3).fill([status, code]));
  expect(once.steps - none.steps).toBeGreaterThan(size / 2);
  expect(twice.steps - none.steps).toBeLessThan(2.2 * (once.steps - none.steps));
}

/** Refused, with no more steps than what is just over the limit, but for the few that a longer request is read in. */
async function takesNothing(ask: Asking, over: number, code: string, tolerance = 1.25): Promise<void> {
  await asked(ask, over);
  const just = await asked(ask, over);
  for (const times of [2, 3]) {
    const { steps, ...far } = await asked(ask, times * over);
    expect([far.status, far.code]).toEqual([just.status, code]);
    expect(steps).toBeLessThan(tolerance * just.steps);
  }
}

test('the counter sees what hides in libraries and built-ins', async () => {
  const list = Array.from({ length: 400 }, (_, i) => i);
  const each = (n: number) =>
    counter.during(() => list.slice(0, n).filter((one, i, all) => all.indexOf(one) === i));
  await each(1);
  expect(await each(400)).toBeGreaterThan(3.5 * (await each(200)));
  const copied = (n: number) =>
    counter.during(() => {
      for (let i = 0; i < n; i++) ' '.repeat(n).replace(/\t/g, '');
    });
  expect(await copied(400)).toBeGreaterThan(3.5 * (await copied(200)));
});

describe('A file', () => {
  const HEADER = '校区代码,证件类型,证件号码,姓名,性别,学历';
  const line = (i: number, name = '王一') => `120010,护照,E${1000 + i},${name},女,本科`;
  const lines = (count: number) => Array.from({ length: count }, (_, i) => line(i)).join('\n');
  const checked = (content: string | Buffer, name = 'roster.csv', tool = 'roster-import'): Call => ({
    path: `/api/tools/${tool}/check?file=${name}&request=%7B%7D`,
    file: Buffer.from(content),
  });
  const roster = (content: string) => asTeacher(checked(`${HEADER}${content}`));

  // 90,000 blank columns over 1,500 lines, 144 kB, stopped everybody for 23 s: each line was looked at in each of them
  it('with more columns than any is refused, however many there are', async () => {
    const wide: Asking = (columns) => roster(`${','.repeat(columns)}\n${lines(100)}\n`);
    await growsWithItsInput(wide, 90);
    await takesNothing(wide, FILE_LIMITS.columns, 'IMPORT_TOO_MANY_COLUMNS');
    await takesNothing(wide, 30_000, 'IMPORT_TOO_MANY_COLUMNS');
  });

  it('with columns nobody knows is told of each, and of no more than there may be', async () => {
    const named: Asking = (columns) =>
      roster(
        `${Array.from({ length: columns }, (_, i) => `,${String.fromCodePoint(0x4e00 + i)}`).join('')}\n${line(1)}\n`,
      );
    await growsWithItsInput(named, 90);
    await takesNothing(named, FILE_LIMITS.columns, 'IMPORT_TOO_MANY_COLUMNS');
  });

  it('of many lines takes as many steps for each', async () => {
    await growsWithItsInput((count) => roster(`\n${lines(count)}\n`), 400);
  });

  it('with a line of blank cells without end is refused', async () => {
    const blanks: Asking = (cells) => roster(`\n${line(1)}${','.repeat(cells)}\n`);
    await growsWithItsInput(blanks, 2_000);
    await takesNothing(blanks, 30_000, 'IMPORT_LINE_TOO_LONG');
  });

  // `x`, 95,000 blanks and `y` as one name: 4.7 s
  it.each([
    ['blanks in a name', (n: number) => line(1, `x${' '.repeat(n)}y`)],
    ['blanks in a document type', (n: number) => `120010,护${' '.repeat(n)}照,E1,王,女,本科`],
    ['dots in a name', (n: number) => line(1, `x${' ·'.repeat(n / 2)}y`)],
    ['brackets in a name', (n: number) => line(1, `x${'('.repeat(n)}y`)],
    ['quotation marks in a name', (n: number) => line(1, `x${'="'.repeat(n / 2)}y`)],
  ])('with %s is read in steps as many, as far as a cell goes', async (_, broken) => {
    const wordy: Asking = (size) => roster(`\n${broken(size)}\n`);
    await growsWithItsInput(wordy, 2_400);
    const { body } = await asked(wordy, FILE_LIMITS.cell + 2);
    expect(body.faults.rows).toMatchObject([['2', expect.anything(), expect.stringContaining('内容过长')]]);
    await takesNothing(wordy, 30_000, 'IMPORT_LINE_TOO_LONG');
  });

  // forty thousand characters, shared by every cell of a small workbook
  it('that is a workbook does not say more than its text', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(6)}</row>`;
    const part = (id: string, kind: string) =>
      `<Relationship Id="${id}" Type="x/${kind}" Target="${id}.xml"/>`;
    const workbook = (text: string, rows: number) =>
      zipOf([
        {
          name: 'xl/workbook.xml',
          content: '<workbook xmlns:r="r"><sheets><sheet name="x" r:id="a"/></sheets></workbook>',
        },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: `<Relationships>${part('a', 'worksheet')}${part('b', 'sharedStrings')}</Relationships>`,
        },
        { name: 'xl/b.xml', content: `<sst><si><t>${text}</t></si></sst>` },
        {
          name: 'xl/a.xml',
          content: `<worksheet><sheetData><row>${HEADER.split(',').map(cell).join('')}</row>${row.repeat(rows)}</sheetData></worksheet>`,
        },
      ]);
    const shared = (text: string, rows: number) => asTeacher(checked(workbook(text, rows), 'roster.xlsx'));
    const rows = async (text: string) =>
      (await asked((count) => shared(text, count), 80)).steps -
      (await asked((count) => shared(text, count), 40)).steps;
    await growsWithItsInput((count) => shared(`x${' '.repeat(3_000)}y`, count), 40);
    expect(await rows('x'.repeat(39_000))).toBeLessThan(1.5 * (await rows('x')));
  });

  it('with a list in a cell, which was compared each with each', async () => {
    const central = new StaffBrowser(world);
    await addStaff(world, { login: 'central', role: 'CENTRAL' });
    await central.signsIn('central');
    const codes = (count: number) => Array.from({ length: count }, (_, i) => 12002 + i).join('；');
    const venues: Asking = (count) =>
      staff(
        central,
        checked(`校区代码,科目,容量,招生范围\n120010,1,5,${codes(count)}\n`, 'venues.csv', 'venue-import'),
      );
    await growsWithItsInput(venues, 400);
  });
});

describe('A search', () => {
  const blanks = (size: number) => `x${' '.repeat(size)}y`;
  const exported = (filters: object) =>
    asTeacher({ path: '/api/exports/student-records', json: { filters } });

  // an export's filter of 95,000 blanks: 6 s
  it('of an export has so many characters, or finds nothing', async () => {
    const searched: Asking = (size) => exported({ name: blanks(size) });
    await growsWithItsInput(searched, LONGEST_SEARCH / 2 - 2);
    await takesNothing(searched, 22_000, 'SEARCH_NOT_UNDERSTOOD');
  });

  it.each(['name', 'documentNumber', 'submittedAt~~from'])('of a list by %s as well', async (column) => {
    const listed: Asking = (size) =>
      asTeacher({ path: `/api/resources/cet6-reviews/actions/list?filters.${column}=${'x'.repeat(size)}` });
    expect(await asked(listed, LONGEST_SEARCH)).toMatchObject({ status: 200 });
    await takesNothing(listed, LONGEST_SEARCH + 1, 'SEARCH_NOT_UNDERSTOOD', 1.3);
  });

  it('has no more conditions than any list has columns', async () => {
    const columns = (count: number) => Array.from({ length: count }, (_, i) => [`f${i}`, 'x'] as const);
    await takesNothing((count) => exported(Object.fromEntries(columns(count))), 61, 'MALFORMED_REQUEST');
  });
});

describe('A notice', () => {
  const published = (body: string) =>
    asTeacher({
      path: '/api/actions/notices/publish',
      json: { ids: [], input: { title: '须知', kind: 'BOTH', body }, version },
    });
  let version: string;
  beforeAll(async () => {
    version = (await asked(() => asTeacher({ path: '/api/forms/notices/publish' }), 1)).body.version;
  });
  beforeEach(() => world.dataSource.manager.query('DELETE FROM notice'));

  // 48 kB of blanks: 1.6 s at every page view of the school's candidates; 2,900 `href`s half a second each time
  it.each([
    ['blanks and tabs', (n: number) => `好${' \t'.repeat(n / 2)}x`],
    ['blanks in a tag', (n: number) => `<p${' '.repeat(n)}>好</p>`],
    ['links in one tag', (n: number) => `<a ${'href=x '.repeat(n / 7)}>好</a>`],
    ['tags', (n: number) => `好${'<b>x</b>'.repeat(n / 8)}`],
    ['tags that never end', (n: number) => `好${'<a href="'.repeat(n / 9)}`],
    ['comments that never end', (n: number) => `好${'<!--x'.repeat(n / 5)}`],
    ['scripts that never end', (n: number) => `好${'<script>'.repeat(n / 8)}`],
    ['line breaks', (n: number) => `好${'<br> '.repeat(n / 5)}x`],
    ['entities', (n: number) => `好${'&amp;lt'.repeat(n / 7)}`],
    ['quotation marks', (n: number) => `好<a x=${`"'=`.repeat(n / 3)}>`],
  ])('of %s is cleaned in steps as many', async (_, body) => {
    await growsWithItsInput((size) => published(body(size)), LONGEST_NOTICE / 2 - 50);
  });

  it('that is too long is refused', async () => {
    await takesNothing((size) => published('p'.repeat(size)), LONGEST_NOTICE + 1, 'FIELD_INVALID');
  });

  it('is only read when candidates look at it', async () => {
    const page: Asking = () => asCandidate({ path: '/registration' });
    await asked(() => published('<p>好</p>'), 1);
    await asked(page, 1);
    const short = await asked(page, 1);
    await world.dataSource.manager.query('DELETE FROM notice');
    await asked(() => published(`<p>${'好&amp;<b>x</b> '.repeat(1_800)}</p>`), 1);
    const long = await asked(page, 1);
    expect(long.body.notices[0].bodyHtml.length).toBeGreaterThan(20_000);
    expect(long.steps).toBeLessThan(1.1 * short.steps);
  });

  it('stands on pages with so many others of its school, and no more', async () => {
    const statuses: number[] = [];
    for (let i = 0; i <= MOST_NOTICES; i++)
      statuses.push((await asked(() => published('<p>好</p>'), 1)).status);
    expect(statuses).toEqual([...Array<number>(MOST_NOTICES).fill(200), 409]);
  });
});

describe('A form', () => {
  it('is opened for a list of rows, which is looked at once', async () => {
    const path = '/api/actions/student-records/resetAccount';
    const named: Asking = (size) =>
      asTeacher({ path, json: { ids: Array.from({ length: size }, (_, i) => `${i}`), input: {} } });
    await asked(named, 1_500);
    const [none, once, twice] = [
      await asked(named, 501),
      await asked(named, 2_501),
      await asked(named, 4_501),
    ];
    expect([none, once, twice].map(({ status }) => status)).toEqual([404, 404, 404]);
    // a step or so for each in reading the body, and nothing more
    expect(twice.steps - none.steps).toBeLessThan(2.2 * (once.steps - none.steps));
  });

  it.each(['reason', 'phone'])('asks nothing else of a %s that is too long', async (field) => {
    const version = (
      await asked(
        () => asTeacher({ path: `/api/forms/student-records/resetAccount?ids=${candidate.record.id}` }),
        1,
      )
    ).body.version;
    const filled: Asking = (size) =>
      asTeacher({
        path: '/api/actions/student-records/resetAccount',
        json: {
          ids: [candidate.record.id],
          version,
          input: { reason: '好', [field]: `x${' '.repeat(size)}y` },
        },
      });
    await takesNothing(filled, 22_000, 'FIELD_INVALID');
  });

  it.each(['login', 'password'])('of staff who sign in reads a %s of blanks once', async (field) => {
    const typed: Asking = (size) => ({
      path: '/admin/login',
      method: 'POST',
      form: { login: 'nobody', password: 'x', [field]: `x${' '.repeat(size)}y` },
    });
    await asked(typed, 10_000);
    const [once, twice] = [await asked(typed, 10_000), await asked(typed, 20_000)];
    expect(Math.max(once.status, twice.status)).toBeLessThan(500);
    expect(twice.steps).toBeLessThan(2.2 * once.steps);
  });
});

describe('The door of the API', () => {
  const patched = (json: object) => asCandidate({ path: '/passport/account', method: 'PATCH', json });

  // 15,000 ids, 15,000 names of fields: each was compared with each
  it('looks at a list of ids once', async () => {
    const chosen: Asking = (size) =>
      asCandidate({
        path: '/written/enrolments',
        json: { venueIds: Array.from({ length: size + 4 }, (_, i) => `v${i}`) },
      });
    await growsWithItsInput(chosen, 4_000, 'FIELD_INVALID');
  });

  it('reads no object of more fields than any has', async () => {
    const fields = (size: number) => Object.fromEntries(Array.from({ length: size }, (_, i) => [`f${i}`, 1]));
    await takesNothing((size) => patched(fields(size)), 61, 'MALFORMED_REQUEST');
    await takesNothing((size) => patched({ name: fields(size) }), 61, 'MALFORMED_REQUEST');
  });

  it('asks nothing else of a text that is too long', async () => {
    await takesNothing((size) => patched({ name: ' '.repeat(size) }), 10_000, 'FIELD_INVALID');
  });

  it('takes as many steps as there are lists in a list', async () => {
    await growsWithItsInput((size) => patched({ name: Array(size).fill([[]]) }), 4_000, 'FIELD_INVALID');
  });

  it.each([
    ['Cookie', (n: number) => 'a=b; '.repeat(n)],
    ['Accept-Language', (n: number) => 'en,'.repeat(n)],
    ['Authorization', (n: number) => `Bearer ${' a'.repeat(n)}`],
    ['Content-Type', (n: number) => `application/json${';a=b'.repeat(n)}`],
  ])('reads %s once', async (name, value) => {
    const sent: Asking = (size) => ({
      ...patched({ name: 1 }),
      headers: { ...patched({}).headers, [name]: value(size) },
    });
    await asked(sent, 700);
    const [none, once, twice] = [await asked(sent, 1), await asked(sent, 700), await asked(sent, 1_400)];
    expect(Math.max(none.status, once.status, twice.status)).toBeLessThan(500);
    // a few steps more or less are the address's or the clock's
    expect(twice.steps - none.steps).toBeLessThan(100 + 2.2 * (once.steps - none.steps));
  });
});
