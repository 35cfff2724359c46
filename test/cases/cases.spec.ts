import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FindStudentRecord, ImportRoster, StudentRecord } from '../../src/modules/qualification/index.js';
import { ImportVenues, Venue } from '../../src/modules/sitting/index.js';
import { notesOn } from '../../src/platform/import/import-report.js';
import type { ImportResult } from '../../src/platform/import/intake.js';
import { CLERK, ImportWorld } from '../support/imports.js';

/**
 * Small files that people really bring, each of a kind of fault that those who do this job report; the people in them are
 * invented. What the importer does with each is held here, file by file.
 */

const FOLDER = 'test/cases/files';

let world: ImportWorld;
let sittingId: string;
beforeAll(async () => {
  world = await ImportWorld.open();
  ({ id: sittingId } = await world.places());
});
afterAll(() => world.close());
afterEach(() => world.empty(StudentRecord, Venue));

const roster = (file: string) => world.use(ImportRoster).execute({ file: join(FOLDER, file) }, CLERK);
const venues = (file: string) => world.use(ImportVenues).execute({ file: join(FOLDER, file) }, CLERK);

const shortly = ({ faults }: ImportResult) =>
  faults.map(({ line, column, code }) => `${line} ${column?.split(' ').at(-1)} ${code}`);
const students = async () =>
  (await world.rows(StudentRecord))
    .map(({ details }) => details)
    .sort((a, b) => (a.documentNumber < b.documentNumber ? -1 : 1));

/** Who looks up this number and name, typed as everybody types them, finds the student. */
const found = async (documentNumber: string, name: string) => {
  const named = { documentType: 'RESIDENT_ID', documentNumber, name };
  const { details } = await world.use(FindStudentRecord).matching(world.unitOfWork.read(), sittingId, named);
  return details.documentNumber === documentNumber;
};

describe('A roster whose students are found by number and name', () => {
  test.each<[string, Record<string, string[]>]>([
    [
      '03-kangxi-radicals.csv',
      { '129901200503146114': ['高文龙'], '129901200503146122': ['马人娜', '⻢⼈娜'] },
    ],
    ['04-gb18030-fe59.csv', { '129901200503146237': ['刘龴', '刘\ue81e'] }],
    ['04-gb18030-fe9f.csv', { '129901200503146237': ['刘䶮'] }],
    ['04-pua.csv', { '129901200503146210': ['刘䶮', '刘\ue863'], '129901200503146229': ['王䶮'] }],
    ['05-compatibility.csv', { '129901200503146317': ['郎明'] }],
    [
      '06-invisible.csv',
      {
        '129901200503146413': ['郑子涵'],
        '129901200503146421': ['冯雪'],
        '12990120050314643X': ['褚健'],
        '129901200503146448': ['卫国'],
        '129901200503146456': ['葛力'],
        '129901200503146464': ['蒋欣', '蒋\u200f欣'],
      },
    ],
    [
      '07-padded-names.csv',
      {
        '12990120050314651X': ['张三', '张 三'],
        '129901200503146528': ['李四', '李　四'],
        '129901200503146536': ['欧阳娜娜'],
      },
    ],
    ['08-sep-line.csv', { '129901200503146616': ['沈佳宜'] }],
    ['10-SharedStrings-case.xlsx', { '129901200503146819': ['秦岚'] }],
    ['10-backslash.xlsx', { '129901200503146827': ['尤佳'] }],
    ['10-prefix.xlsx', { '129901200503146835': ['许诺'] }],
    ['10-strict.xlsx', { '129901200503146843': ['何洁'] }],
    ['11-utf16be-bom.txt', { '129901200503146915': ['吕布'] }],
    ['11-utf16le-bom.txt', { '129901200503146915': ['吕布'] }],
    ['11-utf16le-nobom.txt', { '129901200503146915': ['吕布'] }],
    ['14-quoted-breaks.csv', { '12990120050314723X': ['邹市明'], '129901200503147248': ['喻恩泰'] }],
    ['14-x000D.xlsx', { '129901200503147213': ['戚薇'], '129901200503147221': ['谢娜'] }],
    [
      '16-dots.csv',
      {
        '129901200503147416': ['古丽米热·艾力', '古丽米热.艾力'],
        '129901200503147424': ['迪丽·热巴', '迪丽.热巴'],
        '129901200503147432': ['阿卜杜拉·买提', '阿卜杜拉・买提'],
      },
    ],
    ['17-gbk.csv', { '129901200503147512': ['窦骁'], '129901200503147520': ['章子'] }],
  ])('%s', async (file, expected) => {
    expect(shortly(await roster(file))).toEqual([]);
    expect(await students()).toHaveLength(Object.keys(expected).length);
    for (const [number, names] of Object.entries(expected))
      for (const name of names) expect(await found(number, name)).toBe(true);
  });
});

