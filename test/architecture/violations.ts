import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files below `violations/` say in their first line which rule they break: `// must fail: kernel-stands-alone`. Gives,
 * by file, those of the named rules; a file that breaks none of them is left out.
 */
export async function declaredViolations(
  tree: string,
  rules: readonly string[],
): Promise<Map<string, string[]>> {
  const declared = new Map<string, string[]>();
  for (const file of await filesBelow(tree)) {
    const line = /^\/\/ must fail: (.+)\n/.exec(await readFile(join(tree, file), 'utf8'));
    const broken = (line?.[1] ?? '').split(', ').filter((rule) => rules.includes(rule));
    if (broken.length > 0) declared.set(file, broken.sort());
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
