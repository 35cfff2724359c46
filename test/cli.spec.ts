import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, MoreThan } from 'typeorm';
import { Staff } from '../src/admin/staff/staff.entity.js';
import { entities } from '../src/entities.js';
import { StudentRecord } from '../src/modules/qualification/index.js';
import { Venue } from '../src/modules/sitting/index.js';
import { dataSourceOptions, openDataSource } from '../src/platform/database/data-source.js';
import { SqliteThread } from '../src/platform/database/sqlite-thread.js';
import { CommandLine } from './support/command-line.js';
import { engine, openTestDatabase, type TestDatabase } from './support/engine.js';

let database: TestDatabase;
let cet: CommandLine;
const folder = mkdtempSync(join(tmpdir(), 'cet-cli-files-'));
beforeAll(async () => {
  database = await openTestDatabase();
  cet = new CommandLine(database.config);
});
afterAll(async () => {
  cet.remove();
  rmSync(folder, { recursive: true });
  await database.drop();
});

const file = (lines: readonly string[]) => {
  const path = join(folder, 'file.csv');
  writeFileSync(path, lines.join('\n'));
  return path;
};

/** Looks into the database while no command has it open. */
async function look<T>(ask: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await openDataSource(dataSourceOptions(database.config, [...entities, Staff]));
  try {
    return await ask(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

// each command is a process of about a second, so each says something that no use-case's own test can
describe('cet', () => {
  it('makes its database, and takes files in, saying what became of them', async () => {
    expect(await cet.run(['migrate'])).toMatchObject({ code: 0, stderr: '' });
    expect((await cet.run(['demo'])).stdout).toContain('129901200503140177');
    const roster = await cet.run(['import', 'roster', 'samples/roster.csv', '--sitting', '262', '--dry-run']);
    expect(roster).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('24 unchanged') });
  });

  it('says where a line is wrong, and ends with 1', async () => {
    const faulty = file(['学校代码,校区代码,校区名称', '12001,12001,甲']);
    const { code, stdout, stderr } = await cet.run(['import', 'campuses', faulty]);
    expect(code).toBe(1);
    expect(stderr).toContain('line 2, 校区代码 campus_code: MALFORMED');
    expect(stdout).toContain('nothing was stored');
  });

  it('answers what it cannot do in plain words, without a stack', async () => {
    const cases: [string[], NodeJS.ProcessEnv, number, string][] = [
      [['sitting', 'add', '262'], {}, 1, 'SITTING_EXISTS'],
      [['demo'], { PORT: 'x' }, 1, 'PORT'],
      [['demo'], { DATABASE_URL: 'mysql://root@127.0.0.1:1/x' }, 1, 'ECONNREFUSED'],
      [['import', 'rosters', 'x.csv'], {}, 2, 'roster'],
      [['import', 'roster', 'x.csv', '--sitting', 'now'], {}, 2, 'must be a number'],
    ];
    const answers = await Promise.all(
      cases.map(async ([args, settings, code, words]) => ({
        said: await cet.run(args, { settings }),
        code,
        words,
      })),
    );
    for (const { said, code, words } of answers) {
      expect(said).toMatchObject({ code, stderr: expect.stringContaining(words) });
      expect(said.stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('adds staff once, with a password from a pipe, of which nothing is kept in clear', async () => {
    const add = ['staff', 'add', '--login', 'Office', '--name', '王老师', '--role'];
    const input = 'a long password\n';
    expect(
      await cet.run([...add, 'SCHOOL', '--school', '12001', '--password-stdin'], { input }),
    ).toMatchObject({
      code: 0,
    });
    expect(await cet.run([...add, 'CENTRAL'], { input })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('STAFF_LOGIN_TAKEN'),
    });
    const staff = await look((dataSource) => dataSource.manager.find(Staff));
    expect(staff).toMatchObject([
      { login: 'office', role: 'SCHOOL', provinceCode: '12', schoolCode: '12001' },
    ]);
    expect(staff[0]!.passwordHash).toMatch(/^\$argon2id\$/);
  });

  it('runs a job, and gives its result', async () => {
    const job = await cet.run(['run-job', 'seats.verify']);
    expect(job).toMatchObject({ code: 0, stderr: '' });
    expect(() => JSON.parse(job.stdout)).not.toThrow();
  });
});

describe('cet verify seats', () => {
  it('proves them all or one, names each fault, and ends with 1 where there are any', async () => {
    expect(await cet.run(['verify', 'seats'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/[1-9]\d* venues, 0 faults/),
    });
    const id = await look(async ({ manager }) => {
      const venue = await manager.findOneByOrFail(Venue, { waiting: 0, taken: 0, capacity: MoreThan(0) });
      await manager.update(Venue, { id: venue.id }, { taken: 1 });
      return venue.id;
    });
    const [all, one, none] = await Promise.all([
      cet.run(['verify', 'seats']),
      cet.run(['verify', 'seats', '--venue', id]),
      cet.run(['verify', 'seats', '--venue', 'nowhere']),
    ]);
    for (const said of [all, one])
      expect(said).toMatchObject({
        code: 1,
        stdout: expect.stringContaining(`${id}  -  taken is 1, the ledger says 0\n`),
      });
    expect(one.stdout).toContain('1 venues, 1 faults');
    expect(none).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('NOT_FOUND') });
  });
});

describe('An import killed in the middle', () => {
  const LINES = 60_000;
  const students = () => look((dataSource) => dataSource.manager.count(StudentRecord));

  /** Is it storing rows, though nobody can read them yet? On SQLite, nobody else can write meanwhile. */
  async function isMidway(): Promise<boolean> {
    if (engine === 'sqlite') return (await isLocked()) && sleep(30).then(isLocked);
    return look(async ({ manager }) => {
      await manager.query('SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED');
      const [row] = await manager.query<{ n: string }[]>('SELECT COUNT(*) AS n FROM student_record');
      return Number(row!.n) > 5000;
    });
  }

  async function isLocked(): Promise<boolean> {
    try {
      await another!.askAlone('SELECT 1');
      return false;
    } catch {
      return true;
    }
  }

  /** A connection that stays: opening one takes as long as storing a part of the file. */
  let another: SqliteThread | undefined;
  beforeAll(async () => {
    if (engine === 'sqlite')
      another = await SqliteThread.open(join(database.config.dataDir, 'cet.sqlite'), []);
  });
  afterAll(() => another?.close());

  it('leaves nothing, and the next one takes the whole file', async () => {
    const line = (i: number) => `120010,护照,K${String(i).padStart(8, '0')},考生${i},女,本科`;
    const lines = Array.from({ length: LINES }, (_, i) => line(i));
    const roster = file(['校区代码,证件类型,证件号码,姓名,性别,学历', ...lines]);
    const before = await students();

    const child = cet.start(['import', 'roster', roster]);
    const ended = once(child, 'close');
    while (!(await isMidway()) && child.exitCode === null) await sleep(20);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await students()).toBe(before);

    const again = await cet.run(['import', 'roster', roster]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`${LINES} inserted`) });
    expect(await students()).toBe(before + LINES);
  });
});
