import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type FindOperator, QueryFailedError, Raw } from 'typeorm';
import { runnerOfItsOwn } from './serial-sqlite.js';
import { type Insertion, StagedRows, stageOf } from './staged-rows.js';

/** MariaDB and MySQL speak one protocol and are treated alike; SQLite is the embedded default. */
export type Engine = 'sqlite' | 'mysql';

/** Which engine a manager talks to. */
export function engineOf(manager: EntityManager): Engine {
  return manager.connection.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
}

/** A query whose rows stay locked until the transaction ends. SQLite has one writer at a time and needs no lock. */
export function forUpdate<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): SelectQueryBuilder<T> {
  return engineOf(query.connection.manager) === 'sqlite' ? query : query.setLock('pessimistic_write');
}

/** `forUpdate` at the end of plain SQL. */
export function forUpdateClause(
  manager: EntityManager,
  whoIsLocked: 'IS_WAITED_FOR' | 'IS_LEFT_OUT',
): string {
  if (engineOf(manager) === 'sqlite') return '';
  return whoIsLocked === 'IS_LEFT_OUT' ? 'FOR UPDATE SKIP LOCKED' : 'FOR UPDATE';
}

/** A transaction that sees the database as it was at its first read, reads only, and is waited for by nobody. */
export async function inOneMoment<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  if (engineOf(dataSource.manager) !== 'sqlite') return dataSource.transaction('REPEATABLE READ', work);
  const runner = await runnerOfItsOwn(dataSource);
  try {
    await runner.query('BEGIN DEFERRED TRANSACTION');
    return await work(runner.manager);
  } finally {
    await runner.release();
  }
}

/**
 * For very many rows: what `prepare` inserts by `insertAll` and `insertOrUpdate`, the only ways it may write, and what
 * `finish` adds is stored in one transaction, or nothing of it. The embedded engine is locked for as long as the storing
 * takes, not for as long as it takes to find out what to store.
 */
export async function inBulk<T>(
  dataSource: DataSource,
  prepare: (manager: EntityManager) => Promise<T>,
  finish: (manager: EntityManager, prepared: T) => Promise<void>,
): Promise<T> {
  if (engineOf(dataSource.manager) !== 'sqlite') {
    return dataSource.transaction(async (manager) => {
      const prepared = await prepare(manager);
      await finish(manager, prepared);
      return prepared;
    });
  }
  const runner = await runnerOfItsOwn(dataSource);
  try {
    const staged = new StagedRows(runner.manager);
    const prepared = await prepare(runner.manager);
    staged.end();
    await runner.manager.transaction(async (manager) => {
      await staged.store();
      await finish(manager, prepared);
    });
    return prepared;
  } finally {
    await runner.release();
  }
}

/** Like `forUpdate`, but passes over rows that another worker holds: for batches shared by several machines. */
export function forUpdateSkipLocked<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): SelectQueryBuilder<T> {
  return engineOf(query.connection.manager) === 'sqlite'
    ? query
    : query.setLock('pessimistic_write').setOnLocked('skip_locked');
}

/**
 * Runs `UPDATE table SET …, sequence = sequence + 1 WHERE …` and hands back the new sequence with the update itself:
 * `LAST_INSERT_ID` on MySQL, `RETURNING` on SQLite. Undefined when no row met the condition.
 */
export async function updateReturningSequence(
  manager: EntityManager,
  update: { table: string; set: string; where: string; parameters: readonly unknown[] },
): Promise<number | undefined> {
  if (engineOf(manager) === 'sqlite') {
    const rows = await manager.query<{ sequence: number }[]>(
      `UPDATE ${update.table} SET ${update.set}, sequence = sequence + 1 WHERE ${update.where} RETURNING sequence`,
      [...update.parameters],
    );
    return rows[0]?.sequence;
  }
  const result = await manager.query<{ affectedRows: number; insertId: number }>(
    `UPDATE ${update.table} SET ${update.set}, sequence = LAST_INSERT_ID(sequence + 1) WHERE ${update.where}`,
    [...update.parameters],
  );
  return result.affectedRows === 1 ? Number(result.insertId) : undefined;
}

/** Runs an UPDATE and says how many rows met its condition. */
export async function updateCounting(
  manager: EntityManager,
  update: string,
  parameters: readonly unknown[],
): Promise<number> {
  if (engineOf(manager) === 'sqlite') {
    return (await manager.query<unknown[]>(`${update} RETURNING 1`, [...parameters])).length;
  }
  return (await manager.query<{ affectedRows: number }>(update, [...parameters])).affectedRows;
}

/** An aggregate of times comes as the driver has it: a Date from MySQL, UTC text from SQLite. */
export type RawInstant = Date | string | null;

export function instantFromAggregate(time: RawInstant): Date | undefined {
  if (time === null) return undefined;
  return time instanceof Date ? time : new Date(`${time.replace(' ', 'T')}Z`);
}

const UNIQUE_VIOLATION = /^(SQLITE_CONSTRAINT_UNIQUE|SQLITE_CONSTRAINT_PRIMARYKEY|ER_DUP_ENTRY)$/;
const TRY_AGAIN = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_CHECKREAD|SQLITE_BUSY|SQLITE_BUSY_SNAPSHOT)$/;
/** Deadlock, lock wait timeout, and MariaDB's "record has changed since last read" (snapshot isolation). */
const TRY_AGAIN_NUMBERS = new Set([1213, 1205, 1020]);
const CONNECTION_LOST =
  /^(PROTOCOL_CONNECTION_LOST|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ER_CON_COUNT_ERROR)$/;

