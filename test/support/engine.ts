import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { Config } from '../../src/platform/config.js';

export type TestEngine = 'sqlite' | 'mariadb';

/** The engine this round of the suite runs on. */
export const engine: TestEngine = process.env.TEST_ENGINE === 'mariadb' ? 'mariadb' : 'sqlite';

const SERVER = process.env.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306';
/** Jobs go by Bull in the round on MariaDB (`npm test` says where Redis is), and in the process otherwise. */
const REDIS = engine === 'mariadb' ? process.env.TEST_REDIS_URL : undefined;

/** What everything of this run begins with, so that `npm test` can sweep up after a spec that was killed. */
const run = process.env.TEST_RUN ?? `cet_test_${randomBytes(4).toString('hex')}`;

/** A database of one's own: a file in a new folder, or a schema on the server. Nothing of it is left afterwards. */
export interface TestDatabase {
  config: Config;
  drop(): Promise<void>;
}

export async function openTestDatabase(settings: Partial<Config> = {}): Promise<TestDatabase> {
  const name = `${run}_${process.env.JEST_WORKER_ID ?? '1'}_${randomBytes(3).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), `${name}_`));
  const database = engine === 'mariadb' ? await createSchema(name) : undefined;
  const config = new Config({
    port: 0,
    dataDir,
    role: 'all',
    databaseUrl: database?.url,
    databasePool: 20,
    redisUrl: REDIS,
    redisPrefix: name,
    publicUrl: 'http://localhost:3000',
    secretKey: 'a key that only the tests use, 32+ characters',
    trustProxy: 0,
    logLevel: 'silent',
    sessionHours: 12,
    challengeDifficulty: 100,
    peoplePerAddress: 5_000,
    mailFrom: { name: 'CET', address: 'cet@localhost' },
    sandboxPay: true,
    sandboxLateSeconds: 5,
    demo: false,
    ...settings,
  });
  return {
    config,
    async drop() {
      await database?.drop();
      if (REDIS) await forgetKeys(REDIS, name);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createSchema(name: string) {
  const ask = async (sql: string) => {
    const connection = await mysql.createConnection(SERVER);
    try {
      await connection.query(sql);
    } finally {
      await connection.end();
    }
  };
  await ask(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => ask(`DROP DATABASE IF EXISTS ${name}`) };
}

async function forgetKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
}
