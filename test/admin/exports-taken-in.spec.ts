import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as backOffice from '../../src/admin/index.js';
import { PanelContents } from '../../src/admin/panel/panel-contents.js';
import { fileLabel, ScopedResource } from '../../src/admin/panel/scoped.resource.js';
import { LoadDemo } from '../../src/demo/load-demo.use-case.js';
import { CET4_RESULT_COLUMNS } from '../../src/modules/qualification/import-cet4-results.use-case.js';
import { SUBJECT_LIST_COLUMNS } from '../../src/modules/qualification/import-subject-lists.use-case.js';
import { SUBJECT_RULE_COLUMNS } from '../../src/modules/qualification/import-subject-rules.use-case.js';
import {
  ImportRoster,
  ImportSubjectLists,
  ImportSubjectRules,
  StudentRecord,
} from '../../src/modules/qualification/index.js';
import { ROSTER_COLUMNS } from '../../src/modules/qualification/roster.columns.js';
import { CAMPUS_COLUMNS } from '../../src/modules/sitting/import-campuses.use-case.js';
import { SCHOOL_COLUMNS } from '../../src/modules/sitting/import-schools.use-case.js';
import { ImportCampuses, ImportSchools, ImportVenues } from '../../src/modules/sitting/index.js';
import { VENUE_COLUMNS } from '../../src/modules/sitting/venue.columns.js';
import type { Columns } from '../../src/platform/import/column.js';
import type { ImportCommand, ImportResult } from '../../src/platform/import/intake.js';
import { openedAndSaved, shownFor } from '../support/spreadsheet.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/** A list that is taken away can be taken in again, also by way of a spreadsheet, and nothing changes by it. */

let world: World;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cet-exports-'));
  world = await World.open({}, undefined, backOffice);
  await world.use(LoadDemo).execute();
  await addStaff(world, { login: 'central', role: 'CENTRAL' });
  await addStaff(world, { login: 'teacher', role: 'SCHOOL', provinceCode: '12', schoolCode: '12002' });
  await addStaff(world, { login: 'nankai', role: 'SCHOOL', provinceCode: '12', schoolCode: '12001' });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const takenAway = async (login: string, noun: string) => {
  const browser = new StaffBrowser(world);
  await browser.signsIn(login);
  const { text } = await browser.post(`/api/exports/${noun}`, { filters: {} }).expect(200);
  return text;
};
const cellsOf = (csv: string): string[][] => parse(csv, { bom: true });

interface Import {
  execute(command: ImportCommand, actor: { type: 'SYSTEM'; cause: string }): Promise<ImportResult>;
}
const takenIn = (type: abstract new (...args: never[]) => Import, csv: string) => {
  const file = join(folder, 'export.csv');
  writeFileSync(file, csv);
  return world.use(type).execute({ file }, { type: 'SYSTEM', cause: 'test' });
};

const EXPORTS: [string, string, abstract new (...args: never[]) => Import][] = [
  ['student-records', 'nankai', ImportRoster],
  ['student-records', 'teacher', ImportRoster],
  ['subject-list-lines', 'nankai', ImportSubjectLists],
  ['subject-rules', 'central', ImportSubjectRules],
  ['venues', 'central', ImportVenues],
  ['campuses', 'central', ImportCampuses],
  ['schools', 'central', ImportSchools],
];

test.each(EXPORTS)('%s, as %s takes them away', async (noun, login, type) => {
  const csv = await takenAway(login, noun);
  for (const file of [csv, openedAndSaved(csv)]) {
    const { lines, unchanged, faults } = await takenIn(type, file);
    expect(faults).toEqual([]);
    expect(lines).toBeGreaterThan(0);
    expect(unchanged).toBe(lines);
  }
});

describe('Texts that a spreadsheet would change', () => {
  const TEXTS = [
    ...['07328164', '00037', '2610001', '130123456789012345', '1.10', '1,234', '50%', '(7)', '24E10'],
    ...[
      '3-1',
      '1/2',
      '2024-9',
      '2024/09/01',
      '2024年9月',
      '9月1日',
      'MAR1',
      'Sept-2',
      '1-Dec',
      '５-１',
      '1.2.3',
    ],
    ...['9:00', '下午3:30', '9时30分', '3 p', '1 1/2', 'TRUE', 'false', '=1+1', '-1班', '+86', '@1', '＝A1'],
    ...[
      "'=1+1",
      "''-1",
      "'quoted",
      '1班',
      '材化1班',
      'U202313702',
      '2024级',
      '一,二',
      'say "so"',
      'E1',
      'May',
    ],
  ];

  beforeAll(async () => {
    const [known] = await world.dataSource.manager.findBy(StudentRecord, {
      details: { schoolCode: '12002' },
    });
    await world.unitOfWork.run((tx) =>
      tx.manager.insert(
        StudentRecord,
        TEXTS.map((text, i) => ({
          ...known!,
          id: `text-${i}`,
          details: {
            ...known!.details,
            documentType: 'PASSPORT' as const,
            documentNumber: `E100${String(i).padStart(4, '0')}`,
            name: '周雨桐',
            className: text,
            remark: `${text}\n${text}`,
          },
        })),
      ),
    );
  });

  it('come back as they were', async () => {
    const csv = await takenAway('teacher', 'student-records');
    const { unchanged, lines, faults } = await takenIn(ImportRoster, csv);
    expect(faults).toEqual([]);
    expect(unchanged).toBe(lines);
    expect(lines).toBeGreaterThan(TEXTS.length);
  });

  it('and when a spreadsheet has opened and saved them', async () => {
    const csv = await takenAway('teacher', 'student-records');
    const { unchanged, lines, faults } = await takenIn(ImportRoster, openedAndSaved(csv));
    expect(faults).toEqual([]);
    expect(unchanged).toBe(lines);
  });

  it('are shown as they are', async () => {
    const [header, ...rows] = cellsOf(await takenAway('teacher', 'student-records'));
    const at = header!.indexOf('班级');
    for (const cells of rows) expect(shownFor(cells[at]!)).toBe(cells[at]);
    // without protection most of them would not be
    expect(TEXTS.filter((text) => shownFor(text) !== text).length).toBeGreaterThanOrEqual(25);
  });
});

it('numbers that may be counted with stay numbers', async () => {
  const [header, ...rows] = cellsOf(await takenAway('central', 'venues'));
  for (const column of ['容量', '费用', '已占考位'])
    for (const cells of rows) expect(cells[header!.indexOf(column)]).toMatch(/^\d*(\.\d*[1-9])?$/);
});

it('every list that is taken away with all that an import asks for is among them', () => {
  const kinds: Record<string, Columns> = {
    ...{ ROSTER_COLUMNS, SUBJECT_LIST_COLUMNS, SUBJECT_RULE_COLUMNS, CET4_RESULT_COLUMNS },
    ...{ VENUE_COLUMNS, CAMPUS_COLUMNS, SCHOOL_COLUMNS },
  };
  const exported = world.use(PanelContents).nouns.filter((noun) => noun.exported);
  const canBeTakenIn = exported.filter((noun) => {
    const labels = new ScopedResource(noun, world.unitOfWork).exportedColumns.map(fileLabel);
    return Object.values(kinds).some((columns) =>
      Object.values(columns).every(({ zh, required }) => !required || labels.includes(zh)),
    );
  });
  // registrations say all that a roster does of a student, and are none: their other columns are refused
  expect(canBeTakenIn.map(({ id }) => id).sort()).toEqual(
    [...new Set(EXPORTS.map(([noun]) => noun)), 'registrations'].sort(),
  );
});
