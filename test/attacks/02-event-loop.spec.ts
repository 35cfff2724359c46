import type { Logger } from 'typeorm';
import * as backOffice from '../../src/admin/index.js';
import { StudentRecord } from '../../src/modules/qualification/index.js';
import { CompiledApplication } from '../faults/app-process.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

/**
 * An export of 200,000 rows stopped everybody for 5 to 7 s, a file that was read nearly as long, printing tickets for as
 * long as they were asked for. Long work goes on piece by piece, and the loop turns between any two of them; nothing is
 * timed here.
 */

/** The statements, each with the turn of the loop that it was asked in. */
class Watch implements Logger {
  private seen: { sql: string; parameters: number; turn: number }[] = [];
  private turn = 0;
  private over = true;

  async during(work: () => Promise<unknown>) {
    this.seen = [];
    this.over = false;
    setImmediate(() => this.count());
    await work();
    this.over = true;
    return this.seen;
  }

  private count(): void {
    this.turn++;
    if (!this.over) setImmediate(() => this.count());
  }

  logQuery(sql: string, parameters: unknown[] = []): void {
    this.seen.push({ sql, parameters: parameters.length, turn: this.turn });
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

const SCHOOL = { schoolCode: '12001', provinceCode: '12' };
/** The most rows or lines that are worked on between two turns. */
const PIECE = 200;
const watch = new Watch();
let world: World;
let teacher: StaffBrowser;
beforeAll(async () => {
  world = await World.open({}, watch, backOffice);
  await world.campus({ schoolCode: SCHOOL.schoolCode, code: '120010' });
  await world.sitting();
  await addStaff(world, { login: 'teacher', role: 'SCHOOL', ...SCHOOL });
  teacher = new StaffBrowser(world);
  await teacher.signsIn('teacher');
});
afterAll(() => world.close());
afterEach(() => world.unitOfWork.run((tx) => tx.manager.clear(StudentRecord)));

const HEADER = '校区代码,证件类型,证件号码,姓名,性别,学历';
const lineOf = (i: number) => `120010,护照,E${String(i).padStart(8, '0')},考生${i},女,本科`;
const rosterOf = (count: number) =>
  [HEADER, ...Array.from({ length: count }, (_, i) => lineOf(i))].join('\n');

const brings = (verb: string, content: string, request: object = {}) =>
  teacher
    .post(`/api/tools/roster-import/${verb}`)
    .query({ file: 'roster.csv', request: JSON.stringify(request) })
    .set('Content-Type', 'application/octet-stream')
    .send(content);

async function takesIn(count: number): Promise<void> {
  const content = rosterOf(count);
  const { sha256 } = (await brings('check', content).expect(200)).body;
  const { body } = await brings('take', content, { sha256, takeGood: false }).expect(200);
  expect([body.good, body.stored]).toEqual([count, true]);
}

/** Each is asked in another turn than the one before. */
function eachInATurnOfItsOwn(asked: readonly { turn: number }[]): void {
  expect(new Set(asked.map(({ turn }) => turn)).size).toBe(asked.length);
}

test('a list is taken away by pages, with a turn of the loop between them, and in steps as many as it has pages', async () => {
  const taken = async () => {
    let lines = 0;
    const seen = await watch.during(async () => {
      const { text } = await teacher.post('/api/exports/student-records', { filters: {} }).expect(200);
      lines = text.trim().split('\r\n').length - 1;
    });
    const pages = seen.filter(({ sql }) => /FROM .student_record. .*LIMIT/s.test(sql));
    return { lines, statements: seen.length, pages };
  };
  await takesIn(1_000);
  const once = await taken();
  await world.unitOfWork.run((tx) => tx.manager.clear(StudentRecord));
  await takesIn(2_000);
  const twice = await taken();
  expect([once.lines, twice.lines]).toEqual([1_000, 2_000]);
  for (const { pages, lines } of [once, twice]) {
    expect(pages.length).toBeGreaterThanOrEqual(lines / PIECE);
    for (const { sql } of pages) expect(Number(/LIMIT (\d+)/.exec(sql)![1])).toBeLessThanOrEqual(PIECE);
    eachInATurnOfItsOwn(pages);
  }
  expect(twice.statements).toBeLessThanOrEqual(2.2 * once.statements);
});

test.each([
  ['checked', 'check'],
  ['taken in', 'take'],
])('a file is %s by pieces, with a turn of the loop between them', async (_, verb) => {
  const read = async (count: number) => {
    const content = rosterOf(count);
    const { sha256 } = (await brings('check', content).expect(200)).body;
    const request = verb === 'take' ? { sha256, takeGood: false } : {};
    const seen = await watch.during(() => brings(verb, content, request).expect(200));
    await world.unitOfWork.run((tx) => tx.manager.clear(StudentRecord));
    const pieces = seen.filter(({ sql }) => /^SELECT .*FROM .student_record. .* IN \(/s.test(sql));
    return { statements: seen.length, pieces };
  };
  const [once, twice] = [await read(1_000), await read(2_000)];
  expect(once.pieces).toHaveLength(1_000 / PIECE);
  expect(twice.pieces).toHaveLength(2_000 / PIECE);
  for (const { pieces } of [once, twice]) {
    for (const { parameters } of pieces) expect(parameters).toBeLessThanOrEqual(PIECE + 1);
    eachInATurnOfItsOwn(pieces);
  }
  expect(twice.statements).toBeLessThanOrEqual(2.2 * once.statements);
});

test('tickets are drawn elsewhere than in the loop’s own thread', async () => {
  const application = await CompiledApplication.make();
  try {
    const told = await application.tell('test/faults/printing.js');
    expect(told).toEqual({ begin: ['%PDF-', '%PDF-', '%PDF-'], drawsHere: false });
  } finally {
    await application.remove();
  }
});
