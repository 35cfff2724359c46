import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** A small tree laid out like the project, whose files each break one rule. */
export const VIOLATIONS = fileURLToPath(new URL('./violations/', import.meta.url));

/** The rule that `npm run check:regexes` keeps. */
export const LINEAR_REGEXES = 'regexes-take-linear-time';

/**
 * Files below `violations/` say in their first line which rule they break: `// must fail: kernel-stands-alone`. Gives
 * those rules by file; the files that the violating ones reach for break none and are left out.
 */
export async function declaredViolations(): Promise<Map<string, string[]>> {
  const declared = new Map<string, string[]>();
  for (const file of await filesBelow(VIOLATIONS)) {
    const line = /^\/\/ must fail: (.+)\n/.exec(await readFile(join(VIOLATIONS, file), 'utf8'));
    if (line) declared.set(file, line[1]!.split(', '));
  }
  return declared;
}

/** The TypeScript files of a folder, by path inside it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}
