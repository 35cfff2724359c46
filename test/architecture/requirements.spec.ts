import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow, PROJECT } from './violations.js';

/** The chapters of the requirements, and how many rules each has. */
const CHAPTERS = {
  'R-PP': 8,
  'R-QU': 8,
  'R-CR': 8,
  'R-WE': 9,
  'R-OE': 5,
  'R-WL': 8,
  'R-PA': 11,
  'R-SR': 3,
  'R-RG': 4,
  'R-AD': 3,
  'R-JB': 2,
};

/** Rules whose work is still to come. Whoever does it, and names the rule where it is met, takes it from here. */
const TO_COME = ['R-PP-6', 'R-PA-10', 'R-PA-11'];

const ids = Object.entries(CHAPTERS).flatMap(([chapter, rules]) =>
  Array.from({ length: rules }, (_, i) => `${chapter}-${i + 1}`),
);

async function citedIn(folder: string): Promise<Set<string>> {
  const files = await filesBelow(join(PROJECT, folder, '/'));
  const texts = await Promise.all(
    files
      .filter((file) => !file.startsWith('architecture/'))
      .map((file) => readFile(join(PROJECT, folder, file), 'utf8')),
  );
  return new Set(texts.flatMap((text) => text.match(/\bR-[A-Z]{2}-\d+\b/g) ?? []));
}

describe('the requirements', () => {
  it('are each named in the code that meets them, or in their test', async () => {
    const cited = new Set([...(await citedIn('src')), ...(await citedIn('test'))]);
    expect(ids.filter((id) => !cited.has(id))).toEqual(TO_COME);
  });

  it('are cited by ids that exist', async () => {
    const cited = [...(await citedIn('src')), ...(await citedIn('test'))];
    expect(cited.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
