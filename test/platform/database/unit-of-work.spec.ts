import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { DataSource, QueryFailedError } from 'typeorm';
import { dataSourceOptions, openDataSource } from '../../../src/platform/database/data-source.js';
import { DatabaseBusyError } from '../../../src/platform/database/turnstile.js';
import { Tx, UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import type { JobData, JobName } from '../../../src/platform/queue/job-names.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { StoryClock } from '../../support/clock.js';
import { openTestDatabase, type TestDatabase } from '../../support/engine.js';

/** A queue that keeps what it is given, or is away. */
class TestQueue extends JobQueue {
  readonly added: string[] = [];
  away = false;

  async add(name: JobName, data: JobData): Promise<void> {
    if (this.away) throw new Error('Redis is away');
    this.added.push([name, ...Object.values(data)].join(' '));
  }
  async check(): Promise<void> {}
}

describe('a unit of work', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let queue: TestQueue;
  let unitOfWork: UnitOfWork;
  const clock = new StoryClock();

  beforeAll(async () => {
    database = await openTestDatabase();
    dataSource = await openDataSource(dataSourceOptions(database.config, []));
    await dataSource.query('CREATE TABLE line (id integer NOT NULL PRIMARY KEY, n integer NOT NULL)');
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await dataSource.query('DELETE FROM line');
    queue = new TestQueue();
    unitOfWork = new UnitOfWork(dataSource, clock, queue);
  });

  const write = (tx: Tx, id: number) => tx.manager.query('INSERT INTO line (id, n) VALUES (?, 0)', [id]);
  const lines = async () =>
    (await dataSource.query<{ id: number }[]>('SELECT id FROM line ORDER BY id')).map(({ id }) => id);
  const deadlock = () =>
    new QueryFailedError(
      'UPDATE venue',
      [],
      Object.assign(new Error('Deadlock'), { code: 'ER_LOCK_DEADLOCK' }),
    );

  it('commits what it did and gives its answer', async () => {
    expect(await unitOfWork.run((tx) => write(tx, 1).then(() => 'done'))).toBe('done');
    expect(await lines()).toEqual([1]);
  });

  it('undoes everything when it fails, and says why', async () => {
    const failing = unitOfWork.run(async (tx) => {
      await write(tx, 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await lines()).toEqual([]);
  });

  it('reads the clock once', async () => {
    clock.reset();
    await unitOfWork.run(async (tx) => {
      const { now } = tx;
      clock.advance(1000);
      expect(tx.now).toBe(now);
    });
  });

  it.each([
    ['a deadlock', deadlock],
    ['a lock wait timeout', () => new QueryFailedError('', [], Object.assign(new Error(), { errno: 1205 }))],
    [
      'a row changed since it was read',
      () => new QueryFailedError('', [], Object.assign(new Error(), { errno: 1020 })),
    ],
    ['a busy SQLite', () => new DatabaseBusyError('busy')],
  ])('runs the whole closure again after %s, on a fresh transaction', async (_, conflict) => {
    const seen: Tx[] = [];
    await unitOfWork.run(async (tx) => {
      seen.push(tx);
      await write(tx, seen.length);
      tx.wake('waitlist.allocate', { attempt: String(seen.length) });
      if (seen.length < 3) throw conflict();
    });
    expect(new Set(seen).size).toBe(3);
    expect(await lines()).toEqual([3]);
    expect(queue.added).toEqual(['waitlist.allocate 3']);
  });

  it('gives up after eight attempts', async () => {
    let attempts = 0;
    const losing = unitOfWork.run(async () => {
      attempts++;
      throw deadlock();
    });
    await expect(losing).rejects.toThrow('Deadlock');
    expect(attempts).toBe(8);
  });

  it('does not run again what a rule or the schema refused', async () => {
    let attempts = 0;
    const refused = unitOfWork.run(async (tx) => {
      attempts++;
      await write(tx, 1);
      await write(tx, 1);
    });
    await expect(refused).rejects.toThrow(QueryFailedError);
    expect(attempts).toBe(1);
  });

  describe('wakes others', () => {
    it('after the commit, in the order it was asked to', async () => {
      let addedBeforeTheEnd = -1;
      await unitOfWork.run(async (tx) => {
        tx.wake('outbox.send');
        tx.wake('waitlist.allocate', { venueId: 'a' });
        await write(tx, 1);
        addedBeforeTheEnd = queue.added.length;
      });
      expect(addedBeforeTheEnd).toBe(0);
      expect(queue.added).toEqual(['outbox.send', 'waitlist.allocate a']);
    });

    it('once, however often it was asked to', async () => {
      await unitOfWork.run(async (tx) => {
        for (const venueId of ['a', 'b', 'a']) tx.wake('waitlist.allocate', { venueId });
      });
      expect(queue.added).toEqual(['waitlist.allocate a', 'waitlist.allocate b']);
    });

    it('not when it rolled back', async () => {
      const failing = unitOfWork.run(async (tx) => {
        tx.wake('outbox.send');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(queue.added).toEqual([]);
    });

    it('all at once, so that a queue that is slow to refuse costs its patience once', async () => {
      let [underWay, most] = [0, 0];
      jest.spyOn(queue, 'add').mockImplementation(async () => {
        most = Math.max(most, ++underWay);
        await sleep(20);
        underWay--;
        throw new Error('Redis is away');
      });
      await unitOfWork.run(async (tx) => {
        for (const venueId of ['a', 'b', 'c']) tx.wake('waitlist.allocate', { venueId });
      });
      expect(most).toBe(3);
    });

    it('and stands committed when nobody could be woken', async () => {
      queue.away = true;
      await unitOfWork.run(async (tx) => {
        await write(tx, 1);
        tx.wake('outbox.send');
      });
      expect(await lines()).toEqual([1]);
    });
  });

  it('loses no update when many change one row at once', async () => {
    await unitOfWork.run((tx) => write(tx, 1));
    await Promise.all(
      Array.from({ length: 30 }, () =>
        unitOfWork.run(async (tx) => {
          await tx.manager.query('UPDATE line SET n = n + 1 WHERE id = 1');
        }),
      ),
    );
    expect(await dataSource.query('SELECT n FROM line')).toMatchObject([{ n: 30 }]);
  });

  it('runs again when the database itself finds a deadlock', async () => {
    await unitOfWork.run((tx) => write(tx, 1).then(() => write(tx, 2)));
    const touch = (tx: Tx, id: number) => tx.manager.query('UPDATE line SET n = n + 1 WHERE id = ?', [id]);
    const crossing = (first: number, second: number) =>
      unitOfWork.run(async (tx) => {
        await touch(tx, first);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await touch(tx, second);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1), crossing(1, 2), crossing(2, 1)]);
    expect(await dataSource.query('SELECT n FROM line ORDER BY id')).toMatchObject([{ n: 4 }, { n: 4 }]);
  });
});
