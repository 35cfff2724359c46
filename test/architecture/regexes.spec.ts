import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { declaredViolations, LINEAR_REGEXES, PROJECT, VIOLATIONS } from './violations.js';

/** What `npm run check:regexes` says of a tree, a line for each regular expression it refuses. */
async function refusedIn(tree: string): Promise<string[]> {
  const asked = promisify(execFile)(process.execPath, [`${PROJECT}scripts/check-regexes.mjs`, tree]);
  const { stderr } = await asked.catch((error: { code: number; stderr: string }) => {
    expect(error.code).toBe(1);
    expect(error.stderr).not.toBe('');
    return error;
  });
  return stderr.split('\n').filter((line) => line !== '');
}

describe('how long a regular expression takes', () => {
  it('grows with the text and no faster, for every one in the project', async () => {
    expect(await refusedIn(PROJECT)).toEqual([]);
  });

  it('is seen to grow faster, or not to be known, where a file says so and nowhere else', async () => {
    const files = [...(await declaredViolations())].filter(([, rules]) => rules.includes(LINEAR_REGEXES));
    const expected: string[] = [];
    for (const [path] of files) {
      const lines = (await readFile(join(VIOLATIONS, path), 'utf8')).split('\n');
      lines.forEach((line, i) => {
        const why = /\/\/ refused: ([\w -]+)$/.exec(line)?.[1];
        if (why) expected.push(`${path}:${i + 1}: ${why}`);
      });
    }
    expect(expected.length).toBeGreaterThan(5);

    const refused = await refusedIn(VIOLATIONS);
    expect(refused).toHaveLength(expected.length);
    for (const [i, line] of expected.entries()) {
      const [place, why] = line.split(': ') as [string, string];
      expect(refused[i]).toContain(`${place}: `);
      expect(refused[i]).toContain(why);
    }
  });
});
