import fc from 'fast-check';
import { normaliseDocumentNumber } from '../../src/kernel/document-number.js';
import { normaliseName, sameName } from '../../src/kernel/person-name.js';
import { nameIsLegible } from '../../src/kernel/person-name.rules.js';
import {
  hasIllegibleCharacters,
  latin,
  legible,
  onOneLine,
  plain,
  plainCode,
} from '../../src/kernel/same-to-the-eye.js';

describe('A legible text', () => {
  it.each([
    ['Kangxi radicals, as a PDF gives them', '⾼⽂⿓', '高文龍'],
    ['radicals of the supplement', '⻢⻰⻩⺠⻓', '马龙黄民长'],
    ['strokes', '㇐㇠', '一乙'],
    ['compatibility ideographs', '\uf92c\ufa0c', '郎兀'],
    ['a private-use character of GBK that has a place since 2000', '刘\ue863', '刘䶮'],
    ['one that has a place since 2022', '\ue81e\ue864', '龴龻'],
    ['one that is still written in four bytes', '\ue816\ue855', '𠂇𤇾'],
    ['marks of direction and embeddings', '\u202d郑子涵\u202c\u200e\u2066', '郑子涵'],
    [
      'joiners, soft hyphens, selectors, tags',
      '冯\u2060雪\u00ad健\ufe00\u200d力\u{e0100}\u{e0041}',
      '冯雪健力',
    ],
    ['annotations of another text', '\ufff9甲\ufffa\ufffb', '甲'],
    ['decomposed letters, hidden ones between', 'Zoe\u200b\u0308', 'Zoë'],
    ['what can be told apart', '化学（本硕）Ⅱ班　１“甲”', '化学（本硕）Ⅱ班　１“甲”'],
    ['repetition and zero', '佐々木〇〻', '佐々木〇〻'],
  ])('of %s', (_, copied, seen) => {
    expect(legible(copied)).toBe(seen);
  });

  it('has no private-use characters that nobody has published, no halves and no lost ones', () => {
    for (const text of ['王\ue000', '\uf8ff', '\u{f0000}', '王\ufffd', '\ud840'])
      expect(hasIllegibleCharacters(text)).toBe(true);
    for (const text of ['王\ue863', '王𬱖', '\u{30edd}', 'Zoë', ''])
      expect(hasIllegibleCharacters(text)).toBe(false);
  });

  it('is on one line where it is to be', () => {
    expect(onOneLine(' 西昌\r\n学院\\n分校\u2028\r ')).toBe('西昌学院分校');
  });
});

describe('Plain words and codes', () => {
  it.each<[string, string, string]>([
    ['full width', '１２（ａＢ）－．＠￥', '12(aB)-.@¥'],
    ['fonts in one line with others', '𝟏𝟐 𝗖𝗘𝗧 ﬁ Ⅻ Ǆ', '12 CET fi XII DŽ'],
    ['every kind of blank', 'a\u00a0b\u3000c\u2003d\u3164e\u2800f\u0085g', 'a b c d e f g'],
    ['hyphens', 'a\u2010b\u2011c\u2013d\u2014e\u2212f\uff0dg\ufe63h', 'a-b-c-d-e-f-g-h'],
    ['apostrophes', 'O\u2019Brien D\u02bcArc \uff07', "O'Brien D'Arc '"],
  ])('%s', (_, typed, word) => {
    expect(plain(typed)).toBe(word);
  });

  it('is Latin where it is drawn so', () => {
    expect(latin('МАRIА ＡΒС')).toBe('MARIA ABC');
    expect(latin('Ивaнов')).toBe('Ивaнoв');
    expect(plainCode(' 3799 0220041108078× ')).toBe('37990220041108078X');
    for (const x of ['x', 'Ｘ', 'Ⅹ', 'ⅹ', '×', 'Х', 'х', 'Χ', '𝐱'])
      expect(normaliseDocumentNumber(`37990220041108078${x}`)).toBe('37990220041108078X');
  });
});