interface DriverError {
  code?: string;
  errno?: number;
}

function driverError(error: unknown): DriverError | undefined {
  return error instanceof QueryFailedError ? (error.driverError as DriverError) : (error as DriverError);
}

/** Did the database refuse a second row of something that there is one of? */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof QueryFailedError && UNIQUE_VIOLATION.test(driverError(error)?.code ?? '');
}

/** Did the transaction lose against another one, so that it is right to run it again from the start? */
export function isConflict(error: unknown): boolean {
  const cause = driverError(error);
  return TRY_AGAIN.test(cause?.code ?? '') || TRY_AGAIN_NUMBERS.has(cause?.errno ?? 0);
}

/** Is the database out of reach? The answer to the client is then 503, try again. */
export function isConnectionLost(error: unknown): boolean {
  return CONNECTION_LOST.test(driverError(error)?.code ?? '');
}

/**
 * The condition that a text holds, or begins with, what was typed, letter for letter: `%`, `_` and `\\` are in names of
 * classes and files. Which sign escapes them is said, as the engines disagree about the one that does unless it is.
 *
 * @param parameter a name that no other condition of the query has
 */
export function textHas(
  parameter: string,
  typed: string,
  where: 'ANYWHERE' | 'AT_ITS_BEGINNING',
): FindOperator<string> {
  const letters = typed.replace(/[!%_]/g, (sign) => `!${sign}`);
  const pattern = where === 'ANYWHERE' ? `%${letters}%` : `${letters}%`;
  return Raw((column) => `${column} LIKE :${parameter} ESCAPE '!'`, { [parameter]: pattern });
}

/** The names of the tables and indexes that stand in the database, in one set. */
export async function namesInSchema(manager: EntityManager): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ name: string }[]>(
    engineOf(manager) === 'sqlite'
      ? 'SELECT name FROM sqlite_master'
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()
         UNION SELECT index_name FROM information_schema.statistics WHERE table_schema = DATABASE()`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** What a migration needs to say differently on the two engines. */
export function ddl(engine: Engine) {
  const mysql = engine === 'mysql';
  return {
    /**
     * Closes a table. `utf8mb4_bin`: names, codes and tokens are compared character by character; the usual
     * collations hold all four-byte characters equal.
     */
    tableOptions: mysql ? 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' : '',
    longText: mysql ? 'longtext' : 'text',
    blob: mysql ? 'mediumblob' : 'blob',
    /** A column the engine computes; a unique index on it holds only among rows where it is not null. */
    generated: (type: string, expression: string) => `${type} GENERATED ALWAYS AS (${expression}) VIRTUAL`,
  };
}

/** The embedded engine takes 32,766 parameters a statement, MySQL 65,535. */
const MOST_PARAMETERS = 30_000;

/**
 * Inserts many rows in few statements; a row that meets one with the same unique `key` updates it instead, except for
 * the columns in `keep`. TypeORM's own `upsert` takes three to four times as long.
 */
export async function insertOrUpdate<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  { key, keep = [] }: { key: readonly string[]; keep?: readonly string[] },
): Promise<void> {
  const { driver } = manager.connection;
  const { columns, tableName } = manager.connection.getMetadata(entity);
  const quote = (name: string) => driver.escape(name);
  const nameOf = (property: string) => {
    const column = columns.find(({ propertyName }) => propertyName === property);
    if (!column) throw new Error(`${tableName} has no property ${property}.`);
    return column.databaseName;
  };
  const [keyNames, keepNames] = [key.map(nameOf), keep.map(nameOf)];
  const names = columns.map((column) => column.databaseName);
  const updated = names.filter((name) => !keyNames.includes(name) && !keepNames.includes(name)).map(quote);
  const clause =
    engineOf(manager) === 'mysql'
      ? `ON DUPLICATE KEY UPDATE ${updated.map((name) => `${name} = VALUES(${name})`)}`
      : `ON CONFLICT (${keyNames.map(quote)}) DO UPDATE SET ${updated.map((name) => `${name} = excluded.${name}`)}`;
  await insertInto(manager, entity, rows, { key: keyNames, clause });
}

/** Inserts rows in one statement, or in few if they are very many; TypeORM's own `insert` takes several times as long. */
export function insertAll<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  return insertInto(manager, entity, rows);
}

async function insertInto<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  onMeeting?: Insertion['onMeeting'],
): Promise<void> {
  const { driver } = manager.connection;
  const { columns, tableName } = manager.connection.getMetadata(entity);
  const names = columns.map(({ databaseName }) => databaseName);
  const stage = stageOf(manager);
  const size = Math.floor(MOST_PARAMETERS / columns.length);
  for (let from = 0; from < rows.length; from += size) {
    const some = rows
      .slice(from, from + size)
      .map((row) =>
        columns.map((column) => driver.preparePersistentValue(column.getEntityValue(row) ?? null, column)),
      );
    if (stage) await stage.add({ table: tableName, columns: names, onMeeting }, some);
    else {
      const lines = some.map((line) => `(${line.map(() => '?')})`);
      await manager.query(
        `INSERT INTO ${driver.escape(tableName)} (${names.map((name) => driver.escape(name))})
         VALUES ${lines} ${onMeeting?.clause ?? ''}`,
        some.flat(),
      );
    }
  }
}
