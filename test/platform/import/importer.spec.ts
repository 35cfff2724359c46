import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { Campus, ImportCampuses, ImportSchools, School } from '../../../src/modules/sitting/index.js';
import { fingerprintOf } from '../../../src/platform/import/file-fingerprint.js';
import { faultLines, summary } from '../../../src/platform/import/import-report.js';
import type { ImportCommand } from '../../../src/platform/import/intake.js';
import { CLERK, ImportWorld } from '../../support/imports.js';

let world: ImportWorld;
beforeAll(async () => {
  world = await ImportWorld.open();
  await world.use(ImportSchools).execute(
    {
      file: world.file(['province_code,province_name,school_code,school_name', '12,天津市,12001,南开大学']),
    },
    CLERK,
  );
});
afterAll(() => world.close());
afterEach(() => world.empty(Campus));

const HEADER = '学校代码,校区代码,校区名称';
const DATA = '12001,120010,八里台校区';
const takeIn = (content: Parameters<ImportWorld['file']>[0], options: Partial<ImportCommand> = {}) =>
  world.use(ImportCampuses).execute({ file: world.file(content), ...options }, CLERK);
const campusNames = async () => (await world.rows(Campus)).map(({ name }) => name).sort();
const many = (count: number, name: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `12001,12001${i % 10},${name(i)}`);

it('stores every line of a good file, and nothing the second time', async () => {
  const lines = [HEADER, '12001,120010,八里台校区', '12001,120011,津南校区'];
  expect(await takeIn(lines)).toEqual({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    lines: 2,
    inserted: 2,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    faultCount: 0,
    faults: [],
    hidden: { lines: 0, columns: [] },
    stored: true,
  });
  expect(await takeIn(lines)).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
  expect(await takeIn([HEADER, '12001,120010,八里台'])).toMatchObject({
    inserted: 0,
    updated: 1,
    unchanged: 0,
  });
  expect(await campusNames()).toEqual(['八里台', '津南校区']);
});

it('stores nothing when a line has a fault, and says where and what', async () => {
  const result = await takeIn([HEADER, '12001,120010,八里台校区', '12001,12001,津南校区', '12001,120012,']);
  expect(result).toMatchObject({ lines: 3, inserted: 1, rejected: 2, faultCount: 2, stored: false });
  expect(result.faults).toMatchObject([
    { line: 3, column: '校区代码 campus_code', code: 'MALFORMED' },
    { line: 4, column: '校区名称 campus_name', code: 'REQUIRED' },
  ]);
  expect(faultLines(result)[1]).toBe('第 4 行 line 4, 校区名称 campus_name: REQUIRED 必填 · Is required');
  expect(summary(result, false)).toContain('--take-good-lines');
  expect(await campusNames()).toEqual([]);
});

it('stores nothing when the fault comes after a whole batch that was good', async () => {
  const school = (n: number) => `13,河北省,13${String(n).padStart(3, '0')},第${n}学院`;
  const good = Array.from({ length: 999 }, (_, i) => school(i + 1));
  const more = ['14,山西省,14001,第一学院', '14,山西省,14002,第二学院'];
  const header = 'province_code,province_name,school_code,school_name';
  const execute = (lines: string[]) =>
    world.use(ImportSchools).execute({ file: world.file([header, ...good, ...more, ...lines]) }, CLERK);
  const schools = () => world.rows(School);
  expect(await execute(['14,山西省,1400,第三学院'])).toMatchObject({ inserted: 1001, stored: false });
  expect(await schools()).toHaveLength(1);
  expect(await execute([])).toMatchObject({ inserted: 1001, stored: true });
  expect(await schools()).toHaveLength(1002);
});

it('takes the good lines alone when asked to', async () => {
  const lines = [HEADER, '12001,120010,八里台校区', '12001,12001,津南校区', '99999,999990,无此校'];
  const result = await takeIn(lines, { takeGoodLines: true });
  expect(result).toMatchObject({ lines: 3, inserted: 1, rejected: 2, faultCount: 2, stored: true });
  expect(await campusNames()).toEqual(['八里台校区']);
});

