import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { declaredViolations } from './violations.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const violations = fileURLToPath(new URL('./violations/', import.meta.url));

interface Report {
  modules: { source: string; rules?: { name: string }[]; dependencies: { rules?: { name: string }[] }[] }[];
  summary: { ruleSetUsed: { forbidden: { name: string; comment: string }[] } };
}

/** What dependency-cruiser, with the project's rules, says of `src` and `migrations` of a tree. */
async function cruise(tree: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      `${project}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`,
      ...['--config', `${project}.dependency-cruiser.mjs`, '--output-type', 'json', 'src', 'migrations'],
    ],
    { cwd: tree, maxBuffer: 100_000_000 },
  );
  return JSON.parse(stdout) as Report;
}

/** The rules each file breaks; files that break none are left out. */
function brokenRules({ modules }: Report): Map<string, string[]> {
  const broken = new Map<string, string[]>();
  for (const { source, rules = [], dependencies } of modules) {
    const names = [...rules, ...dependencies.flatMap((dependency) => dependency.rules ?? [])].map(
      ({ name }) => name,
    );
    if (names.length > 0) broken.set(source, [...new Set(names)].sort());
  }
  return broken;
}

describe('who may import whom', () => {
  it('holds in the project', async () => {
    expect(brokenRules(await cruise(project))).toEqual(new Map());
  });

  it('is seen to fail: every rule has files that break it, and they break exactly that one', async () => {
    const report = await cruise(violations);
    const rules = report.summary.ruleSetUsed.forbidden;
    const declared = await declaredViolations(
      violations,
      rules.map(({ name }) => name),
    );
    expect(brokenRules(report)).toEqual(declared);
    const proven = [...declared.values()].flat();
    expect(rules.filter(({ name }) => !proven.includes(name))).toEqual([]);
    expect(rules.filter(({ comment }) => !comment)).toEqual([]);
  });
});
