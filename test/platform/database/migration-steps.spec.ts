import type { QueryRunner } from 'typeorm';
import { CreateSchema1700000000000 } from '../../../migrations/1700000000000-create-schema.js';
import { dataSourceOptions, openDataSource } from '../../../src/platform/database/data-source.js';
import { namesInSchema } from '../../../src/platform/database/dialect.js';
import { migrate } from '../../../src/platform/database/migrate.js';
import { runWhatIsMissing } from '../../../src/platform/database/migration-steps.js';
import { openTestDatabase, type TestDatabase } from '../../support/engine.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.drop());

async function onDatabase<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const dataSource = await openDataSource(dataSourceOptions(database.config, []));
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

const schema = () => onDatabase(async ({ manager }) => [...(await namesInSchema(manager))].sort());

/** Begins the migration and stops dead before the given statement, as a process does that is killed. */
async function migrateUntil(step: number): Promise<void> {
  await onDatabase(async (runner) => {
    let made = 0;
    const query = (sql: string) => {
      if (made++ === step) throw new Error('killed');
      return runner.query(sql);
    };
    const killed = new CreateSchema1700000000000().up({ manager: runner.manager, query } as never);
    await expect(killed).rejects.toThrow('killed');
  });
}

test('a migration that was killed twice, at different steps, is brought to its end by the next start', async () => {
  await migrateUntil(9);
  const left = await schema();
  expect(left.length).toBeGreaterThan(0);
  await migrateUntil(17);

  expect(await migrate(database.config)).toHaveLength(2);

  const ended = await schema();
  expect(ended).toEqual(expect.arrayContaining(left));
  expect(await migrate(database.config)).toEqual([]);
  await database.drop();
  database = await openTestDatabase();
  await migrate(database.config);
  expect(ended).toEqual(await schema());
});

test('a step that nobody could tell to have been made is refused before anything runs again', async () => {
  await onDatabase(async (runner) => {
    await expect(runWhatIsMissing(runner, ['DROP TABLE sitting'])).rejects.toThrow(
      'neither a table nor an index',
    );
  });
});