describe('Two names that nobody can tell apart', () => {
  it.each([
    ['⾼⽂龙', '高文龙'],
    ['⻢⼈娜', '马人娜'],
    ['刘\ue863', '刘䶮'],
    ['\u202d郑子涵\u202c', '郑子涵'],
    ['葛\ufe00力', '葛力'],
    ['张　三', '张三'],
    ['李  四', '李四'],
    ['欧阳\r\n娜娜', '欧阳娜娜'],
    ['김 민수', '김민수'],
    ['古丽米热∙艾力', '古丽米热·艾力'],
    ['迪丽.热巴', '迪丽·热巴'],
    ['迪丽 ． 热巴', '迪丽·热巴'],
    ['阿卜杜拉ㆍ买提', '阿卜杜拉·买提'],
    ['阿卜杜拉ꞏ买提', '阿卜杜拉・买提'],
    ['MARIA GARCIA', 'maria\u00a0garcia'],
    ['MARIA GARCIA', 'МАRIА GARСIА'],
    ['J.K. ROWLING', 'j·k·rowling'],
    ["Seán O'Brien", 'SEÁN O’BRIEN'],
    ['Anne-Marie', 'Anne\u2011Marie'],
    ['李〇', '李○'],
    ['⼾川', '户川'],
    ['山口ロ', '山口口'],
  ])('%j and %j are one', (a, b) => {
    expect(sameName(a, b)).toBe(true);
    expect(sameName(b, a)).toBe(true);
  });

  it.each([
    ['MARIA GARCIA', 'MARIAGARCIA'],
    ['买买提艾力', '买买提·艾力'],
    ['王𬱖', '王𬱟'],
    ['未来', '末来'],
    ['Zoe', 'Zoë'],
    ['土', '士'],
    ['佐々木', '佐佐木'],
    ['王\ue000', '王'],
  ])('%j and %j are two', (a, b) => {
    expect(sameName(a, b)).toBe(false);
  });

  it('MARIA GARCIA keeps her blank, and a dot of Latin initials stays', () => {
    expect(normaliseName('  MARIA   GARCIA ')).toBe('MARIA GARCIA');
    expect(normaliseName('J. K. Rowling')).toBe('J. K. Rowling');
    expect(normaliseName('安娜 Smith')).toBe('安娜 Smith');
  });

  it('with a character of one computer alone, are told (NAME_ILLEGIBLE)', () => {
    expect(() => nameIsLegible('王\ue000', 'profile.')).toThrow(
      expect.objectContaining({ code: 'NAME_ILLEGIBLE', facts: { field: 'profile.name' } }),
    );
    expect(() => nameIsLegible('王䶮')).not.toThrow();
  });
});

/** Texts of what makes trouble, besides letters of every kind. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'张三·.・∙ 　\u200b\u00ad\u202d\u202c⾼⻢\ue863\ue000\uf92cＡｘ×Хﬁ①ｶﾞ\u3164\u0308\u0301e\n-’',
      ),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

it.each<[string, (text: string) => string]>([
  ['legible', legible],
  ['onOneLine', onOneLine],
  ['plain', plain],
  ['plainCode', plainCode],
  ['latin', latin],
  ['normaliseName', normaliseName],
  ['normaliseDocumentNumber', normaliseDocumentNumber],
])('%s changes nothing the second time', (_, clean) => {
  fc.assert(
    fc.property(texts, (text) => clean(clean(text)) === clean(text)),
    { numRuns: 1000 },
  );
});

it('a name with anything invisible anywhere in it is the same name', () => {
  const hidden = fc.constantFrom(
    ...'\u200b\u200c\u200d\u200e\u202a\u2060\u2069\ufeff\u00ad\ufe0f\u{e0101}\u{e0020}\u034f\u061c\u180e',
  );
  fc.assert(
    fc.property(
      fc.constantFrom('张三', '买买提·艾力', 'MARIA GARCIA', '王𬱖'),
      hidden,
      fc.nat(20),
      (name, mark, at) => {
        const characters = [...name];
        characters.splice(at % (characters.length + 1), 0, mark);
        return sameName(characters.join(''), name);
      },
    ),
  );
});
