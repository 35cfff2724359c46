import fc from 'fast-check';
import { differencesOf, type TextPiece } from '../../../src/modules/qualification/text-difference.js';

/** What is not in the other text, in brackets. */
const marked = (pieces: readonly TextPiece[]) =>
  pieces.map(({ text, same }) => (same ? text : `[${text}]`)).join('');

test.each([
  ['张三', '张三', '张三', '张三'],
  ['110101900307771', '110101199003077715', '110101900307771', '110101[1]9[9]00307771[5]'],
  ['王𬱖', '王𠮷', '王[𬱖]', '王[𠮷]'],
  ['110101199003077715', 'G12345678', '[110101199003077715]', '[G12345678]'],
  ['阿依古丽·买买提', '阿依古丽买买提', '阿依古丽[·]买买提', '阿依古丽买买提'],
  ['', 'E1', '', '[E1]'],
])('%s beside %s', (a, b, left, right) => {
  expect(differencesOf(a, b).map(marked)).toEqual([left, right]);
});

test('nothing is lost, and what both have is the same on both sides', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '𬱖', '1'), maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const [left, right] = differencesOf(a, b);
      const textOf = (pieces: TextPiece[]) => pieces.map(({ text }) => text).join('');
      const commonOf = (pieces: TextPiece[]) => textOf(pieces.filter(({ same }) => same));
      expect([textOf(left), textOf(right)]).toEqual([a, b]);
      expect(commonOf(left)).toBe(commonOf(right));
    }),
  );
});
