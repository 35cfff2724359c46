import { createRequire } from 'node:module';
import { Thread, type ThreadFault } from '../thread.js';
import { turnOfTheLoop } from '../turn-of-the-loop.js';

/** What a statement brought: the rows it gave, or how many it changed. */
export interface SqliteAnswer {
  readonly rows?: Record<string, unknown>[];
  readonly changes?: number;
  readonly lastInsertRowid?: number | bigint;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly alone?: boolean;
}

const FEW_ROWS = 20;
const DRIVER = createRequire(import.meta.url).resolve('libsql');

/**
 * One connection to an SQLite file, in a thread of its own: the driver answers at once, that is, it lets its thread wait
 * for the disk, for a long search and for other processes' locks, and whoever is at the door would wait with it.
 * Statements are run in the order in which they were asked.
 */
export class SqliteThread {
  private readonly thread: Thread<Statement, SqliteAnswer>;

  /** @param pragmas settings that the connection begins with @throws what the driver says to them */
  static async open(file: string, pragmas: readonly string[]): Promise<SqliteThread> {
    const opened = new SqliteThread(file, pragmas);
    await opened.ask('SELECT 1');
    return opened;
  }

  private constructor(file: string, pragmas: readonly string[]) {
    // its text, not a file: it is the same where the application is compiled and where tests run it from its sources
    this.thread = new Thread(`(${serve})(require)`, { driver: DRIVER, file, pragmas });
  }

  /** @throws what the driver throws, with its `code` */
  ask(sql: string, parameters: readonly unknown[] = []): Promise<SqliteAnswer> {
    return this.answered({ sql, parameters });
  }

  /** The same in a transaction of its own, so that it fails for a lock before it has begun. */
  askAlone(sql: string, parameters: readonly unknown[] = []): Promise<SqliteAnswer> {
    return this.answered({ sql, parameters, alone: true });
  }

  /** Ends the connection, once everything asked before is answered. */
  close(): Promise<void> {
    return this.thread.close();
  }

  private async answered(statement: Statement): Promise<SqliteAnswer> {
    const answer = await this.thread.ask(statement);
    // answers come faster than the loop turns, and what is made of many rows takes its time
    if ((answer.rows?.length ?? 0) > FEW_ROWS) await turnOfTheLoop();
    return answer;
  }
}

/** Runs in the thread, from its text: it knows nothing that stands outside of it. */
function serve(require: NodeJS.Require): void {
  const { parentPort, workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
  const Database = require(workerData.driver);
  // who waits for locks is who asks; only opening cannot be asked again
  const database = new Database(workerData.file, { timeout: 10_000 });
  for (const pragma of [...workerData.pragmas, 'busy_timeout = 0']) database.pragma(pragma);
  const prepared = new Map();
  const [mostPrepared, longest] = [300, 5_000];

  const statementOf = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    if (sql.length > longest) return statement;
    if (prepared.size >= mostPrepared) prepared.delete(prepared.keys().next().value);
    prepared.set(sql, statement);
    return statement;
  };
  // always as one list: the driver takes a lone object (bytes, null) for named parameters
  const run = ({ sql, parameters }: Statement) => {
    // prepared, one that fails for a lock would stand half-run in the way of every COMMIT
    if (/^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/.test(sql)) {
      database.exec(sql);
      return { changes: 0 };
    }
    const taken = parameters.map((one) => (one instanceof Uint8Array ? Buffer.from(one) : one));
    const statement = statementOf(sql);
    return statement.reader ? { rows: statement.all(taken) } : statement.run(taken);
  };
  const runAlone = (statement: Statement) => {
    database.exec('BEGIN IMMEDIATE TRANSACTION');
    try {
      const answer = run(statement);
      database.exec('COMMIT');
      return answer;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  parentPort!.on('message', ({ id, close, question }) => {
    if (close) {
      database.close();
      parentPort!.close();
      return;
    }
    try {
      const answer = question.alone ? runAlone(question) : run(question);
      parentPort!.postMessage({ id, answer });
    } catch (error) {
      prepared.delete(question.sql);
      const { message, code, rawCode } = error as ThreadFault;
      parentPort!.postMessage({ id, fault: { message, code, rawCode } });
    }
  });
}
