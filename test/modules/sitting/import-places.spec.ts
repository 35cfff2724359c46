import { newId } from '../../../src/kernel/ids.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import {
  AddSitting,
  Campus,
  ImportCampuses,
  ImportSchools,
  ImportVenues,
  Province,
  School,
  SeatLedgerLine,
  Sitting,
  Venue,
  VenueSeats,
} from '../../../src/modules/sitting/index.js';
import { CLERK, ImportWorld } from '../../support/imports.js';

let world: ImportWorld;
beforeAll(async () => {
  world = await ImportWorld.open();
});
afterAll(() => world.close());

/** The faults of a result, shortly: line, English column name, code. */
const shortly = ({ faults }: { faults: readonly { line: number; column?: string; code: string }[] }) =>
  faults.map(({ line, column, code }) => `${line} ${column?.split(' ').at(-1)} ${code}`);

/** What the audit trail says of a row that a file changed (R-AD-2). */
const changesOf = async (action: string, rowId: string) =>
  (await world.rows(AuditLine))
    .filter((line) => line.action === action && line.rowId === rowId)
    .map(({ factsBefore, factsAfter }) => [factsBefore, factsAfter]);

describe('Schools', () => {
  afterEach(() => world.empty(School, Province));
  const HEADER = 'province_code,province_name,school_code,school_name,city,education_level,moe_code';
  const takeIn = (...lines: string[]) =>
    world.use(ImportSchools).execute({ file: world.file([HEADER, ...lines]) }, CLERK);

  it('come with their provinces, and without the line breaks that tables put in long names', async () => {
    await takeIn(
      '12,天津市,12001,南开大学,天津市,本科,4112010055',
      '51,四川省,51012,西昌学院,凉山彝族\\n自治州,本科,4151010628',
    );
    expect(await world.rows(Province)).toEqual([
      { code: '12', name: '天津市' },
      { code: '51', name: '四川省' },
    ]);
    expect(await world.rows(School)).toMatchObject([
      { code: '12001', provinceCode: '12', name: '南开大学', moeCode: '4112010055' },
      { code: '51012', city: '凉山彝族自治州' },
    ]);
  });

  it('a province renamed renames it once, with its schools counted as updated', async () => {
    await takeIn('12,天津,12001,南开大学,,,');
    expect(await takeIn('12,天津市,12001,南开大学,,,')).toMatchObject({ updated: 1 });
    expect(await takeIn('12,天津市,12001,南开大学,,,')).toMatchObject({ unchanged: 1 });
    expect(await world.rows(Province)).toEqual([{ code: '12', name: '天津市' }]);
    expect(await changesOf('school.edit', '12001')).toEqual([
      [{ provinceName: '天津' }, { provinceName: '天津市' }],
    ]);
  });

  it('are refused line by line', async () => {
    const result = await takeIn(
      '12,天津市,15001,南开大学,,,',
      '12,北京市,12002,天津大学,,,',
      '1,天津市,12003,,,,',
      `12,天津市,12004,${'长'.repeat(101)},,,`,
      '12,天津市,12005,天津科技大学,,,4.112E+09',
    );
    expect(shortly(result)).toEqual([
      '2 school_code PROVINCE_MISMATCH',
      '3 province_name PROVINCE_HAS_TWO_NAMES',
      '4 province_code MALFORMED',
      '4 school_name REQUIRED',
      '5 school_name TOO_LONG',
      '6 moe_code CHANGED_BY_EXCEL',
    ]);
    expect(await world.rows(School)).toEqual([]);
    expect(await world.rows(Province)).toEqual([]);
  });
});

describe('Campuses', () => {
  beforeAll(() => world.places());
  afterAll(() => world.empty(Campus, School, Province, Sitting));
  const HEADER = '学校代码,校区代码,校区名称,允许跨校区口试';
  const takeIn = (...lines: string[]) =>
    world.use(ImportCampuses).execute({ file: world.file([HEADER, ...lines]) }, CLERK);

  it('allow orals elsewhere unless the file says otherwise', async () => {
    await takeIn('12001,120013,泰达校区,', '12001,120014,伏苓路校区,否');
    const campuses = (await world.rows(Campus)).filter(({ code }) => code > '120012' && code < '15');
    expect(campuses).toMatchObject([
      { code: '120013', provinceCode: '12', schoolCode: '12001', oralElsewhereAllowed: true },
      { code: '120014', oralElsewhereAllowed: false },
    ]);
    await takeIn('12001,120013,滨海校区,');
    expect(await changesOf('campus.edit', '120013')).toEqual([[{ name: '泰达校区' }, { name: '滨海校区' }]]);
  });

  it('are refused line by line', async () => {
    const result = await takeIn('99999,999990,甲,是', '12001,150012,乙,', '12001,12001,丙,也许');
    expect(shortly(result)).toEqual([
      '2 school_code UNKNOWN_SCHOOL',
      '3 campus_code CAMPUS_OF_OTHER_SCHOOL',
      '4 campus_code MALFORMED',
      '4 oral_elsewhere_allowed NOT_IN_LIST',
    ]);
  });
});

