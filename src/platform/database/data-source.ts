import { createRequire } from 'node:module';
import { join } from 'node:path';
import mysql2 from 'mysql2';
import {
  DataSource,
  type DataSourceOptions,
  type EntityTarget,
  type Logger,
  type ObjectLiteral,
} from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import type { Config } from '../config.js';
import { ownFile, ownFileIfThere, ownFolder } from '../private-files.js';
import { checkParametersOnMysql } from './checked-mysql.js';
import { takeTurnsOnSqlite } from './serial-sqlite.js';
import { SnakeCase } from './snake-case.js';

const require = createRequire(import.meta.url);

/**
 * mysql2 with every pooled connection in UTC (server time otherwise differs from what the driver reads), in READ
 * COMMITTED (the seat moves are conditional updates; repeatable snapshots would only add lock conflicts), and never
 * intersecting indexes: to show the newest 20 of two words that most rows have, MariaDB would sort all of them.
 */
const mysqlDriver = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions) {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      // TypeORM asks for it at every statement, and mysql2 makes another each time, a twenty-fifth of the time of a rush
      const promised = connection.promise();
      connection.promise = () => promised;
      connection.query("SET time_zone = '+00:00'");
      connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      connection.query("SET SESSION optimizer_switch = 'index_merge_intersection=off'");
    });
    return pool;
  },
};

/** How the two engines are opened. One history of migrations serves both; `synchronize` is never used. */
export function dataSourceOptions(
  config: Pick<Config, 'databaseUrl' | 'databasePool' | 'dataDir'>,
  entities: EntityTarget<ObjectLiteral>[],
  logger?: Logger,
): DataSourceOptions {
  const common = {
    entities: entities as never[],
    migrations,
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
    namingStrategy: new SnakeCase(),
    ...(logger ? { logger } : { logging: false as const }),
  };
  if (config.databaseUrl) {
    return {
      ...common,
      type: 'mariadb',
      url: config.databaseUrl.replace(/^mysql:/, 'mariadb:'),
      charset: 'utf8mb4',
      timezone: 'Z',
      driver: mysqlDriver,
      poolSize: config.databasePool,
      connectTimeout: 5_000,
      // `trace` would take a stack for every statement, a twentieth of the time of a rush
      extra: { waitForConnections: true, enableKeepAlive: true, trace: false },
    };
  }
  const database = join(config.dataDir, 'cet.sqlite');
  ownFolder(config.dataDir);
  ownFile(database);
  for (const beside of ['-wal', '-shm']) ownFileIfThere(database + beside);
  return {
    ...common,
    type: 'better-sqlite3',
    database,
    // libsql speaks better-sqlite3's language and is installed without compiling
    driver: require('libsql'),
    enableWAL: true,
    timeout: 10_000,
  };
}

/** Opens the database. Neither driver sees a parameter that it cannot take; on SQLite callers take turns. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  return checkParametersOnMysql(takeTurnsOnSqlite(new DataSource(options))).initialize();
}
