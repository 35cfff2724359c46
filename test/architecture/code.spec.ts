import { codeRules } from './code-rules.js';
import { type SourceFile, sourceFiles, writtenRefusals } from './source-files.js';
import { declaredViolations, PROJECT, VIOLATIONS } from './violations.js';

describe('what code may not do', () => {
  let project: SourceFile[];
  let violations: SourceFile[];

  beforeAll(async () => {
    project = await sourceFiles(PROJECT);
    violations = await sourceFiles(VIOLATIONS);
  });

  it.each(codeRules)('$name holds in the project', ({ breakers }) => {
    expect(breakers(project)).toEqual([]);
  });

  it.each(codeRules)(
    '$name is seen to fail where it is broken, and nowhere else',
    async ({ name, breakers }) => {
      const declared = [...(await declaredViolations())].filter(([, rules]) => rules.includes(name));
      expect(declared).not.toEqual([]);
      expect([...new Set(breakers(violations))].sort()).toEqual(declared.map(([file]) => file));
    },
  );

  it('reads every refusal there is', () => {
    const written = project.flatMap(({ code }) => code.match(/= refusal\(/g) ?? []).length;
    expect(written).toBeGreaterThan(20);
    expect(writtenRefusals(project)).toHaveLength(written);
  });
});
