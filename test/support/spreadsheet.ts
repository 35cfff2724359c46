import { parse } from 'csv-parse/sync';

/**
 * What a Chinese spreadsheet makes of a CSV file that somebody opens and saves again, as far as it changes texts: written
 * from what Excel is known to do, and without a look at how our files are protected.
 */
export function openedAndSaved(csv: string): string {
  const rows: string[][] = parse(csv, { bom: true, relax_column_count: true });
  return rows
    .map((cells) => cells.map((cell) => `"${shownFor(cell).replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
}

/** What stands in the cell afterwards. */
export function shownFor(typed: string): string {
  // blanks around a number do not keep it from being one; a tab does, and so does an apostrophe
  if (/[\t']/.test(typed)) return typed;
  const text = typed.trim().normalize('NFKC');
  if (/^[=+@-]/.test(text)) return '#NAME?';
  if (/^(true|false)$/i.test(text)) return text.toUpperCase();
  return asNumber(text) ?? asDate(text) ?? asTime(text) ?? typed;
}

function asNumber(text: string): string | undefined {
  const [, digits = '', percent] = /^\(?([\d,]*\.?\d*(?:E[+-]?\d+)?)(%?)\)?$/i.exec(text) ?? [];
  if (!/\d/.test(digits)) return undefined;
  const number = Number(digits.replaceAll(',', ''));
  if (Number.isNaN(number)) return undefined;
  const shown = number >= 1e11 ? number.toExponential(5).replace('e', 'E') : String(number);
  return `${text.startsWith('(') ? '-' : ''}${shown}${percent}`;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function asDate(text: string): string | undefined {
  const day = (month: number, date: number) =>
    month <= 12 && date <= 31 ? `${month}月${date}日` : undefined;
  const [, a, b, c] = /^(\d{1,4})[-/.年](\d{1,2})(?:[-/.月](\d{1,4})日?)?(?: \d.*)?$/.exec(text) ?? [];
  if (a && b && c)
    return a.length === 4 ? `${a}/${Number(b)}/${Number(c)}` : `20${c.slice(-2)}/${Number(a)}/${Number(b)}`;
  if (a && b && !text.includes('.'))
    return a.length === 4 ? `${MONTHS[Number(b) - 1]}-${a.slice(2)}` : day(Number(a), Number(b));
  const [, month, date] = /^(\d{1,2})月(\d{1,2})日?$/.exec(text) ?? [];
  if (month && date) return day(Number(month), Number(date));
  const [, word, number] = /^([a-z]{3})[a-z]*[ -]?(\d{1,4})$/i.exec(text) ?? /^()$/.exec('')!;
  const index = MONTHS.indexOf((word ?? '').toLowerCase());
  return index >= 0 ? `${number}-${word}` : undefined;
}

function asTime(text: string): string | undefined {
  const [, half, hour, minute] = /^(上午|下午)?(\d{1,2})[:时点](\d{1,2})分?(?::\d\d)?$/.exec(text) ?? [];
  if (hour && minute) return `${Number(hour) + (half === '下午' ? 12 : 0)}:${minute.padStart(2, '0')}:00`;
  const [, alone, noon] = /^(\d{1,2}) ([ap])m?$/i.exec(text) ?? [];
  return alone ? `${Number(alone) + (noon!.toLowerCase() === 'p' ? 12 : 0)}:00` : undefined;
}
