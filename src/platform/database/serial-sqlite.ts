import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import { QueryRunnerAlreadyReleasedError } from 'typeorm/error/QueryRunnerAlreadyReleasedError.js';
import { QueryResult } from 'typeorm/query-runner/QueryResult.js';
import { DateUtils } from 'typeorm/util/DateUtils.js';
import { turnOfTheLoop } from '../turn-of-the-loop.js';
import { assertFit } from './parameters.js';
import { type SqliteAnswer, SqliteThread } from './sqlite-thread.js';
import { Turnstile } from './turnstile.js';

/** How long a statement waits for the transaction before it, and how long for one of another process, in ms. */
interface Patience {
  readonly turn: number;
  readonly lock: number;
}
const PATIENCE: Patience = { turn: 15_000, lock: 10_000 };

/** `cache_size`, in KiB: a long insert fills eleven indexes, and what does not fit goes to the disk again and again. */
const WRITING = ['foreign_keys = ON', 'journal_mode = WAL', 'cache_size = -65536'];
const READING = ['query_only = ON', 'cache_size = -16384'];

/** What nobody else sees anything of needs no turn. */
const LOOKS_ONLY = /^\s*(SELECT|BEGIN DEFERRED)\b/i;
const SETS_UP = /^\s*PRAGMA\b/i;
const IN_ITS_OWN_TABLES = /^\s*(INSERT INTO|CREATE TABLE) temp\./;

/** The connections of this process to its file: one to write with, one to read with, each in its thread. */
class Connections {
  readonly turnstile: Turnstile;
  private writing?: SqliteThread;
  private reading?: Promise<SqliteThread>;

  constructor(
    private readonly file: string,
    readonly patience: Patience,
  ) {
    this.turnstile = new Turnstile(patience.turn);
  }

  /** The one that transactions take turns on. */
  get writer(): SqliteThread {
    if (!this.writing) throw new Error('The database is not open.');
    return this.writing;
  }

  /** The one for questions outside of transactions: they see what is committed, and wait for nobody. */
  reader(): Promise<SqliteThread> {
    this.reading ??= SqliteThread.open(this.file, READING);
    return this.reading;
  }

  /** One more, for whoever needs it for a while. */
  another(): Promise<SqliteThread> {
    return SqliteThread.open(this.file, WRITING);
  }

  async open(): Promise<void> {
    this.writing = await SqliteThread.open(this.file, WRITING);
  }

  async close(): Promise<void> {
    await (await this.reading)?.close();
    await this.writing?.close();
  }
}

const connectionsOf = new WeakMap<DataSource, Connections>();

/**
 * SQLite has one writer, and TypeORM hands the same query runner to every caller: two transactions at once would nest
 * as savepoints and roll each other back. So each caller gets a runner of its own, and a runner owns the writing
 * connection from BEGIN to COMMIT, first come, first served. What is asked outside of a transaction is asked of another
 * connection, which sees what is committed, as on the other engine; the back office and TypeORM's own `save` are
 * covered like everything else.
 *
 * Both connections work in threads, and locks of other processes are waited for here, so that nothing the database does
 * or waits for is in the way of whoever is at the door.
 */
export function takeTurnsOnSqlite(dataSource: DataSource, patience: Partial<Patience> = {}): DataSource {
  const { options } = dataSource;
  if (options.type !== 'better-sqlite3') return dataSource;
  const connections = new Connections(options.database, { ...PATIENCE, ...patience });
  connectionsOf.set(dataSource, connections);
  const driver = dataSource.driver as BetterSqlite3Driver;
  driver.connect = () => connections.open();
  driver.disconnect = () => connections.close();
  driver.createQueryRunner = () => new SerialRunner(driver, connections);
  return dataSource;
}

/**
 * A runner on a connection of its own, until it is released: what it reads, and keeps in tables of its own (`temp.`),
 * is in nobody's way. Transactions on it take turns with all the others.
 */
export async function runnerOfItsOwn(dataSource: DataSource): Promise<QueryRunner> {
  const connections = connectionsOf.get(dataSource)!;
  const runner = new SerialRunner(
    dataSource.driver as BetterSqlite3Driver,
    connections,
    await connections.another(),
  );
  return Object.assign(runner, { manager: dataSource.createEntityManager(runner) });
}