describe('Venues', () => {
  let sitting: Sitting;
  beforeAll(async () => {
    sitting = await world.places();
  });
  afterEach(() => world.empty(Venue, SeatLedgerLine));
  const HEADER =
    '校区代码,科目,容量,费用（元）,考试开始时间,考试结束时间,报名开始时间,报名结束时间,招生范围,准考证打印方式,准考证打印时间';
  const takeIn = (...lines: string[]) =>
    world.use(ImportVenues).execute({ file: world.file([HEADER, ...lines]), sitting: 262 }, CLERK);
  const shanghai = (time: string) => new Date(`${time}:00+08:00`);
  const CET4 =
    '120010,英语四级,500,30.00,2026/12/12 9:00,2026/12/12 11:20,2026-10-26 09:00,2026-11-09 17:00,本校,考生自行打印,2026-12-02 09:00';

  it('are stored with what the file says, times in Shanghai, fees in fen', async () => {
    expect(await takeIn(CET4, '150010,7,0,,,,,,,,')).toMatchObject({ stored: true });
    const [cet4, russian] = (await world.rows(Venue)).sort((a, b) => (a.campusCode < b.campusCode ? -1 : 1));
    expect(cet4).toMatchObject({
      sittingId: sitting.id,
      provinceCode: '12',
      schoolCode: '12001',
      campusCode: '120010',
      subjectCode: '1',
      kind: 'WRITTEN',
      level: 4,
      feeFen: 3000,
      capacity: 500,
      taken: 0,
      waiting: 0,
      sequence: 0,
      examStartsAt: shanghai('2026-12-12T09:00'),
      examEndsAt: shanghai('2026-12-12T11:20'),
      opensAt: shanghai('2026-10-26T09:00'),
      closesAt: shanghai('2026-11-09T17:00'),
      admits: 'OWN_SCHOOL',
      admittedSchools: null,
      ticketPrinting: 'SELF',
      ticketAvailableAt: shanghai('2026-12-02T09:00'),
    });
    expect(russian).toMatchObject({
      subjectCode: '7',
      capacity: 0,
      feeFen: null,
      examStartsAt: null,
      admits: 'OWN_SCHOOL',
    });
    expect(await takeIn(CET4)).toMatchObject({ unchanged: 1 });
  });

  it('take the schools the file names, all, or only their own', async () => {
    const venue = (subject: string, admits: string) => `120010,${subject},1,,,,,,${admits},学校统一打印,`;
    await takeIn(venue('日语四级', '15001'), venue('德语四级', '全部'), venue('F', '"15001、12001"'));
    const venues = (await world.rows(Venue)).sort((a, b) => (a.subjectCode < b.subjectCode ? -1 : 1));
    expect(venues).toMatchObject([
      { subjectCode: '3', admits: 'LISTED_SCHOOLS', admittedSchools: ['15001'], ticketPrinting: 'SCHOOL' },
      { subjectCode: '5', admits: 'ALL_SCHOOLS', admittedSchools: null },
      { subjectCode: 'F', kind: 'ORAL', admits: 'LISTED_SCHOOLS', admittedSchools: ['15001', '12001'] },
    ]);
    await takeIn(venue('日语四级', ''));
    const japanese = (await world.rows(Venue)).find(({ subjectCode }) => subjectCode === '3');
    expect(japanese).toMatchObject({ admits: 'OWN_SCHOOL', admittedSchools: null });
  });

  it('leave what the file has no column for as it is', async () => {
    await takeIn(CET4);
    const file = world.file(['campus_code,subject,capacity', '120010,1,600']);
    await world.use(ImportVenues).execute({ file, sitting: 262 }, CLERK);
    const [venue] = await world.rows(Venue);
    expect(venue).toMatchObject({ capacity: 600, feeFen: 3000, ticketPrinting: 'SELF' });
    expect(await changesOf('venue.edit', venue!.id)).toEqual([[{ capacity: 500 }, { capacity: 600 }]]);
  });

  it('change their capacity through the seats, never below those taken', async () => {
    await takeIn(CET4);
    const [venue] = await world.rows(Venue);
    await world.unitOfWork.run(async (tx) => {
      for (let seat = 0; seat < 3; seat++) {
        await world.use(VenueSeats).claim(tx, { venueId: venue!.id, holderId: newId(), cause: 'test' });
      }
    });
    const withSeats = (seats: number) => CET4.replace(',500,', `,${seats},`);
    expect(shortly(await takeIn(withSeats(2)))).toEqual(['2 capacity CAPACITY_BELOW_TAKEN']);
    expect(await world.rows(Venue)).toMatchObject([{ capacity: 500, taken: 3, sequence: 3 }]);

    expect(await takeIn(withSeats(3))).toMatchObject({ updated: 1 });
    expect(await world.rows(Venue)).toMatchObject([{ capacity: 3, taken: 3, sequence: 4 }]);
    const resize = (await world.rows(SeatLedgerLine)).find(({ move }) => move === 'RESIZE');
    expect(resize).toMatchObject({ sequence: 4, capacity: 3, taken: 3, cause: 'SYSTEM import' });
  });

  it('are refused line by line', async () => {
    const times = '2026-12-12 11:00,2026-12-12 09:00';
    const result = await takeIn(
      '999990,1,1,,,,,,,,',
      '120010,法语六级,-1,三十,,,,,,,',
      `120010,1,1,30,${times},${times},本校,,`,
      '120010,2,1,30,2026-12-12 09:00,,,2026-11-09 17:00,12001;99999,,',
      '120010,3,1,30,明天,,,,本省,网上,',
    );
    expect(shortly(result)).toEqual([
      '2 campus_code UNKNOWN_CAMPUS',
      '3 subject NOT_IN_LIST',
      '3 capacity OUT_OF_RANGE',
      '3 fee_yuan MALFORMED',
      '4 closes_at ENDS_BEFORE_IT_BEGINS',
      '4 exam_ends_at EXAM_TIME_INVALID',
      '5 admits UNKNOWN_SCHOOL',
      '5 closes_at ONE_END_ONLY',
      '5 exam_ends_at EXAM_TIME_INVALID',
      '5 admits CET_IS_TAKEN_AT_HOME',
      '6 exam_starts_at MALFORMED',
      '6 admits NOT_IN_LIST',
      '6 ticket_printing NOT_IN_LIST',
    ]);
    expect(await world.rows(Venue)).toEqual([]);
  });

  it('belong to a sitting that is there: the current one, unless another is named', async () => {
    const execute = (number?: number) =>
      world.use(ImportVenues).execute({ file: world.file([HEADER, CET4]), sitting: number }, CLERK);
    await expect(execute(251)).rejects.toMatchObject({ code: 'SITTING_NOT_FOUND' });
    const other = await world.use(AddSitting).execute({ number: 251 }, CLERK);
    await execute(251);
    await execute();
    const sittings = (await world.rows(Venue)).map(({ sittingId }) => sittingId).sort();
    expect(sittings).toEqual([sitting.id, other.id].sort());
  });

  it('are not for a school’s or a province’s staff to take in: files set windows and places too', async () => {
    const file = world.file([HEADER, CET4]);
    const teacher = { type: 'STAFF', staffId: newId(), role: 'SCHOOL', schoolCode: '12001' } as const;
    const imports = [world.use(ImportSchools), world.use(ImportCampuses), world.use(ImportVenues)];
    for (const one of imports) expect(() => one.execute({ file }, teacher)).toThrow('NOT_YOUR_ROLE');
  });
});

describe('A sitting', () => {
  it('has a number of a year and a half, the usual name, and the policies of today', async () => {
    const sitting = await world.use(AddSitting).execute({ number: 271 }, CLERK);
    expect(sitting).toMatchObject({
      name: '2027年上半年全国大学英语四、六级考试',
      current: false,
      payHours: 24,
      oralNeedsWritten: 'PAID',
    });
    await expect(world.use(AddSitting).execute({ number: 271 }, CLERK)).rejects.toMatchObject({
      code: 'SITTING_EXISTS',
    });
    for (const number of [0, 26, 263, 2621]) {
      await expect(world.use(AddSitting).execute({ number }, CLERK)).rejects.toMatchObject({
        code: 'SITTING_NUMBER_INVALID',
      });
    }
  });

  it('that becomes the current one takes the place of the other', async () => {
    await world.use(AddSitting).execute({ number: 272, name: '下一次', current: true }, CLERK);
    const current = (await world.rows(Sitting)).filter((sitting) => sitting.current);
    expect(current).toMatchObject([{ number: 272, name: '下一次' }]);
  });
});