it('stores nothing on a dry run, and says what would happen', async () => {
  await takeIn([HEADER, '12001,120010,八里台校区']);
  const result = await takeIn([HEADER, '12001,120010,八里台', '12001,120011,津南校区'], { dryRun: true });
  expect(result).toMatchObject({ inserted: 1, updated: 1, stored: false });
  expect(summary(result, true)).toContain('没有存入任何数据');
  expect(await campusNames()).toEqual(['八里台校区']);
});

it('names the first line when another one is about the same', async () => {
  const { faults, stored } = await takeIn([
    HEADER,
    '12001,120010,甲',
    '',
    '12001,120011,乙',
    '12001,120010,丙',
  ]);
  expect(stored).toBe(false);
  expect(faults).toMatchObject([{ line: 5, code: 'REPEATED_LINE', message: { zh: '与第 2 行重复' } }]);
});

it('tells the first thousand faults and counts the others', async () => {
  const result = await takeIn([HEADER, ...Array.from({ length: 1500 }, () => 'x,120010,甲')]);
  expect(result).toMatchObject({ lines: 1500, rejected: 1500, faultCount: 1500 });
  expect(result.faults).toHaveLength(1000);
  expect(faultLines(result).at(-1)).toContain('500');
});

describe('The header', () => {
  it.each([
    ['Chinese names', HEADER],
    ['English names', 'school_code,campus_code,campus_name'],
    ['both, as forms write them', ' *学校代码（5位） ,CampusCode,"校区 名称"'],
    ['names with a BOM before them', `\ufeff${HEADER}`],
  ])('may have %s', async (_, header) => {
    expect(await takeIn([header, DATA])).toMatchObject({ inserted: 1, stored: true });
  });

  it('may put the columns in any order and leave optional ones out', async () => {
    await takeIn(['校区名称,允许跨校区口试,学校代码,校区代码', '八里台校区,否,12001,120010']);
    await takeIn([HEADER, DATA]);
    expect(await world.rows(Campus)).toMatchObject([{ name: '八里台校区', oralElsewhereAllowed: false }]);
  });

  it.each([
    ['lacks a column', '学校代码,校区代码', '12001,120010', [['MISSING_COLUMN', '校区名称 campus_name']]],
    [
      'has a column twice',
      `${HEADER},campus_name`,
      `${DATA},甲`,
      [['REPEATED_COLUMN', '校区名称 campus_name']],
    ],
    ['has a column nobody knows', `${HEADER},电话`, `${DATA},1`, [['UNKNOWN_COLUMN', '电话']]],
  ])('that %s is a fault', async (_, header, line, faults) => {
    const result = await takeIn([header, line]);
    expect(result.faults.map(({ code, column }) => [code, column])).toEqual(faults);
    expect(result.stored).toBe(false);
    expect(await campusNames()).toEqual([]);
  });

  it('with a column nobody knows does not stop the good lines; one without a required column does', async () => {
    expect(await takeIn([`${HEADER},电话`, `${DATA},1`], { takeGoodLines: true })).toMatchObject({
      inserted: 1,
      stored: true,
    });
    expect(await takeIn(['学校代码,校区代码', '12001,120010'], { takeGoodLines: true })).toMatchObject({
      stored: false,
    });
  });
});

it("ignores Excel's empty columns and lines, but not a cell without a column", async () => {
  expect(
    await takeIn([`${HEADER},,`, '12001,120010,八里台校区,,', ',,,,', '', '12001,120011,津南校区']),
  ).toMatchObject({
    lines: 2,
    inserted: 2,
  });
  const { faults } = await takeIn([HEADER, '12001,120010,八里台,校区', '12001,120011,津南校区,']);
  expect(faults).toMatchObject([{ line: 2, code: 'CELL_WITHOUT_COLUMN' }]);
});

