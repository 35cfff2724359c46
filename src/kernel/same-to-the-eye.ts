import { CHARACTERS_OF_PRIVATE_USE, IDEOGRAPHS_OF_RADICALS } from './look-alike-tables.js';

/**
 * When two texts are the same to the eye. What people paste comes out of PDFs, chats, old systems and spreadsheets, and
 * holds characters that nobody can tell from others, or cannot see at all; here they become the one everybody types.
 * Whatever is compared, looked up or stored as a name, number, address or code passes through one of these first.
 */

/** `from:to`, hexadecimal. */
function mapped(table: string): ReadonlyMap<string, string> {
  const character = (hex: string) => String.fromCodePoint(Number.parseInt(hex, 16));
  return new Map(
    table
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split(':').map(character) as [string, string]),
  );
}

const PRIVATE_USE = mapped(CHARACTERS_OF_PRIVATE_USE);
const RADICALS = mapped(IDEOGRAPHS_OF_RADICALS);

/** Blanks by another name: Hangul fillers, which show as one, the braille blank, and the line end of mainframes. */
const ODD_BLANKS = /[\u115f\u1160\u3164\uffa0\u2800\u0085]/g;
/** Nothing is seen of them: joiners, marks of direction, soft hyphens, selectors of variants, tags, annotations. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
/**
 * Forms that differ from the plain character in width, font or in being one character of two, and look the same in a
 * line of text: full and half width, small forms, bold and other mathematical letters, Roman numerals, ligatures.
 */
const FORMS =
  /[\u2024\uff00-\uffef\ufe50-\ufe6b\ufb00-\ufb06\u2160-\u217f\u2f00-\u2fd5\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\u{1d400}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]+/gu;
const RADICAL = /[\u2e80-\u2ef3\u31c0-\u31ef]/g;

/**
 * The text in characters everybody can read and search for: invisible ones go, radicals that were copied for characters
 * are those characters (Unicode's Equivalent_Unified_Ideograph), private-use code points of old systems are what
 * GB 18030 has for them since. Everything that can be told apart stays: full-width signs, blanks, lines.
 */
export function legible(text: string): string {
  // most texts have none of it, and rosters have millions of texts
  if (/^[\n\r\t -~\u4e00-\u9fff]*$/.test(text)) return text;
  return text
    .replace(/\p{Co}/gu, (c) => PRIVATE_USE.get(c) ?? c)
    .replace(ODD_BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(/[\u2f00-\u2fd5]+/g, (c) => c.normalize('NFKC'))
    .replace(RADICAL, (c) => RADICALS.get(c) ?? c)
    .normalize('NFC');
}

/** A legible text on one line: breaks in it, real or written `\n`, were made to fit a column. */
export function onOneLine(text: string): string {
  return legible(text)
    .replace(/[\r\n\u2028\u2029]|\\n/g, '')
    .normalize('NFC')
    .trim();
}

/** What is left in a legible text that only one machine knows, or that stands for a lost character. */
export function hasIllegibleCharacters(text: string): boolean {
  return /[\p{Co}\p{Cs}\ufffd\ufffe\uffff]/u.test(legible(text));
}

const HYPHENS = /[\u2010-\u2015\u2043\u2212\u2500\u2796\u02d7\u058a\u1806]/g;
const APOSTROPHES =
  /[\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u0060\u00b4]/g;

/** A legible text in plain forms: full width is half width, two letters in one are two, each kind of blank is one blank. */
export function inPlainForms(text: string): string {
  if (/^[ -~\u4e00-\u9fff]*$/.test(text)) return text;
  return legible(legible(text).replace(FORMS, (forms) => forms.normalize('NFKC'))).replace(/\s/g, ' ');
}

/** The same with each hyphen as `-` and each apostrophe as `'`, as a plain keyboard has them: for words and codes. */
export function plain(text: string): string {
  if (/^[ -_a-~\u4e00-\u9fff]*$/.test(text)) return text;
  return inPlainForms(text).replace(HYPHENS, '-').replace(APOSTROPHES, "'");
}

/** Letters of other alphabets, and signs, that are drawn as Latin ones are. */
const DRAWN_AS_LATIN = new Map(
  [
    ...[
      'АA',
      'ВB',
      'ЕE',
      'КK',
      'МM',
      'НH',
      'ОO',
      'РP',
      'СC',
      'ТT',
      'УY',
      'ХX',
      'ІI',
      'ЈJ',
      'ЅS',
      'ԌG',
      'ԚQ',
      'ԜW',
    ],
    ...['аa', 'еe', 'оo', 'рp', 'сc', 'уy', 'хx', 'іi', 'јj', 'ѕs', 'һh', 'ԁd', 'ԛq', 'ԝw', 'ӏl', 'ӀI'],
    ...[
      'ΑA',
      'ΒB',
      'ΕE',
      'ΖZ',
      'ΗH',
      'ΙI',
      'ΚK',
      'ΜM',
      'ΝN',
      'ΟO',
      'ΡP',
      'ΤT',
      'ΥY',
      'ΧX',
      'οo',
      'νv',
      'ϳj',
      'ϹC',
      'ϲc',
    ],
    ...['×X', '✕X', '╳X', '⨯X', 'ıi', 'ȷj', 'ɑa', 'ɡg'],
  ].map((pair) => [...pair] as [string, string]),
);

/** A plain text whose letters are Latin where they are drawn so: Cyrillic `А`, Greek `Χ`, the sign `×`. For what is Latin anyway. */
export function latin(text: string): string {
  const typed = plain(text);
  if (/^[ -~]*$/.test(typed)) return typed;
  return typed.replace(/[^ -~]/gu, (c) => DRAWN_AS_LATIN.get(c) ?? c).normalize('NFC');
}

/** A code or number as people type it: Latin letters and digits, without blanks. */
export function plainCode(text: string): string {
  return latin(text).replaceAll(' ', '').normalize('NFC');
}
