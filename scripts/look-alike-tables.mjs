// Writes src/kernel/look-alike-tables.ts. Given Unicode's EquivalentUnifiedIdeograph.txt:
//   node scripts/look-alike-tables.mjs EquivalentUnifiedIdeograph.txt
import { readFileSync, writeFileSync } from 'node:fs';

const TARGET = 'src/kernel/look-alike-tables.ts';

/** Radicals and strokes and their ideographs, without those that NFKC knows (the Kangxi radicals). */
function radicals(file) {
  const pairs = [];
  for (const line of file.split('\n')) {
    const [range, ideograph] = line
      .replace(/#.*/, '')
      .split(';')
      .map((part) => part.trim());
    if (!ideograph) continue;
    const [first, last = first] = range.split('..').map((hex) => Number.parseInt(hex, 16));
    const to = Number.parseInt(ideograph, 16);
    for (let from = first; from <= last; from++)
      if (String.fromCodePoint(from).normalize('NFKC') !== String.fromCodePoint(to)) pairs.push([from, to]);
  }
  return pairs;
}

/**
 * The places of GBK's rows that had no character in 1995; systems wrote the private-use code points from U+E766 on for
 * them, in this order. First byte, first and last second byte.
 */
const GBK_GAPS = [
  [0xa2, 0xab, 0xb0],
  [0xa2, 0xe3, 0xe4],
  [0xa2, 0xef, 0xf0],
  [0xa2, 0xfd, 0xfe],
  [0xa4, 0xf4, 0xfe],
  [0xa5, 0xf7, 0xfe],
  [0xa6, 0xb9, 0xc0],
  [0xa6, 0xd9, 0xdf],
  [0xa6, 0xec, 0xed],
  [0xa6, 0xf3, 0xf3],
  [0xa6, 0xf6, 0xfe],
  [0xa7, 0xc2, 0xd0],
  [0xa7, 0xf2, 0xfe],
  [0xa8, 0x96, 0xa0],
  [0xa8, 0xbc, 0xbc],
  [0xa8, 0xbf, 0xbf],
  [0xa8, 0xc1, 0xc4],
  [0xa8, 0xea, 0xfe],
  [0xa9, 0x58, 0x58],
  [0xa9, 0x5b, 0x5b],
  [0xa9, 0x5d, 0x5f],
  [0xa9, 0x89, 0x95],
  [0xa9, 0x97, 0xa3],
  [0xa9, 0xf0, 0xfe],
  [0xd7, 0xfa, 0xfe],
  [0xfe, 0x50, 0xa0],
];
/** Two bytes still stand for a private-use code point, and four bytes for the character (GB 18030-2005, 4.2). */
const BY_FOUR_BYTES = {
  59414: 0x20087,
  59415: 0x20089,
  59416: 0x200cc,
  59441: 0x215d7,
  59451: 0x2298f,
  59477: 0x241fe,
};

/** Private-use code points and what GB 18030 gives as their characters since. */
function privateUse() {
  const gb18030 = new TextDecoder('gb18030', { fatal: true });
  const pairs = [];
  let from = 0xe766;
  for (const [first, low, high] of GBK_GAPS)
    for (let second = low; second <= high; second++) {
      if (second === 0x7f) continue;
      const today = gb18030.decode(Uint8Array.of(first, second)).codePointAt(0);
      const to = BY_FOUR_BYTES[from] ?? today;
      if (to !== from) pairs.push([from, to]);
      from++;
    }
  if (from !== 0xe865) throw new Error('The gaps of GBK end at U+E864');
  return pairs;
}

const hex = (codePoint) => codePoint.toString(16).toUpperCase().padStart(4, '0');

function table(name, about, pairs) {
  const lines = [];
  for (let i = 0; i < pairs.length; i += 9)
    lines.push(
      `  ${pairs
        .slice(i, i + 9)
        .map(([from, to]) => `${hex(from)}:${hex(to)}`)
        .join(' ')}`,
    );
  return `/** ${about} */\nexport const ${name} = \`\n${lines.join('\n')}\n\`;\n`;
}

const file = readFileSync(process.argv[2], 'utf8');
const edition = /^# (\S+)\.txt/.exec(file)[1];
writeFileSync(
  TARGET,
  `// Written by scripts/look-alike-tables.mjs; not to be edited by hand.
// ${edition}.txt: © Unicode, Inc., used and changed in form under the Unicode License,
// https://www.unicode.org/license.txt. GB 18030-2022: the standard's own code table, as Node's decoder has it.

${table('IDEOGRAPHS_OF_RADICALS', 'Unicode’s Equivalent_Unified_Ideograph, without what NFKC maps: `from:to`, hexadecimal.', radicals(file))}
${table('CHARACTERS_OF_PRIVATE_USE', 'Private-use code points of old GBK systems and the characters GB 18030 has for them: `from:to`, hexadecimal.', privateUse())}`,
);