describe('A roster with merged cells says in every line what people see', () => {
  test.each<[string, 'campusCode' | 'college' | 'entryYear' | 'grade', (string | number)[]]>([
    ['12-merged-campus.xlsx', 'campusCode', ['120010', '120010']],
    ['12-merged-college.xlsx', 'college', ['历史学院', '历史学院', '历史学院']],
    ['12-merged-entry-year.xlsx', 'entryYear', [2024, 2024, 2024]],
    ['12-merged-entry-year.xlsx', 'grade', ['2024', '2024', '2024']],
  ])('%s: %s', async (file, column, values) => {
    expect(shortly(await roster(file))).toEqual([]);
    expect((await students()).map((student) => student[column])).toEqual(values);
  });
});

test('texts on several lines are on one', async () => {
  await roster('14-quoted-breaks.csv');
  expect((await students()).map(({ college }) => college)).toEqual(['化学学院', '化学学院']);
  await roster('14-x000D.xlsx');
  // the second writes what XML cannot hold as text, and means the text
  expect((await students()).map(({ className }) => className)).toContain('_x000D_');
});

describe('A roster that is refused says where and why', () => {
  const NOT_THERE = ['校区代码', '证件类型', '证件号码', '姓名', '性别', '学历'];
  test.each<[string, string[]]>([
    [
      '02-formula-errors.xlsx',
      ['2 college FORMULA_ERROR', '3 name FORMULA_ERROR', '4 class_name FORMULA_ERROR'],
    ],
    [
      '02-formula-errors.csv',
      ['2 college FORMULA_ERROR', '3 name FORMULA_ERROR', '4 class_name FORMULA_ERROR'],
    ],
    ['19-export-of-12002.csv', ['1 campus_code MISSING_COLUMN']],
  ])('%s', async (file, faults) => {
    expect(shortly(await roster(file))).toEqual(faults);
    expect(await students()).toEqual([]);
  });

  test('12-title-row.xlsx: the title is no column, and the columns are missed', async () => {
    const { faults } = await roster('12-title-row.xlsx');
    expect(faults[0]).toMatchObject({ line: 1, code: 'UNKNOWN_COLUMN' });
    expect(faults.slice(1).map(({ column, code }) => `${column!.split(' ')[0]} ${code}`)).toEqual(
      NOT_THERE.map((column) => `${column} MISSING_COLUMN`),
    );
  });

  test('22-html.xlsx: it is a web page', async () => {
    await expect(roster('22-html.xlsx')).rejects.toMatchObject({ code: 'IMPORT_FILE_IS_WEB_PAGE' });
  });
});

test('23-hidden-row.xlsx is read whole, and the hidden row told', async () => {
  const result = await roster('23-hidden-row.xlsx');
  expect(result).toMatchObject({ inserted: 2, hidden: { lines: 1, firstLine: 3 } });
  expect(notesOn(result)).toEqual([
    { zh: expect.stringContaining('1 行被隐藏'), en: expect.stringContaining('1 rows') },
  ]);
  expect(notesOn(await roster('10-prefix.xlsx'))).toEqual([]);
});

describe('Venues', () => {
  const shanghai = (time: string) => new Date(`${time}:00+08:00`);
  test.each([
    ['01-times-15-digits.xlsx', '2026-12-26T09:20', '2026-12-01T08:20'],
    ['01-times-17-digits.xlsx', '2026-12-26T09:20', '2026-12-01T08:20'],
    ['01-times-1904.xlsx', '2026-12-26T09:00', '2026-12-01T09:00'],
  ])('%s: times to the minute', async (file, exam, opening) => {
    expect(shortly(await venues(file))).toEqual([]);
    expect(await world.rows(Venue)).toMatchObject([
      { examStartsAt: shanghai(exam), opensAt: shanghai(opening) },
    ]);
  });

  test('15-chinese-date.csv: times in words are told to be none', async () => {
    expect(shortly(await venues('15-chinese-date.csv'))).toEqual([
      '2 exam_starts_at MALFORMED',
      '2 exam_ends_at MALFORMED',
      '2 opens_at MALFORMED',
    ]);
  });

  test.each([
    ['18-capacity-0.csv', 0],
    ['18-capacity-2.csv', 2],
  ])('%s', async (file, capacity) => {
    expect(shortly(await venues(file))).toEqual([]);
    expect(await world.rows(Venue)).toMatchObject([{ campusCode: '120010', subjectCode: '5', capacity }]);
  });
});

test('no file is left out', () => {
  const told = readFileSync('test/cases/cases.spec.ts', 'utf8');
  for (const file of readdirSync(FOLDER).filter((name) => !name.startsWith('.')))
    expect(told).toContain(`'${file}`);
});
