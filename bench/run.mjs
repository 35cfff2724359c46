/** `npm run bench`: see README.md beside this file, or `npm run bench -- --help`. Needs `npm run build` before. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { campusTable, runCampus } from './campus.mjs';
import { Server } from './database.mjs';
import { runGrowth } from './growth.mjs';
import { listsTable, runLists } from './lists.mjs';
import { CannotRun, readOptions, USAGE } from './options.mjs';
import { runProfile } from './profile.mjs';
import { describeMachine, growthTables, rushTables, staffTable, writeResults, wrongs } from './results.mjs';
import { runRush } from './rush.mjs';
import { runStaff } from './staff.mjs';
import { Process } from './system.mjs';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const databaseUrl = process.env.BENCH_DATABASE_URL || 'mysql://root@127.0.0.1:3306';
const redisUrl = process.env.BENCH_REDIS_URL || 'redis://127.0.0.1:6379';

const say = (text) => console.error(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${text}`);

/** The version of Redis, or undefined where none answers; with `forget`, our keys are taken out of it. */
async function onRedis(forget) {
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 2000, retryStrategy: () => null });
  redis.on('error', () => 'the promise says so');
  try {
    await redis.connect();
    if (forget) {
      for await (const keys of redis.scanStream({ match: `*${forget}*`, count: 1000 }))
        if (keys.length > 0) await redis.del(...keys);
    }
    return /redis_version:(\S+)/.exec(await redis.info('server'))[1];
  } catch {
    return undefined;
  } finally {
    redis.disconnect();
  }
}

async function main(options) {
  const app = resolve(PROJECT, options.app);
  if (!existsSync(join(app, 'src/main.js')))
    throw new CannotRun(`There is no application in ${app}: npm run build`);
  const run = `cet_bench_${randomBytes(3).toString('hex')}`;
  const server = new Server(databaseUrl, run);
  const mariadb = await server.describe();
  const redis = await onRedis();
  const machine = describeMachine(mariadb, redis);
  console.log(machine.text);
  if (machine.busy) say('The machine is busy with something else: the ratios may stand, the rates will not.');

  const folder = await mkdtemp(join(tmpdir(), `${run}_`));
  const setting = { app, pool: options.pool, redisUrl: redis && redisUrl, folder, profile: options.profile };
  const tidyUp = async () => {
    await Process.stopAll();
    await server.close();
    if (options.keep)
      say(`Left as they are: ${server.databases.map(({ name }) => name).join(', ')}; ${folder}`);
    else {
      await server.dropAll();
      await rm(folder, { recursive: true, force: true });
    }
    await onRedis(run);
  };
  process.once('SIGINT', () => void tidyUp().finally(() => process.exit(130)));
  try {
    if (options.mode === 'profile') console.log(await runProfile(server, setting, options.size, say));
    else if (options.mode === 'staff') await atTheDoor(options, server, setting, machine);
    else if (options.mode === 'campus') await openingOfACampus(options, server, setting, machine);
    else if (options.mode === 'lists') await timedLists(options, server, setting, machine);
    else await measured(options, server, setting, { mariadb, machine });
  } finally {
    await tidyUp();
  }
}

/** On SQLite nothing but the machine is of interest, yet what else runs on it is. */
async function atTheDoor({ mariadb, size, quick, date }, server, setting, machine) {
  const acts = await runStaff(mariadb ? server : undefined, setting, size, say);
  const table = staffTable(acts);
  console.log(`\n${table}`);
  const kind = mariadb ? 'staff-mariadb' : 'staff';
  if (!quick) await writeResults({ kind, date, text: `${machine.text}\n\n${table}` });
}

async function timedLists({ size, quick, date }, server, setting, machine) {
  const table = listsTable(await runLists(server, setting, size, say));
  console.log(`\n${table}`);
  if (!quick) await writeResults({ kind: 'lists', date, text: `${machine.text}\n\n${table}` });
}

/** Fails when one student did not get through. */
async function openingOfACampus({ size, quick, date }, server, setting, machine) {
  const result = await runCampus(server, setting, size, say);
  const table = campusTable(result);
  console.log(`\n${table}`);
  if (!quick) await writeResults({ kind: 'campus', date, text: `${machine.text}\n\n${table}` });
  await tellLogs(setting.folder);
  for (const fault of result.wrongs) console.error(`WRONG: ${fault}`);
  if (result.wrongs.length > 0) process.exitCode = 1;
}

/** A run with figures: prints them, keeps them unless it was a quick one, and fails when a seat went wrong. */
async function measured({ mode, size, quick, date, pool }, server, setting, { mariadb, machine }) {
  const result =
    mode === 'rush'
      ? await runRush(server, setting, size, say)
      : await runGrowth(server, setting, size, mariadb, say);
  const tables = mode === 'rush' ? rushTables(result) : growthTables(result);
  const head = `${machine.text}\n- ${size.rounds} rounds, medians; ${pool} database connections each`;
  console.log(`\n${tables}`);
  if (!quick) await writeResults({ kind: mode, date, text: `${head}\n\n${tables}` });

  await tellLogs(setting.folder);
  const faults = wrongs(result);
  for (const fault of faults) console.error(`WRONG: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** What the application had to say at LOG_LEVEL=warn: one line of each kind. */
async function tellLogs(folder) {
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.log'))) {
    const lines = (await readFile(join(folder, name), 'utf8')).trim().split('\n').filter(Boolean);
    const kinds = new Map(lines.map((line) => [line.replace(/[0-9a-f-]{36}|\d+/g, '#').slice(0, 160), line]));
    if (lines.length > 0)
      say(`${name}: ${lines.length} lines, of each kind the last:\n${[...kinds.values()].join('\n')}`);
  }
}

/** @throws CannotRun with the usage when there is no such option */
function optionsGiven() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    throw new CannotRun(`${error.message}\n\n${USAGE}`);
  }
}

try {
  const options = optionsGiven();
  if (options.help) console.log(USAGE);
  else await main(options);
} catch (error) {
  console.error(error instanceof CannotRun ? error.message : error);
  process.exitCode = 1;
}
