import { fromShanghai } from '../../kernel/clock.js';
import { fenFromYuan } from '../../kernel/money.js';
import {
  hasIllegibleCharacters,
  legible,
  onOneLine,
  plain,
  plainCode,
} from '../../kernel/same-to-the-eye.js';
import type { ReadCell } from './column.js';
import {
  changedByExcel,
  Fault,
  formulaError,
  malformed,
  notOneOf,
  outOfRange,
  tooLong,
  unknownCharacters,
  unreadableCharacters,
} from './fault.js';

/** Ways to read a cell, as people and Excel write it. */

const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E\+\d+$/i;

/** What a spreadsheet shows for a formula that failed, and LibreOffice in its own words; `###` is a number too wide for its column. */
const FORMULA_ERROR = /^#(?:N\/A|GETTING_DATA|[^\s#!?！？]+[!?！？]|##*)$|^(?:Err|错误)[:：]\d+$/i;
/** An apostrophe that an export put before what a spreadsheet would have run as a formula (`csvLine`). */
const KEPT_FROM_RUNNING = /^''*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * A cell in legible characters, without outer blanks, Excel's `="…"` and the apostrophe of an export. A failed formula,
 * a number in scientific notation, and a character that is lost or known to one machine alone are faults.
 */
export function tidy(cell: string): string | Fault {
  const text = withoutProtection(legible(cell).trim()).trim();
  if (isFormulaError(text)) return formulaError;
  if (SCIENTIFIC.test(text)) return changedByExcel;
  if (text.includes('\ufffd')) return unreadableCharacters;
  return hasIllegibleCharacters(text) || hasControlCharacters(text) ? unknownCharacters : text;
}

export function isFormulaError(text: string): boolean {
  return FORMULA_ERROR.test(text);
}

function withoutProtection(cell: string): string {
  if (cell.startsWith('="') && cell.length > 2 && cell.endsWith('"')) return cell.slice(2, -1);
  return KEPT_FROM_RUNNING.test(cell) ? cell.slice(1) : cell;
}

/** But for those that end lines and set apart. */
function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/.test(text);
}

/** Text of at most `max` characters on one line: line breaks in it, real or written `\n`, are a table's, not the name's. */
export function text(max: number): ReadCell<string> {
  return (cell) => notLongerThan(max, onOneLine(cell));
}

/** Text of at most `max` characters, on as many lines as it came. */
export function lines(max: number): ReadCell<string> {
  const read = (cell: string) => notLongerThan(max, cell.replace(/\r\n?/g, '\n'));
  return Object.assign(read, { takesTimes: true as const });
}

function notLongerThan(max: number, value: string): string | Fault {
  return value.length > max && [...value].length > max ? tooLong(max) : value;
}

/** A number that is a name: a code, a ticket or student number. The `'` that keeps Excel from changing it is dropped. */
export function label(form: { pattern: Pick<RegExp, 'test'>; zh: string; en: string }): ReadCell<string> {
  return (cell) => {
    const value = plainCode(cell).replace(/^'/, '');
    return form.pattern.test(value) ? value : malformed(form);
  };
}

/** A label of exactly so many digits. */
export function digits(count: number): ReadCell<string> {
  const pattern = { test: (value: string) => value.length === count && /^\d+$/.test(value) };
  return label({ pattern, zh: ` ${count} 位数字`, en: `${count} digits` });
}

export function wholeNumber(min: number, max: number): ReadCell<number> {
  return (cell) => {
    const value = plain(cell);
    if (!/^[+-]?\d{1,9}(\.0+)?$/.test(value)) return malformed({ zh: '整数', en: 'a whole number' });
    return Number(value) >= min && Number(value) <= max ? Number(value) : outOfRange(min, max);
  };
}

/** `30`, `30.00`, `¥30.5`, `30元`: yuan, as fen. */
export const yuanAsFen: ReadCell<number> = (cell) =>
  fenFromYuan(plain(cell).replace(/^[¥￥]|元$/g, '')) ??
  malformed({ zh: '金额（元），如 30.00', en: 'yuan, such as 30.00' });

/** `2026-12-12 09:00`, also `2026/12/12 9:00`: Asia/Shanghai. */
export const moment: ReadCell<Date> = Object.assign(
  (cell: string) =>
    fromShanghai(plain(cell)) ??
    malformed({ zh: '时间，如 2026-12-12 09:00', en: 'a time, such as 2026-12-12 09:00' }),
  { takesTimes: true as const },
);

/** One of some words, Chinese or English, whatever the letter case. The first word of each value is shown as the choice. */
export function oneOf<T>(choices: readonly { value: T; words: readonly string[] }[]): ReadCell<T> {
  const byWord = new Map(
    choices.flatMap(({ value, words }) => words.map((word) => [comparable(word), value] as const)),
  );
  const names = choices.map(({ words }) => words[0]!);
  const fault = notOneOf(names.join('、'));
  return Object.assign((cell: string) => byWord.get(comparable(cell)) ?? fault, { choices: names });
}

/** The choices of a list of codes with Chinese names, such as `DOCUMENT_TYPES`. */
export function namedCodes<T extends string>(
  names: Readonly<Record<T, string>>,
): { value: T; words: string[] }[] {
  return (Object.entries(names) as [T, string][]).map(([value, name]) => ({ value, words: [name, value] }));
}

export const yesNo = oneOf([
  { value: true, words: ['是', 'true', 'yes', 'y', '1'] },
  { value: false, words: ['否', 'false', 'no', 'n', '0'] },
]);

/** Several values in one cell, separated by `;` or `、` (also `；`, `,`, `，`); the first fault is the cell's. */
export function listOf<T>(read: ReadCell<T>): ReadCell<T[]> {
  return (cell) => {
    const values = new Set<T>();
    for (const part of cell.split(/[;；、,，]/).map((word) => word.trim())) {
      if (part === '') continue;
      const value = read(part);
      if (value instanceof Fault) return value;
      values.add(value);
    }
    return [...values];
  };
}

function comparable(word: string): string {
  return plain(word).replace(/[\s_]/g, '').toLowerCase();
}
