/** The application's processes. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Bull from 'bull';
import { cet, settings } from './database.mjs';

const SLICES = fileURLToPath(new URL('slices.mjs', import.meta.url));
const PROFILER = fileURLToPath(new URL('profiler.mjs', import.meta.url));
const PATIENCE_MS = 90_000;

/**
 * Where to run what.
 * @typedef {{ app: string, pool: number, redisUrl?: string, folder: string, profile?: boolean }} Setting
 *   `folder` takes the logs
 */

/** One process of the application, on a database, in a role. */
export class Process {
  /** @type {Set<Process>} */
  static running = new Set();

  /** Ends whatever a run that failed left running. */
  static async stopAll() {
    await Promise.all([...Process.running].map((process) => process.stop()));
  }

  /**
   * @param {Setting} setting @param {import('./database.mjs').Database} database @param {'api' | 'worker'} role
   * @param {Record<string, string>} [environment]  settings of this one besides
   */
  static async start(setting, database, role, environment = {}) {
    const port = await freePort();
    const log = join(setting.folder, `${database.name}-${role}.log`);
    const child = spawn(
      process.execPath,
      [
        ...(setting.profile ? ['--import', PROFILER] : []),
        ...(setting.slices ? ['--import', SLICES] : []),
        join(setting.app, 'src/main.js'),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          REDIS_URL: setting.redisUrl ?? '',
          DATABASE_POOL: String(setting.pool),
          ...settings(database),
          ...environment,
          ROLE: role,
          PORT: String(port),
        },
      },
    );
    const lines = createWriteStream(log);
    child.stdout.pipe(lines, { end: false });
    child.stderr.pipe(lines, { end: false });
    const started = new Process(child, port, log);
    Process.running.add(started);
    await started.ready();
    return started;
  }

  constructor(child, port, log) {
    this.child = child;
    this.port = port;
    this.log = log;
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }

  async ready() {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      if (this.child.exitCode !== null || performance.now() > until) {
        throw new Error(`The application did not start:\n${await readFile(this.log, 'utf8')}`);
      }
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
  }

  /** Seconds of processor time it has used. */
  async cpuSeconds() {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return Number(/^cet_process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
  }

  /** Profiles the process while `work` runs; gives what V8 saw. Only of one started with `profile`. */
  async profile(work) {
    await this.ask('start');
    await work();
    return JSON.parse(await readFile(await this.ask('stop', `${this.log}.cpuprofile`), 'utf8'));
  }

  /** What the event loop of the process does between its turns while `work` runs. Only of one started with `slices`. */
  async slices(work) {
    await this.told({ slices: 'begin' });
    const result = await work();
    return { result, loop: await this.told({ slices: 'end' }) };
  }

  told(message) {
    const answered = new Promise((resolve) => this.child.once('message', resolve));
    this.child.send(message);
    return answered;
  }

  ask(what, file) {
    return this.told({ profiler: what, file });
  }

  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    const gone = await Promise.race([this.ended.then(() => true), sleep(10_000, false, { ref: false })]);
    if (!gone) this.child.kill('SIGKILL');
    await this.ended;
    Process.running.delete(this);
  }
}

/**
 * Runs a job now, as the schedule or a commit would have it run: on the workers, by Redis; without one, in a process of
 * its own (`cet run-job`).
 */
export async function wake(setting, database, name, data = {}) {
  if (!setting.redisUrl) {
    await cet(setting.app, database, {}, ['run-job', name]);
    return;
  }
  const queue = new Bull('cet', setting.redisUrl, { prefix: `{${database.name}}` });
  await queue.add(name, data, { removeOnComplete: true, removeOnFail: true });
  await queue.close();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
