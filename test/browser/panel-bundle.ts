import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';

const SOURCES = resolve('src/admin');
const BUNDLE = resolve('build-admin/bundle.js');
/** The step of the build that bundles, as its path below the sources. */
const STEP = 'bundle.ts';

/** Bundles the back office's components as `npm run build` would, if they are newer than the bundle that is there. */
export function bundlePanel(): void {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const newest = Math.max(...files.map((file) => statSync(join(SOURCES, file)).mtimeMs));
  if (existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs > newest) return;

  const folder = mkdtempSync(join(tmpdir(), 'cet-panel-'));
  try {
    for (const file of files) compile(join(SOURCES, file), join(folder, 'admin', file));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    execFileSync(process.execPath, [join(folder, 'admin', STEP.replace(/ts$/, 'js'))], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // whoever reads it meanwhile reads the old one or the new one, never half of one
    mkdirSync(dirname(BUNDLE), { recursive: true });
    copyFileSync(join(folder, 'build-admin/bundle.js'), `${BUNDLE}.new`);
    renameSync(`${BUNDLE}.new`, BUNDLE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Components go as they are: the bundler reads them itself. */
function compile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (from.endsWith('.tsx')) {
    copyFileSync(from, to);
    return;
  }
  const { code } = transformSync(readFileSync(from, 'utf8'), {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
    },
    module: { type: 'es6' },
  });
  writeFileSync(to.replace(/\.ts$/, '.js'), code);
}
