/** So that spreadsheets read what follows as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A line of CSV with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** What a spreadsheet would run, behind the apostrophes that somebody put before it. */
const FORMULA = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * A cell that a spreadsheet takes for the text it is. What it would run as a formula begins with an apostrophe; what it
 * would change ends with a tab: a number with a nought in front or of very many digits, what might be a date, a time, a
 * fraction, a truth. An import takes both away again (`tidy`).
 */
function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  const kept = wouldBeChanged(harmless) ? `${harmless}\t` : harmless;
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
}

/** Spreadsheets show numbers of more digits in scientific notation. */
const MOST_DIGITS = 11;
/** What spreadsheets, Chinese ones too, read as something else than text. */
const KINDS = [
  // numbers: with noughts in front or behind, thousands set apart, exponents, per cent; in brackets they are negative
  /^[\d.,]+(?:e[+-]?\d+)?%?$/i,
  /^\([\d.,]+\)$/,
  // dates: 3-1, 2024/9, 2024年9月1日, Mar-1, 1 Mar
  /^\d+[-/.]\d+(?:[-/.]\d+)?(?: .*)?$/,
  /^(?:\d+年)?\d+月/,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-/, ]*\d/i,
  /^\d+[-/., ]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i,
  // times: 9:00, 上午9时, 3 pm
  /^(?:上午|下午|早上|晚上)?\d+(?::\d+|[时点])/,
  /^\d+(?::\d+)* ?[ap]m?$/i,
  // fractions, truths, errors
  /^\d+ \d+\/\d+$/,
  /^(?:true|false|#.+[!?]|#n\/a)$/i,
];

function wouldBeChanged(text: string): boolean {
  // a plain number stays as it is
  if (text.length <= MOST_DIGITS && String(Number(text)) === text) return false;
  // full width is half width to a spreadsheet
  const read = text.normalize('NFKC').trim();
  return KINDS.some((kind) => kind.test(read));
}
