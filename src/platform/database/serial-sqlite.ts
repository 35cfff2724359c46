import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import { DateUtils } from 'typeorm/util/DateUtils.js';
import { assertFit } from './parameters.js';

/** Thrown when a statement waited too long for the transaction before it; answered as 503. */
export class DatabaseBusyError extends Error {
  readonly code = 'SQLITE_BUSY';
}

/** First in, first out; a waiter that waited too long gives up its place. */
class Turnstile {
  private taken = false;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly patienceMs: number) {}

  async enter(): Promise<void> {
    if (!this.taken) {
      this.taken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const letIn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(letIn), 1);
        reject(new DatabaseBusyError(`Waited ${this.patienceMs} ms for the transaction before this one.`));
      }, this.patienceMs);
      this.waiting.push(letIn);
    });
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken = false;
  }
}

/**
 * SQLite has one connection here, and TypeORM hands the same query runner to every caller: two transactions at once
 * would nest as savepoints and roll each other back. So each caller gets a runner of its own, and a runner owns the
 * connection from BEGIN to COMMIT, first come, first served. A statement outside a transaction waits its turn too, so
 * nobody reads what is not committed; the back office and TypeORM's own `save` are covered like everything else.
 */
export function takeTurnsOnSqlite(dataSource: DataSource, patienceMs = 15_000): DataSource {
  if (dataSource.options.type !== 'better-sqlite3') return dataSource;
  const turnstile = new Turnstile(patienceMs);

  class TurnTakingRunner extends BetterSqlite3QueryRunner {
    private owner = false;

    private giveUpTurn(): void {
      if (!this.owner) return;
      this.owner = false;
      turnstile.leave();
    }

    override async startTransaction(isolation?: IsolationLevel): Promise<void> {
      if (!this.owner) {
        await turnstile.enter();
        this.owner = true;
      }
      try {
        await super.startTransaction(isolation);
      } catch (error) {
        if (this.transactionDepth === 0) this.giveUpTurn();
        throw error;
      }
    }

    override async commitTransaction(): Promise<void> {
      await super.commitTransaction();
      if (this.isTransactionActive) return;
      this.giveUpTurn();
      // the driver answers at once: a job of many transactions would let nobody else be heard until its end
      await nextTurnOfTheLoop();
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
      // IMMEDIATE: a transaction that reads first and writes later would fail, not wait, against another process
      const statement = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql;
      assertFit(parameters);
      const safe = asDriverTakesThem(parameters);
      if (this.owner) return super.query(statement, safe, structured);
      await turnstile.enter();
      try {
        return await super.query(statement, safe, structured);
      } finally {
        turnstile.leave();
      }
    }

    override async release(): Promise<void> {
      try {
        if (this.owner && this.isTransactionActive) await this.rollbackTransaction();
      } finally {
        this.giveUpTurn();
      }
      return super.release();
    }
  }

  dataSource.driver.createQueryRunner = () => new TurnTakingRunner(dataSource.driver as never);
  return dataSource;
}

/**
 * Moments as text, and whatever stands alone in a list: the driver would take a lone object (bytes, null) for named
 * parameters, and abort the process.
 */
function asDriverTakesThem(parameters: readonly unknown[]): unknown[] {
  const safe = parameters.map((p) => (p instanceof Date ? DateUtils.mixedDateToUtcDatetimeString(p) : p));
  return safe.length === 1 && typeof safe[0] === 'object' ? [safe] : safe;
}
