/** `npm run cet -- <verb>`: the command line, built first if the sources are newer than what was built of them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const built = join(project, 'dist/src/cli.js');

const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
const sources = ['src', 'migrations']
  .map((name) => join(project, name))
  .filter((folder) => existsSync(folder));

if (!existsSync(built) || sources.some((folder) => newest(folder) > statSync(built).mtimeMs)) {
  // what it says goes to standard error: standard output is the command's
  const build = spawnSync('npx', ['nest', 'build'], { cwd: project, stdio: ['ignore', 2, 2] });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
await import(pathToFileURL(built).href);
