import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { codeRules } from './code-rules.js';
import { declaredViolations, LINEAR_REGEXES, PROJECT, VIOLATIONS } from './violations.js';

interface Report {
  modules: { source: string; rules?: { name: string }[]; dependencies: { rules?: { name: string }[] }[] }[];
  summary: { ruleSetUsed: { forbidden: { name: string; comment: string }[] } };
}

/** What dependency-cruiser, with the project's rules, says of `src` and `migrations` of a tree. */
async function cruise(tree: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      `${PROJECT}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`,
      ...['--config', `${PROJECT}.dependency-cruiser.mjs`, '--output-type', 'json', 'src', 'migrations'],
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
    expect(brokenRules(await cruise(PROJECT))).toEqual(new Map());
  });

  it('is seen to fail: every rule has files that break it, and they break exactly that one', async () => {
    const report = await cruise(VIOLATIONS);
    const rules = report.summary.ruleSetUsed.forbidden;
    const boundaries = rules.map(({ name }) => name);
    const declared = [...(await declaredViolations())];

    const known = [...boundaries, ...codeRules.map(({ name }) => name), LINEAR_REGEXES];
    expect(declared.filter(([, broken]) => !broken.every((rule) => known.includes(rule)))).toEqual([]);
    expect(brokenRules(report)).toEqual(
      new Map(declared.filter(([, broken]) => broken.some((rule) => boundaries.includes(rule)))),
    );
    const proven = declared.flatMap(([, broken]) => broken);
    expect(boundaries.filter((rule) => !proven.includes(rule))).toEqual([]);
    expect(rules.filter(({ comment }) => !comment)).toEqual([]);
  });
});
