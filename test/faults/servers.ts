import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Servers stand where only root looks, too. */
const PATHS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec'];

/** Where a program is installed; undefined, and a line for people, where it is not. */
export function installed(program: string): string | undefined {
  const found = PATHS.map((path) => join(path, program)).find(isProgram);
  if (!found) process.stderr.write(`${program} is not installed: what needs one to kill DOES NOT RUN.\n`);
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A server of this test's own, on a port and in a folder of its own, to be killed. */
abstract class PrivateServer {
  protected readonly folder = mkdtempSync(join(tmpdir(), `${process.env.TEST_RUN ?? 'cet_test'}_server_`));
  private child?: ChildProcess;

  protected constructor(protected readonly port: number) {}

  protected abstract command(): [program: string, args: string[]];

  /** Starts it, also after a kill, on what it had stored; until it answers. */
  async start(): Promise<void> {
    const child = spawn(...this.command(), { stdio: 'ignore' });
    this.child = child;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}.`);
      await sleep(50);
    }
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** It keeps its connections and answers nothing. */
  freeze(): void {
    this.child!.kill('SIGSTOP');
  }

  thaw(): void {
    this.child!.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** It keeps nothing on disk: killed, it has forgotten everything, which is the worst that Redis can do. */
export class PrivateRedis extends PrivateServer {
  static async make(program: string): Promise<PrivateRedis> {
    return new PrivateRedis(program, await freePort());
  }

  private constructor(
    private readonly program: string,
    port: number,
  ) {
    super(port);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  protected command(): [string, string[]] {
    const settings = { port: this.port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: this.folder };
    return [this.program, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])];
  }
}

/** It commits durably, as MariaDB does unless told otherwise. */
export class PrivateMariaDb extends PrivateServer {
  static async make(programs: { mariadbd: string; installDb: string }): Promise<PrivateMariaDb> {
    const server = new PrivateMariaDb(programs.mariadbd, await freePort());
    execFileSync(
      programs.installDb,
      ['--no-defaults', `--datadir=${server.data}`, '--auth-root-authentication-method=normal', ...asRoot()],
      { stdio: 'ignore' },
    );
    return server;
  }

  private constructor(
    private readonly program: string,
    port: number,
  ) {
    super(port);
  }

  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  protected command(): [string, string[]] {
    const settings = {
      datadir: this.data,
      port: this.port,
      'bind-address': '127.0.0.1',
      socket: join(this.folder, 'socket'),
      'pid-file': join(this.folder, 'pid'),
      'innodb-buffer-pool-size': '32M',
    };
    const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    return [this.program, ['--no-defaults', ...options, ...asRoot()]];
  }
}

function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
