import type { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { dataSourceOptions, openDataSource } from './data-source.js';
import { engineOf } from './dialect.js';

const LOCK = 'cet_migrations';
const PATIENCE_SECONDS = 120;

/** Runs the migrations that have not run yet, and gives their names. Processes that start together take turns. */
export async function migrate(
  config: Pick<Config, 'databaseUrl' | 'databasePool' | 'dataDir'>,
): Promise<string[]> {
  const dataSource = await openDataSource(dataSourceOptions(config, []));
  try {
    return await withLock(dataSource, async () => {
      const done = await dataSource.runMigrations();
      return done.map((migration) => migration.name);
    });
  } finally {
    await dataSource.destroy();
  }
}

/** MySQL's named lock belongs to a connection; SQLite has one writer anyway. */
async function withLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  if (engineOf(dataSource.manager) === 'sqlite') return work();
  const runner = dataSource.createQueryRunner();
  try {
    const [{ locked }] = await runner.query(`SELECT GET_LOCK('${LOCK}', ${PATIENCE_SECONDS}) AS locked`);
    if (Number(locked) !== 1) {
      throw new Error(
        `Another process has been bringing the database up to date for ${PATIENCE_SECONDS} seconds; start again when it is done.`,
      );
    }
    const result = await work();
    await runner.query(`SELECT RELEASE_LOCK('${LOCK}')`);
    return result;
  } finally {
    await runner.release();
  }
}
