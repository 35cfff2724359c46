/**
 * `npm test`: the suite on the embedded column (SQLite, jobs in the process), then again on the production column
 * (MariaDB, jobs by Bull on Redis), each spec file on a database of its own. Arguments go to jest.
 *
 * TEST_DATABASE_URL  a MariaDB or MySQL server; else one on 127.0.0.1:3306 that lets root in without a password
 * TEST_REDIS_URL     a Redis; else one on 127.0.0.1:6379
 * REQUIRE_ENGINES    `sqlite,mariadb`: an engine that is not there is a failure, not just a line
 * TEST_BROWSER       a Chromium; else the one Debian installs. The browser's stories are told once, on SQLite
 * REQUIRE_BROWSER    `1`: no browser is a failure, not just a line
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const JEST = join(PROJECT, 'node_modules/jest/bin/jest.js');
/** The specs that drive a browser: what they show does not depend on the engine. */
const BROWSER_SPECS = '/test/browser/';
/** What a spec imports, however far off, when it needs an engine: the others run in the first round only. */
const ENGINE = 'test/support/engine.ts';

const databaseUrl = process.env.TEST_DATABASE_URL || 'mysql://root@127.0.0.1:3306';
const browser = [process.env.TEST_BROWSER, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (program) => program && existsSync(program),
);
const redisUrl = process.env.TEST_REDIS_URL || 'redis://127.0.0.1:6379';
const required = (process.env.REQUIRE_ENGINES ?? '').split(',').filter(Boolean);
/** What our databases, Redis keys and folders begin with, so that the end can sweep up what a spec left. */
const run = `cet_test_${randomBytes(4).toString('hex')}`;
const reports = mkdtempSync(join(tmpdir(), `${run}_reports_`));

let child;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (interrupted) process.exit(130); // asked twice: do not wait for jest
    interrupted = true;
    child?.kill(signal);
  });
}

/** The version of what answers there, or why nothing does. */
async function reach(what, url, askVersion) {
  try {
    return { version: await askVersion() };
  } catch (error) {
    return { missing: `${what} at ${new URL(url).host}: ${error.code ?? error.message}` };
  }
}

async function onServer(work) {
  const server = await mysql.createConnection({ uri: databaseUrl, connectTimeout: 3000 });
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

async function onRedis(work) {
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 3000, retryStrategy: () => null });
  let refused;
  redis.on('error', (error) => {
    refused = error;
  });
  try {
    await redis.connect().catch((error) => {
      throw refused ?? error;
    });
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', JEST];

function specsWithEngine() {
  const list = ['--findRelatedTests', ENGINE, '--listTests'];
  return execFileSync(process.execPath, [...jest, ...list], { cwd: PROJECT, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => !file.includes(BROWSER_SPECS));
}

/** One round of the suite; gives its counts. */
async function round(engine, environment, options) {
  const report = join(reports, `${engine}.json`);
  child = spawn(
    process.execPath,
    [...jest, '--ci', '--json', '--outputFile', report, ...process.argv.slice(2), ...options],
    {
      cwd: PROJECT,
      stdio: ['inherit', 'ignore', 'inherit'], // the counts go to the file, what people read to standard error
      env: { ...process.env, NODE_ENV: 'test', TEST_RUN: run, TEST_ENGINE: engine, ...environment },
    },
  );
  const code = await new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
  child = undefined;
  return { code, ...countsOf(report) };
}

function countsOf(report) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    return {
      files: result.numTotalTestSuites,
      passed: result.numPassedTests,
      // a file that could not be loaded has no tests to count, and is a failure all the same
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { files: 0, passed: 0, failed: 0, skipped: 0 };
  }
}

/** Drops what specs that were killed left behind. */
async function sweep(mariadb, redis) {
  if (mariadb.version) {
    await onServer(async (server) => {
      const [rows] = await server.query('SELECT schema_name AS name FROM information_schema.schemata');
      for (const { name } of rows)
        if (name.startsWith(`${run}_`)) await server.query(`DROP DATABASE \`${name}\``);
    });
  }
  if (redis.version) {
    await onRedis(async (client) => {
      for await (const keys of client.scanStream({ match: `*${run}_*`, count: 1000 })) {
        if (keys.length > 0) await client.del(...keys);
      }
    });
  }
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(`${run}_`)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

const [mariadb, redis] = await Promise.all([
  reach('MariaDB', databaseUrl, () =>
    onServer(async (server) => (await server.query('SELECT VERSION() AS v'))[0][0].v),
  ),
  reach('Redis', redisUrl, () =>
    onRedis(async (client) => /redis_version:(\S+)/.exec(await client.info('server'))[1]),
  ),
]);
const production = mariadb.version && redis.version;
const missing = [mariadb.missing, redis.missing].filter(Boolean);
const lacking = required.includes('mariadb') && !production;
const browserLacking = process.env.REQUIRE_BROWSER === '1' && !browser;

const rounds = [];
const ran = async (name, work) => {
  if (interrupted) return;
  const begun = performance.now();
  rounds.push({ name, ...(await work()), seconds: Math.round((performance.now() - begun) / 1000) });
};
await ran('SQLite, jobs in the process', () =>
  browser
    ? round('sqlite', { TEST_BROWSER: browser }, [])
    : round('sqlite', {}, ['--testPathIgnorePatterns', '/node_modules/', BROWSER_SPECS]),
);
if (production) {
  await ran(`MariaDB ${mariadb.version}, jobs by Bull on Redis ${redis.version}`, () =>
    round('mariadb', { TEST_DATABASE_URL: databaseUrl, TEST_REDIS_URL: redisUrl }, [
      '--passWithNoTests',
      '--testMatch',
      ...specsWithEngine(),
    ]),
  );
}
await sweep(mariadb, redis);

const sum = (count) => rounds.reduce((total, counts) => total + counts[count], 0);
const lines = [
  '',
  'Engines that ran:',
  ...rounds.map(
    ({ name, files, passed, failed, seconds }) =>
      `  ${name}: ${files} files, ${passed} passed, ${failed} failed, ${seconds} s`,
  ),
  ...(production
    ? []
    : [`  MariaDB and Redis DID NOT RUN${lacking ? ', BUT ARE REQUIRED' : ''}: ${missing.join('; ')}`]),
  ...(browser
    ? []
    : [
        `  Browser stories DID NOT RUN${browserLacking ? ', BUT ARE REQUIRED' : ''}: no Chromium; TEST_BROWSER names one`,
      ]),
  ...(interrupted ? ['  interrupted'] : []),
  '',
  `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') ? `, ${sum('skipped')} skipped` : ''}`,
];
console.log(lines.join('\n'));
process.exitCode =
  interrupted ||
  lacking ||
  browserLacking ||
  sum('passed') === 0 ||
  rounds.some(({ code, failed }) => code !== 0 || failed > 0)
    ? 1
    : 0;
