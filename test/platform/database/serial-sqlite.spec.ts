import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { DataSource, type EntityManager } from 'typeorm';
import { dataSourceOptions } from '../../../src/platform/database/data-source.js';
import { inOneMoment } from '../../../src/platform/database/dialect.js';
import { takeTurnsOnSqlite } from '../../../src/platform/database/serial-sqlite.js';
import { SqliteThread } from '../../../src/platform/database/sqlite-thread.js';

/** What one transaction does: so many lines, then it commits or fails. */
interface Plan {
  lines: number;
  pauses: number[];
  fails: boolean;
}

describe('transactions at once on SQLite', () => {
  const folders: string[] = [];
  const opened: DataSource[] = [];

  async function open(takeTurns: (dataSource: DataSource) => DataSource): Promise<DataSource> {
    const dataDir = mkdtempSync(join(tmpdir(), 'cet_test_turns_'));
    folders.push(dataDir);
    const options = dataSourceOptions({ dataDir, databasePool: 1 }, []);
    const dataSource = await takeTurns(new DataSource(options)).initialize();
    opened.push(dataSource);
    await dataSource.query('CREATE TABLE line (writer integer NOT NULL, n integer NOT NULL)');
    return dataSource;
  }
  const withTurns = () => open((dataSource) => takeTurnsOnSqlite(dataSource));
  const withoutTurns = () => open((dataSource) => dataSource);

  const write = (manager: EntityManager, writer: number, n = 0) =>
    manager.query('INSERT INTO line (writer, n) VALUES (?, ?)', [writer, n]);
  const writers = async (dataSource: DataSource) => {
    const rows = await dataSource.query<{ writer: number }[]>('SELECT writer FROM line ORDER BY writer, n');
    return rows.map(({ writer }) => writer);
  };

  afterAll(async () => {
    for (const dataSource of opened) await dataSource.destroy();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('leave room between them for whoever is at the door', async () => {
    const dataSource = await withTurns();
    let heard = false;
    setImmediate(() => {
      heard = true;
    });
    for (let i = 0; i < 20 && !heard; i++) await dataSource.transaction((manager) => write(manager, i));
    expect(heard).toBe(true);
  });

  /** A transaction that fails while another one commits. */
  async function oneFailsWhileAnotherCommits(dataSource: DataSource): Promise<number[]> {
    const failing = dataSource.transaction(async (manager) => {
      await write(manager, 1);
      await sleep(30);
      throw new Error('The first one fails.');
    });
    const committing = sleep(10).then(() => dataSource.transaction((manager) => write(manager, 2)));
    await Promise.allSettled([failing, committing]);
    return writers(dataSource);
  }

  it('commit and roll back each for itself', async () => {
    expect(await oneFailsWhileAnotherCommits(await withTurns())).toEqual([2]);
  });

  it('control: without turns, what one has committed goes with the failure of the other', async () => {
    expect(await oneFailsWhileAnotherCommits(await withoutTurns())).not.toEqual([2]);
  });

  const plans = fc.array(
    fc.record({
      lines: fc.integer({ min: 1, max: 3 }),
      pauses: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
      fails: fc.boolean(),
    }),
    { minLength: 2, maxLength: 5 },
  );

  /** Runs all at once, pausing where the plan says; are exactly the lines of those that committed there? */
  async function keepsWhatCommitted(dataSource: DataSource, all: Plan[]): Promise<boolean> {
    await dataSource.query('DELETE FROM line');
    const outcomes = await Promise.allSettled(
      all.map(async ({ lines, pauses, fails }, writer) => {
        for (let turns = 0; turns < pauses[3]!; turns++) await nextTurn();
        await dataSource.transaction(async (manager) => {
          for (let n = 0; n < lines; n++) {
            await write(manager, writer, n);
            for (let turns = 0; turns < pauses[n]!; turns++) await nextTurn();
          }
          if (fails) throw new Error('as planned');
        });
      }),
    );
    const expected = all.flatMap(({ lines, fails }, writer) =>
      fails ? [] : Array<number>(lines).fill(writer),
    );
    const asPlanned = outcomes.every(({ status }, i) => (status === 'rejected') === all[i]!.fails);
    return asPlanned && JSON.stringify(await writers(dataSource)) === JSON.stringify(expected);
  }

  it('keep the lines of those that commit, however they interleave', async () => {
    const dataSource = await withTurns();
    await fc.assert(
      fc.asyncProperty(plans, (all) => keepsWhatCommitted(dataSource, all)),
      { numRuns: 200 },
    );
  });

  it('control: without turns, an interleaving that loses or keeps too much is soon found', async () => {
    const found = await fc.check(
      fc.asyncProperty(plans, async (all) => keepsWhatCommitted(await withoutTurns(), all)),
      { numRuns: 50, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });

  it('let nobody outside write before they end, and show nobody what is not committed', async () => {
    const dataSource = await withTurns();
    const events: string[] = [];
    const transaction = dataSource.transaction(async (manager) => {
      await write(manager, 1);
      const writing = write(dataSource.manager, 2).then(() => events.push('write'));
      events.push(`read [${await writers(dataSource)}]`);
      events.push('transaction');
      return { writing };
    });
    await (await transaction).writing;
    expect(events).toEqual(['read []', 'transaction', 'write']);
    expect(await writers(dataSource)).toEqual([1, 2]);
  });

  it('may nest: an inner failure undoes the inner part only', async () => {
    const dataSource = await withTurns();
    await dataSource.transaction(async (manager) => {
      await write(manager, 1);
      const inner = manager.transaction(async (nested) => {
        await write(nested, 2);
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
      await write(manager, 3);
    });
    expect(await writers(dataSource)).toEqual([1, 3]);
  });

  it('come in the order they were asked for', async () => {
    const dataSource = await withTurns();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4, 5].map((writer) =>
        dataSource.transaction(async (manager) => {
          await write(manager, writer);
          await nextTurn();
          order.push(writer);
        }),
      ),
    );
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('who waits too long is told to try again, and the line goes on without them', async () => {
    const dataSource = await open((source) => takeTurnsOnSqlite(source, { turn: 40 }));
    const slow = dataSource.transaction(async (manager) => {
      await write(manager, 1);
      await sleep(120);
    });
    await sleep(5);
    await expect(write(dataSource.manager, 2)).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await slow;
    await write(dataSource.manager, 3);
    expect(await writers(dataSource)).toEqual([1, 3]);
  });

  it('whoever lets go in the middle leaves nothing behind and blocks nobody', async () => {
    const dataSource = await withTurns();
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('INSERT INTO line (writer, n) VALUES (1, 0)');
    await runner.release();
    await write(dataSource.manager, 2);
    expect(await writers(dataSource)).toEqual([2]);
  });

  it('whoever looks at one moment sees nothing of what is committed meanwhile, and is in nobody’s way', async () => {
    const dataSource = await withTurns();
    await write(dataSource.manager, 1);
    const seen = await inOneMoment(dataSource, async (manager) => {
      const before = await manager.query('SELECT writer FROM line');
      await dataSource.transaction((tx) => write(tx, 2));
      return [before, await manager.query('SELECT writer FROM line')];
    });
    expect(seen).toEqual([[{ writer: 1 }], [{ writer: 1 }]]);
    expect(await writers(dataSource)).toEqual([1, 2]);
  });

  it('a Date or a yes-or-no parameter does not end the process', async () => {
    const dataSource = await withTurns();
    const time = new Date('2026-11-21T01:00:00.000Z');
    expect(await dataSource.query('SELECT ? AS a', [time])).toMatchObject([{ a: '2026-11-21 01:00:00.000' }]);
    expect(await dataSource.query('SELECT ? AS a, ? AS b', [true, false])).toMatchObject([{ a: 1, b: 0 }]);
  });
});

describe('whatever SQLite does or waits for, the loop goes on', () => {
  const opened: DataSource[] = [];
  let dataDir: string;
  let file: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cet_test_loop_'));
    file = join(dataDir, 'cet.sqlite');
  });
  afterEach(async () => {
    for (const dataSource of opened.splice(0)) await dataSource.destroy();
    rmSync(dataDir, { recursive: true });
  });

  async function open(takeTurns: (dataSource: DataSource) => DataSource): Promise<DataSource> {
    const dataSource = takeTurns(new DataSource(dataSourceOptions({ dataDir, databasePool: 1 }, [])));
    opened.push(await dataSource.initialize());
    await dataSource.query('CREATE TABLE line (writer integer NOT NULL)');
    return dataSource;
  }

  const LOOKED = 500;

  /** How often the loop comes round while `work` is under way, as long as anybody looks. */
  async function turnsDuring(work: Promise<unknown>): Promise<number> {
    let over = false;
    const end = () => {
      over = true;
    };
    work.then(end, end);
    let turns = 0;
    for (; !over && turns < LOOKED; turns++) await nextTurn();
    return turns;
  }

  const LONG = `WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000000)
    SELECT COUNT(*) AS n FROM number`;

  it('a long search', async () => {
    const dataSource = await open(takeTurnsOnSqlite);
    for (const begin of [
      () => dataSource.query(`SELECT * FROM (${LONG})`),
      () => dataSource.transaction((tx) => tx.query(LONG)),
    ]) {
      const search = begin();
      expect(await turnsDuring(search)).toBe(LOOKED);
      expect(await search).toEqual([{ n: 1_000_000 }]);
    }
  });

  it('control: with the driver in the loop’s own thread, nobody is heard', async () => {
    const dataSource = await open((source) => source);
    expect(await turnsDuring(dataSource.query(LONG))).toBeLessThan(5);
  });

  it('the lock of another process, which whoever wants to write waits for, and whoever only reads does not', async () => {
    const dataSource = await open(takeTurnsOnSqlite);
    const another = await SqliteThread.open(file, []);
    await another.ask('BEGIN IMMEDIATE');
    await another.ask('INSERT INTO line VALUES (7)');
    const writing = [
      dataSource.transaction((tx) => tx.query('INSERT INTO line VALUES (1)')),
      dataSource.query('INSERT INTO line VALUES (2)'),
    ];
    expect(await turnsDuring(Promise.all(writing))).toBe(LOOKED);
    expect(await dataSource.query('SELECT * FROM line')).toEqual([]);
    await another.ask('COMMIT');
    await Promise.all(writing);
    expect(await dataSource.query('SELECT * FROM line')).toEqual([
      { writer: 7 },
      { writer: 1 },
      { writer: 2 },
    ]);
    await another.close();
  });

  it('one who waited too long for another process is told to try again, and left nothing half-begun', async () => {
    const dataSource = await open((source) => takeTurnsOnSqlite(source, { lock: 20 }));
    const another = await SqliteThread.open(file, []);
    await another.ask('BEGIN IMMEDIATE');
    const write = () => dataSource.transaction((tx) => tx.query('INSERT INTO line VALUES (1)'));
    await expect(write()).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await another.ask('COMMIT');
    await write();
    expect(await dataSource.query('SELECT * FROM line')).toEqual([{ writer: 1 }]);
    await another.close();
  });

  it('is told what the driver says, with the statement and its code', async () => {
    const dataSource = await open(takeTurnsOnSqlite);
    await dataSource.query('CREATE UNIQUE INDEX one ON line (writer)');
    await dataSource.query('INSERT INTO line VALUES (?)', [1]);
    const again = dataSource.query('INSERT INTO line VALUES (?)', [1]);
    await expect(again).rejects.toMatchObject({
      query: 'INSERT INTO line VALUES (?)',
      driverError: { code: 'SQLITE_CONSTRAINT_UNIQUE' },
    });
    await expect(dataSource.query('SELEC')).rejects.toMatchObject({ driverError: { code: 'SQLITE_ERROR' } });
  });
});
