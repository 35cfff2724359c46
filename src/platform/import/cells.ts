import { fromShanghai } from '../../kernel/clock.js';
import { toHalfWidth } from '../../kernel/document-number.js';
import { fenFromYuan } from '../../kernel/money.js';
import type { ReadCell } from './column.js';
import {
  changedByExcel,
  Fault,
  malformed,
  notOneOf,
  outOfRange,
  tooLong,
  unreadableCharacters,
} from './fault.js';

/** Ways to read a cell, as people and Excel write it. */

const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E\+\d+$/i;

/** Outer blanks, Excel's `="…"` and invisible characters go; a lost character or a number in scientific notation is a fault. */
export function tidy(cell: string): string | Fault {
  const text = cell
    .replace(/^="(.*)"$/s, '$1')
    .replace(/[\u200b\ufeff]/g, '')
    .trim();
  if (SCIENTIFIC.test(text)) return changedByExcel;
  if (text.includes('\ufffd')) return unreadableCharacters;
  return text;
}

/** Text of at most `max` characters on one line: line breaks in it, real or written `\n`, are a table's, not the name's. */
export function text(max: number): ReadCell<string> {
  return (cell) => {
    const value = cell.replace(/\r?\n|\\n/g, '');
    return value.length > max && [...value].length > max ? tooLong(max) : value;
  };
}

/** A number that is a name: a code, a ticket or student number. The `'` that keeps Excel from changing it is dropped. */
export function label(form: { pattern: Pick<RegExp, 'test'>; zh: string; en: string }): ReadCell<string> {
  return (cell) => {
    const value = toHalfWidth(cell).replace(/^'/, '').replace(/\s/g, '');
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
    const value = toHalfWidth(cell);
    if (!/^[+-]?\d{1,9}(\.0+)?$/.test(value)) return malformed({ zh: '整数', en: 'a whole number' });
    return Number(value) >= min && Number(value) <= max ? Number(value) : outOfRange(min, max);
  };
}

/** `30`, `30.00`, `¥30.5`, `30元`: yuan, as fen. */
export const yuanAsFen: ReadCell<number> = (cell) =>
  fenFromYuan(toHalfWidth(cell).replace(/^[¥￥]|元$/g, '')) ??
  malformed({ zh: '金额（元），如 30.00', en: 'yuan, such as 30.00' });

/** `2026-12-12 09:00`, also `2026/12/12 9:00`: Asia/Shanghai. */
export const moment: ReadCell<Date> = (cell) =>
  fromShanghai(toHalfWidth(cell)) ??
  malformed({ zh: '时间，如 2026-12-12 09:00', en: 'a time, such as 2026-12-12 09:00' });

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
  return toHalfWidth(word).replace(/[\s_]/g, '').toLowerCase();
}
