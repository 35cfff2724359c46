import '../../src/app.module.js';
import { allRefusals, type Bilingual, type Refusal } from '../../src/kernel/domain-error.js';
import { sourceFiles } from '../architecture/source-files.js';
import { PROJECT } from '../architecture/violations.js';

const HAN = /\p{Script=Han}/u;
const refusals = [...allRefusals().values()];
const placeholdersOf = ({ definition }: Refusal) =>
  [...definition.detail.zh.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/** What is between the brackets wherever this is called. */
function argumentsOf(name: string, code: string): string[] {
  return [...code.matchAll(new RegExp(`\\b${name}\\(`, 'g'))].map(({ 0: call, index }) => {
    const from = index + call.length;
    let open = 1;
    let to = from;
    for (; open > 0 && to < code.length; to++) open += { '(': 1, ')': -1 }[code[to]!] ?? 0;
    return code.slice(from, to - 1);
  });
}

it('speaks of every refusal in Chinese and in English', () => {
  expect(refusals.length).toBeGreaterThan(60);
  const wrong = refusals.filter(({ definition: { title, detail } }) => {
    const texts = [title, detail];
    const chinese = texts.every(({ zh }) => HAN.test(zh) && !/\b(the|is|of|to)\b/i.test(zh));
    const english = texts.every(
      ({ en }) => !HAN.test(en) && /^([A-Z]|\{\w+\})/.test(en) && !/[，。；：！？]/.test(en),
    );
    return !chinese || !english;
  });
  expect(wrong.map(({ definition }) => definition.code)).toEqual([]);
});

it('ends a detail as a sentence and a title without a full stop', () => {
  const wrong = refusals.filter(({ definition: { title, detail } }) => {
    const ended = /[。！？]$/.test(detail.zh) && /[.!?]$/.test(detail.en);
    return !ended || /[。.]$/.test(title.zh) || /\.$/.test(title.en);
  });
  expect(wrong.map(({ definition }) => definition.code)).toEqual([]);
});

describe('placeholders', () => {
  const withPlaceholders = refusals.filter((make) => placeholdersOf(make).length > 0);

  it.each(withPlaceholders.map((make) => [make.definition.code, make] as const))(
    '%s says its facts in both languages',
    (_, make) => {
      const values = Object.fromEntries(placeholdersOf(make).map((name, i) => [name, 4711 + i]));
      const error = make({ values });
      for (const language of ['zh', 'en'] satisfies (keyof Bilingual)[]) {
        const text = error.detail(language);
        expect(text).not.toMatch(/[{}]/);
        for (const value of Object.values(values)) expect(text).toContain(String(value));
      }
    },
  );

  it('are filled wherever such a refusal is thrown', async () => {
    const unfilled = (await sourceFiles(PROJECT)).flatMap(({ path, code }) =>
      withPlaceholders.flatMap((make) =>
        argumentsOf(make.definition.code, code)
          .filter(
            (facts) =>
              !placeholdersOf(make).every((name) => new RegExp(`values: \\{[^}]*\\b${name}\\b`).test(facts)),
          )
          .map(() => `${path}: ${make.definition.code}`),
      ),
    );
    expect(unfilled).toEqual([]);
  });
});