it('tells a cell that is longer than any may be by line and column, and takes the others', async () => {
  const long = `甲${' '.repeat(5_000)}乙`;
  const result = await takeIn([HEADER, DATA, `12001,120011,${long}`], { takeGoodLines: true });
  expect(result).toMatchObject({ inserted: 1, rejected: 1 });
  expect(result.faults).toMatchObject([{ line: 3, column: '校区名称 campus_name', code: 'TOO_LONG' }]);
});

it.each(['utf-8', 'gb18030'] as const)('reads rare characters in %s', async (encoding) => {
  await takeIn(iconv.encode(`${HEADER}\r\n12001,120010,𬱖𠮷校区\r\n`, encoding));
  expect(await campusNames()).toEqual(['𬱖𠮷校区']);
});

it.each([
  ['is not there', undefined, 'IMPORT_FILE_MISSING'],
  ['is empty', '', 'IMPORT_FILE_EMPTY'],
  ['is an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'IMPORT_FILE_IS_OLD_WORKBOOK'],
  ['is a broken workbook', Buffer.from('PK\x03\x04\x00'), 'ZIP_BROKEN'],
  [
    'has a quotation mark without its twin',
    `${HEADER}\n12001,120010,甲\n12001,"120011,乙\n`,
    'IMPORT_FILE_BROKEN',
  ],
  [
    'has a header of blanks without end',
    `${HEADER}${','.repeat(90_000)}\n${DATA}\n`,
    'IMPORT_TOO_MANY_COLUMNS',
  ],
  [
    'has a header of one word without end',
    `${HEADER}${'x'.repeat(90_000)}\n${DATA}\n`,
    'IMPORT_LINE_TOO_LONG',
  ],
  ['has too wide a header', `${HEADER}${','.repeat(198)}\n${DATA}\n`, 'IMPORT_TOO_MANY_COLUMNS'],
  ['has a line of blanks without end', `${HEADER}\n${DATA}${','.repeat(90_000)}\n`, 'IMPORT_LINE_TOO_LONG'],
])('refuses a file that %s', async (_, content, code) => {
  const file = content === undefined ? '/nowhere/file.csv' : world.file(content);
  await expect(world.use(ImportCampuses).execute({ file, takeGoodLines: true }, CLERK)).rejects.toMatchObject(
    { code },
  );
  expect(await campusNames()).toEqual([]);
});

it('tells how far it has come', async () => {
  const heard: [number, number][] = [];
  const file = world.file([HEADER, ...many(10, (i) => `第${i}校区`)]);
  await world.use(ImportCampuses).execute({ file, onProgress: (read, of) => heard.push([read, of]) }, CLERK);
  const [read, of] = heard.at(-1)!;
  expect(read).toBe(of);
});

it('takes in only the file that was checked before', async () => {
  const lines = [HEADER, '12001,120010,八里台校区'];
  const sha256 = await fingerprintOf(world.file(lines));
  await expect(takeIn([...lines, '12001,120011,津南校区'], { sha256 })).rejects.toMatchObject({
    code: 'IMPORT_FILE_CHANGED',
  });
  expect(await campusNames()).toEqual([]);
  expect(await takeIn(lines, { sha256 })).toMatchObject({ inserted: 1, stored: true });
});

it('reads a workbook as it reads CSV, with its faults where Excel shows them', async () => {
  const rows = [HEADER.split(','), ['12001', '120010', '八里台校区'], [], [12001, 12001, '津南校区']];
  const file = world.file(Buffer.from(await writeXlsx({ sheets: [{ name: '校区', rows }] })), 'file.xlsx');
  const result = await world.use(ImportCampuses).execute({ file, takeGoodLines: true }, CLERK);
  expect(result).toMatchObject({ lines: 2, inserted: 1, rejected: 1, stored: true });
  expect(result.faults).toMatchObject([{ line: 4, column: '校区代码 campus_code', code: 'MALFORMED' }]);
  expect(await campusNames()).toEqual(['八里台校区']);
});
