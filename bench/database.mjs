/** The database server and the databases of a run. */
import { spawn } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { CannotRun } from './options.mjs';

const UTC = "SET time_zone = '+00:00'";
const READ_COMMITTED = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

export class Server {
  constructor(url, run) {
    this.url = url;
    this.run = run;
    this.databases = [];
  }

  /** @throws CannotRun when nothing answers, or its commits are not durable: figures of such a server say nothing */
  async describe() {
    const { host } = new URL(this.url);
    const connection = await mysql
      .createConnection({ uri: this.url, connectTimeout: 3000 })
      .catch((error) => {
        throw new CannotRun(`MariaDB at ${host}: ${error.code}. Set BENCH_DATABASE_URL.`);
      });
    try {
      const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
      const [rows] = await connection.query('SHOW GLOBAL VARIABLES');
      const of = Object.fromEntries(rows.map(({ Variable_name, Value }) => [Variable_name, Value]));
      const durable = of.innodb_flush_log_at_trx_commit === '1' && of.innodb_doublewrite === 'ON';
      if (!durable)
        throw new CannotRun(
          'Commits must be durable: innodb_flush_log_at_trx_commit=1, innodb_doublewrite=ON.',
        );
      return {
        version,
        flush: of.innodb_flush_log_at_trx_commit,
        method: of.innodb_flush_method,
        binaryLog:
          of.log_bin === 'ON' ? `binary log synced every ${of.sync_binlog} commits` : 'no binary log',
        bufferPoolMb: Math.round(Number(of.innodb_buffer_pool_size) / 2 ** 20),
        logMb: Math.round(Number(of.innodb_log_file_size) / 2 ** 20),
        dataFolder: of.datadir,
      };
    } finally {
      await connection.end();
    }
  }

  /** Bytes free where the server keeps its data; undefined when it is on another machine. */
  async freeBytes(dataFolder) {
    try {
      const { bavail, bsize } = await statfs(dataFolder);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  }

  /** A database of our own, migrated by the application itself. */
  async create(name, app) {
    const full = `${this.run}_${name}`;
    const connection = await mysql.createConnection(this.url);
    await connection.query(`CREATE DATABASE \`${full}\``);
    await connection.end();
    const url = new URL(this.url);
    url.pathname = `/${full}`;
    const database = new Database(full, url.href);
    this.databases.push(database);
    const { code, err } = await cet(app, database, {}, ['migrate']);
    if (code !== 0) throw new Error(`The application could not migrate ${full}:\n${err}`);
    return database;
  }

  async close() {
    for (const database of this.databases) await database.close();
  }

  async dropAll() {
    await this.close();
    const connection = await mysql.createConnection(this.url);
    for (const database of this.databases) {
      await connection.query(`DROP DATABASE IF EXISTS \`${database.name}\``);
    }
    await connection.end();
  }
}

export class Database {
  constructor(name, url) {
    this.name = name;
    this.url = url;
    /** @type {mysql.Pool[]} */
    this.pools = [];
  }

  /** Connections as the application has them: UTC, READ COMMITTED. */
  pool(connectionLimit) {
    const pool = mysql.createPool({ uri: this.url, connectionLimit, timezone: 'Z', charset: 'utf8mb4' });
    pool.pool.on('connection', (connection) => {
      connection.query(UTC);
      connection.query(READ_COMMITTED);
    });
    this.pools.push(pool);
    return pool;
  }

  /** For rows of the bench's own. */
  async open() {
    const pool = this.pool(1);
    return {
      rows: async (sql) => (await pool.query(sql))[0],
      run: (sql) => pool.query(sql),
      insert: async (into, rows) => {
        for (let from = 0; from < rows.length; from += 1000)
          await pool.query(`INSERT INTO ${into} VALUES ?`, [rows.slice(from, from + 1000)]);
      },
      close: () => pool.end(),
    };
  }

  async close() {
    await Promise.all(this.pools.splice(0).map((pool) => pool.end().catch(() => 'closed already')));
  }
}

/** Runs a command of the application's (`cet <args>`) to its end; gives its exit code and what it printed. */
export async function cet(app, database, environment, args) {
  const child = spawn(process.execPath, [join(app, 'src/cli.js'), ...args], {
    env: { ...process.env, REDIS_URL: '', ...settings(database), ...environment },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, out, err };
}

/** The settings every process of a run shares. The secret guards nothing: the database goes with the run. */
export function settings(database) {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: database.url ?? '',
    ...(database.dataDir && { DATA_DIR: database.dataDir }),
    REDIS_PREFIX: database.name,
    SECRET_KEY: 'bench'.repeat(8),
    LOG_LEVEL: 'warn',
    DEMO: 'false',
  };
}
