import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { turnOfTheLoop } from '../turn-of-the-loop.js';

/** What a statement brought: the rows it gave, or how many it changed. */
export interface SqliteAnswer {
  readonly rows?: Record<string, unknown>[];
  readonly changes?: number;
  readonly lastInsertRowid?: number | bigint;
}

/** What the driver said, as its errors come from the thread. */
interface SqliteFault {
  readonly message: string;
  readonly code?: string;
  readonly rawCode?: number;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly alone?: boolean;
}

interface Waiting {
  resolve(answer: SqliteAnswer): void;
  reject(error: Error): void;
}

const FEW_ROWS = 20;
const DRIVER = createRequire(import.meta.url).resolve('libsql');

/**
 * One connection to an SQLite file, in a thread of its own: the driver answers at once, that is, it lets its thread wait
 * for the disk, for a long search and for other processes' locks, and whoever is at the door would wait with it.
 * Statements are run in the order in which they were asked.
 */
export class SqliteThread {
  private readonly worker: Worker;
  private readonly ended: Promise<void>;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private gone?: Error;

  /** @param pragmas settings that the connection begins with @throws what the driver says to them */
  static async open(file: string, pragmas: readonly string[]): Promise<SqliteThread> {
    const thread = new SqliteThread(file, pragmas);
    await thread.ask('SELECT 1');
    return thread;
  }

  private constructor(file: string, pragmas: readonly string[]) {
    // its text, not a file: it is the same where the application is compiled and where tests run it from its sources
    this.worker = new Worker(`(${serve})(require)`, {
      eval: true,
      execArgv: [],
      workerData: { driver: DRIVER, file, pragmas },
    });
    this.worker.on('message', (message) => this.answered(message));
    this.worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.end(new Error('The thread of the database has ended.'));
        resolve();
      });
    });
    this.worker.unref();
  }

  /** @throws what the driver throws, with its `code` */
  ask(sql: string, parameters: readonly unknown[] = []): Promise<SqliteAnswer> {
    return this.asks({ sql, parameters });
  }

  /** The same in a transaction of its own, so that it fails for a lock before it has begun. */
  askAlone(sql: string, parameters: readonly unknown[] = []): Promise<SqliteAnswer> {
    return this.asks({ sql, parameters, alone: true });
  }

  private asks(statement: Statement): Promise<SqliteAnswer> {
    return new Promise((resolve, reject) => {
      if (this.gone) return reject(this.gone);
      // a process that has nothing else to do waits for its answers, and not for an idle thread
      if (this.waiting.size === 0) this.worker.ref();
      const id = ++this.asked;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...statement });
    });
  }

  /** Ends the connection, once everything asked before is answered. */
  async close(): Promise<void> {
    if (this.gone) return;
    this.worker.ref();
    this.worker.postMessage({ close: true });
    await this.ended;
  }

  private answered({ id, fault, ...answer }: SqliteAnswer & { id: number; fault?: SqliteFault }): void {
    const { resolve, reject } = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.worker.unref();
    if (fault) reject(Object.assign(new Error(fault.message), { code: fault.code, rawCode: fault.rawCode }));
    // answers come faster than the loop turns, and what is made of many rows takes its time
    else if ((answer.rows?.length ?? 0) > FEW_ROWS) void turnOfTheLoop().then(() => resolve(answer));
    else resolve(answer);
  }

  private end(error: Error): void {
    this.gone ??= error;
    for (const { reject } of this.waiting.values()) reject(this.gone);
    this.waiting.clear();
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
  parentPort!.on('message', ({ id, close, ...statement }) => {
    if (close) {
      database.close();
      parentPort!.close();
      return;
    }
    try {
      const answer = statement.alone ? runAlone(statement) : run(statement);
      parentPort!.postMessage({ id, ...answer });
    } catch (error) {
      prepared.delete(statement.sql);
      const { message, code, rawCode } = error as SqliteFault;
      parentPort!.postMessage({ id, fault: { message, code, rawCode } });
    }
  });
}