class SerialRunner extends BetterSqlite3QueryRunner {
  private owner = false;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly connections: Connections,
    private readonly own?: SqliteThread,
  ) {
    super(driver);
  }

  override async startTransaction(isolation?: IsolationLevel): Promise<void> {
    if (!this.owner) {
      await this.connections.turnstile.enter();
      this.owner = true;
    }
    try {
      await super.startTransaction(isolation);
    } catch (error) {
      if (this.transactionDepth === 0) {
        this.isTransactionActive = false;
        this.giveUpTurn();
      }
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (this.isTransactionActive) return;
    this.giveUpTurn();
    // a job of many transactions lets whoever is at the door be heard between them
    await turnOfTheLoop();
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      if (!this.isTransactionActive || this.transactionDepth === 0) this.giveUpTurn();
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the signature is TypeORM's
  override async query(sql: string, parameters: any[] = [], structured = false): Promise<any> {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    assertFit(parameters);
    const taken = parameters.map(asTheDriverTakesIt);
    const { logger } = this.dataSource;
    logger.logQuery(sql, taken, this);
    try {
      const answer = await this.answerTo(sql, taken);
      return structured ? structuredResult(answer) : (answer.rows ?? answer.lastInsertRowid);
    } catch (error) {
      // what is no answer of the driver's is about no statement
      if ((error as { rawCode?: unknown }).rawCode === undefined) throw error;
      logger.logQueryError(error as Error, sql, taken, this);
      throw new QueryFailedError(sql, taken, error as Error);
    }
  }

  override beforeMigration(): Promise<void> {
    return this.query('PRAGMA foreign_keys = OFF');
  }

  override afterMigration(): Promise<void> {
    return this.query('PRAGMA foreign_keys = ON');
  }

  override async release(): Promise<void> {
    try {
      if (this.owner && this.isTransactionActive) await this.rollbackTransaction();
    } finally {
      this.giveUpTurn();
      await this.own?.close();
    }
    return super.release();
  }

  private async answerTo(sql: string, parameters: unknown[]): Promise<SqliteAnswer> {
    const { turnstile, writer } = this.connections;
    const writing = this.own ?? writer;
    if (this.owner) {
      // IMMEDIATE: a transaction that reads first and writes later would fail, not wait, against another process
      if (sql === 'BEGIN TRANSACTION')
        return this.patiently(() => writing.ask('BEGIN IMMEDIATE TRANSACTION'));
      return writing.ask(sql, parameters);
    }
    if (LOOKS_ONLY.test(sql)) {
      const reading = this.own ?? (await this.connections.reader());
      return this.patiently(() => reading.ask(sql, parameters));
    }
    if (this.own) {
      if (IN_ITS_OWN_TABLES.test(sql)) return this.own.ask(sql, parameters);
      throw new Error('On a connection of its own, what others see is written in a transaction.');
    }
    await turnstile.enter();
    try {
      // a setting of the connection is none within a transaction
      if (SETS_UP.test(sql)) return await writer.ask(sql, parameters);
      return await this.patiently(() => writer.askAlone(sql, parameters));
    } finally {
      turnstile.leave();
    }
  }

  /** Asks again while another process has the lock: its turn may end at any moment. */
  private async patiently(ask: () => Promise<SqliteAnswer>): Promise<SqliteAnswer> {
    for (let waited = 0; ; ) {
      try {
        return await ask();
      } catch (error) {
        const isLocked = (error as { code?: string }).code === 'SQLITE_BUSY';
        if (!isLocked || waited >= this.connections.patience.lock) throw error;
        const pause = 1 + Math.random() * Math.min(20, 1 + waited / 4);
        await sleep(pause);
        waited += pause;
      }
    }
  }

  private giveUpTurn(): void {
    if (!this.owner) return;
    this.owner = false;
    this.connections.turnstile.leave();
  }
}

function structuredResult({ rows, changes, lastInsertRowid }: SqliteAnswer): QueryResult {
  const result = new QueryResult();
  result.raw = rows ?? lastInsertRowid;
  if (rows) result.records = rows;
  else result.affected = changes;
  return result;
}

/** Moments as text, flags as numbers. */
function asTheDriverTakesIt(parameter: unknown): unknown {
  if (parameter instanceof Date) return DateUtils.mixedDateToUtcDatetimeString(parameter);
  return typeof parameter === 'boolean' ? Number(parameter) : parameter;
}
