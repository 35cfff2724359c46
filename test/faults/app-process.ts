import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import type { Config } from '../../src/platform/config.js';
import type { JobName } from '../../src/platform/queue/job-names.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const SCRIPTS = ['test/faults/server.ts', 'test/faults/printing.ts', 'test/support/clock.ts'];

/** The application as JavaScript in a folder of its own, so that no build needs to be there or to be new. */
export class CompiledApplication {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<CompiledApplication> {
    const folder = await mkdtemp(join(tmpdir(), `${process.env.TEST_RUN ?? 'cet_test'}_app_`));
    const below = async (root: string) =>
      (await readdir(join(PROJECT, root), { recursive: true })).map((file) => join(root, file));
    const files = [...(await below('src')), ...(await below('migrations')), ...SCRIPTS];
    await Promise.all(files.filter((file) => file.endsWith('.ts')).map((file) => compile(file, folder)));
    // the back office looks for its components, though nobody bundles them here
    await cp(join(PROJECT, 'src/admin/components'), join(folder, 'src/admin/components'), {
      recursive: true,
    });
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
    return new CompiledApplication(folder);
  }

  /** A new process, once it listens; with the back office if asked to, and a temporary folder of its own. */
  async start(config: Config, { backOffice = false, temporary = tmpdir() } = {}): Promise<AppProcess> {
    const args = [JSON.stringify(config), ...(backOffice ? ['back-office'] : [])];
    const child = fork(join(this.folder, 'test/faults/server.js'), args, {
      // not what jest runs with
      execArgv: [],
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const started = new AppProcess(child);
    await started.listening();
    return started;
  }

  /** Runs a script to its end, and gives what it tells. */
  async tell<T>(script: string): Promise<T> {
    const child = fork(join(this.folder, script), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${script} ended with ${code} and told nothing.`);
    });
    try {
      const [told] = await Promise.race([once(child, 'message'), ended]);
      return told as T;
    } finally {
      ended.catch(() => undefined);
      child.kill('SIGKILL');
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

async function compile(file: string, folder: string): Promise<void> {
  const { code } = await transformFile(join(PROJECT, file), {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'es6' },
  });
  const target = join(folder, file.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}

/** A running application that can be killed. */
export class AppProcess {
  url = '';

  constructor(private readonly child: ChildProcess) {}

  async listening(): Promise<void> {
    const ended = once(this.child, 'exit').then(() => {
      throw new Error('The application ended before it listened.');
    });
    const [message] = await Promise.race([once(this.child, 'message'), ended]);
    this.url = (message as { url: string }).url;
  }

  /** Tells it to run a job, and gives the result, if it lives to tell. */
  async run(job: JobName): Promise<unknown> {
    const ended = once(this.child, 'exit').then(() => undefined);
    const result = once(this.child, 'message').then(([message]) => (message as { result: unknown }).result);
    const unheard = new Promise<undefined>((resolve) => {
      this.child.send(job, (error) => error && resolve(undefined));
    });
    return Promise.race([result, ended, unheard]);
  }

  get id(): number {
    return this.child.pid!;
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
