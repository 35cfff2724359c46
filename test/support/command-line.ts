import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';
import type { Config } from '../../src/platform/config.js';

const PROJECT = resolve('.');

export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line in processes of its own, from the sources as they are, built into a folder that is removed again. */
export class CommandLine {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cet-cli-'));

  constructor(private readonly config: Config) {
    for (const sources of ['src', 'migrations']) build(join(PROJECT, sources), join(this.folder, sources));
    for (const needed of ['node_modules', 'samples'])
      symlinkSync(join(PROJECT, needed), join(this.folder, needed));
    cpSync(join(PROJECT, 'package.json'), join(this.folder, 'package.json'));
  }

  /** Starts a command and leaves it running. */
  start(args: readonly string[], settings: NodeJS.ProcessEnv = {}): ChildProcess {
    const { dataDir, databaseUrl, secretKey } = this.config;
    return spawn(process.execPath, [join(this.folder, 'src/cli.js'), ...args], {
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        SECRET_KEY: secretKey,
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
        ...settings,
      },
    });
  }

  /** Runs a command to its end. */
  async run(
    args: readonly string[],
    { input = '', settings = {} }: { input?: string; settings?: NodeJS.ProcessEnv } = {},
  ) {
    const child = this.start(args, settings);
    const said: Said = { code: null, stdout: '', stderr: '' };
    child.stdout!.on('data', (text) => (said.stdout += text));
    child.stderr!.on('data', (text) => (said.stderr += text));
    child.stdin!.end(input);
    said.code = await new Promise((done) => child.on('close', done));
    return said;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function build(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts')) continue;
    const { code } = transformSync(readFileSync(join(from, entry), 'utf8'), {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2022',
      },
      module: { type: 'es6' },
    });
    const file = join(to, entry.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
}
