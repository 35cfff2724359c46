import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { NumberColumn, TextColumn } from '../../../src/platform/database/columns.js';
import { dataSourceOptions } from '../../../src/platform/database/data-source.js';
import { inBulk, insertAll, insertOrUpdate } from '../../../src/platform/database/dialect.js';
import { takeTurnsOnSqlite } from '../../../src/platform/database/serial-sqlite.js';
import { RowsChangedError } from '../../../src/platform/database/staged-rows.js';

@Entity('student')
class Student {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  number: string;
  @TextColumn(100)
  name: string;
  @NumberColumn({ nullable: true })
  year: number | null;
}

const dataDir = mkdtempSync(join(tmpdir(), 'cet_test_bulk_'));
let dataSource: DataSource;
beforeAll(async () => {
  const options = dataSourceOptions({ dataDir, databasePool: 1 }, [Student]);
  dataSource = await takeTurnsOnSqlite(new DataSource(options)).initialize();
  await dataSource.query(
    'CREATE TABLE student (number varchar PRIMARY KEY, name varchar NOT NULL, year int)',
  );
});
afterAll(async () => {
  await dataSource.destroy();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  await dataSource.query('DELETE FROM student');
  await dataSource.query("INSERT INTO student VALUES ('1', '王芳', 2024), ('2', '李明', NULL)");
});

const student = (number: string, name: string, year: number | null = null): Student => ({
  number,
  name,
  year,
});
const add = (manager: EntityManager, ...rows: Student[]) => insertAll<Student>(manager, Student, rows);
const put = (manager: EntityManager, ...rows: Student[]) =>
  insertOrUpdate<Student>(manager, Student, rows, { key: ['number'] });
const names = async (manager: EntityManager = dataSource.manager) =>
  (await manager.query<{ name: string }[]>('SELECT name FROM student ORDER BY number')).map(
    ({ name }) => name,
  );

it('many rows are stored together, at the end, with what is added then', async () => {
  const prepared = await inBulk(
    dataSource,
    async (manager) => {
      await add(manager, student('3', '赵敏'));
      await put(manager, student('2', '李明明'), student('4', '周涛'));
      await add(manager, student('5', '吴强'));
      return [await names(manager), await names()];
    },
    async (manager) => {
      expect(await names(manager)).toEqual(['王芳', '李明明', '赵敏', '周涛', '吴强']);
      await add(manager, student('6', '郑丽'));
    },
  );
  expect(prepared).toEqual([
    ['王芳', '李明'],
    ['王芳', '李明'],
  ]);
  expect(await names()).toEqual(['王芳', '李明明', '赵敏', '周涛', '吴强', '郑丽']);
});

it('nobody waits while they are got ready', async () => {
  await inBulk(
    dataSource,
    async (manager) => {
      await put(manager, student('2', '李明明'));
      await dataSource.transaction((tx) => add(tx, student('9', '别人')));
    },
    async () => undefined,
  );
  expect(await names()).toEqual(['王芳', '李明明', '别人']);
});

it.each<[string, (manager: EntityManager) => Promise<unknown>]>([
  ['changed', (manager) => manager.query("UPDATE student SET year = 2025 WHERE number = '2'")],
  ['emptied', (manager) => manager.query("UPDATE student SET year = NULL WHERE number = '1'")],
  ['taken away', (manager) => manager.query("DELETE FROM student WHERE number = '2'")],
  ['added', (manager) => add(manager, student('3', '别人'))],
])('nothing is stored where somebody has %s what a row meets', async (_, meanwhile) => {
  const storing = inBulk(
    dataSource,
    async (manager) => {
      await put(manager, student('1', '王芳芳', 2024), student('2', '李明明'));
      await put(manager, student('3', '赵敏'));
      await meanwhile(dataSource.manager);
    },
    async () => undefined,
  );
  await expect(storing).rejects.toBeInstanceOf(RowsChangedError);
  const stored = await names();
  expect(stored.filter((name) => ['王芳芳', '李明明', '赵敏'].includes(name))).toEqual([]);
});

it('nothing is stored where a new row is there already, or what is added at the end fails', async () => {
  const twice = inBulk(
    dataSource,
    async (manager) => {
      await put(manager, student('2', '李明明'));
      await add(manager, student('1', '另一个'));
    },
    async () => undefined,
  );
  await expect(twice).rejects.toMatchObject({ driverError: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
  const failing = inBulk(
    dataSource,
    (manager) => put(manager, student('2', '李明明')),
    async () => {
      throw new Error('the end');
    },
  );
  await expect(failing).rejects.toThrow('the end');
  expect(await names()).toEqual(['王芳', '李明']);
});

it('whatever else is written while they are got ready is refused: it would be stored at once', async () => {
  const writing = inBulk(
    dataSource,
    (manager) => manager.query("UPDATE student SET name = 'x'"),
    async () => undefined,
  );
  await expect(writing).rejects.toThrow('in a transaction');
  expect(await names()).toEqual(['王芳', '李明']);
});
