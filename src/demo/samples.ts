import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's sample files stand beside `package.json`, above the sources as above what is built of them. */
export function sampleFile(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'samples', name))) {
    if (folder === dirname(folder)) throw new Error(`There is no samples/${name} above ${import.meta.url}.`);
    folder = dirname(folder);
  }
  return join(folder, 'samples', name);
}
