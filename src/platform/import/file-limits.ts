import type { FileLine } from './file-line.js';
import { IMPORT_LINE_TOO_LONG, IMPORT_TOO_MANY_COLUMNS, IMPORT_TOO_MANY_LINES } from './refusals.js';

/** What an honest file stays far below, and what every line costs stays bounded by. Counted in characters. */
export const FILE_LIMITS = {
  /** Our widest kind of file has sixteen columns. */
  columns: 200,
  /** Twice a list of the codes of all schools of a province. */
  cell: 5_000,
  line: 20_000,
  /** As many as a sheet of Excel holds. */
  lines: 1_048_576,
} as const;

/**
 * The lines as they come, as far as they keep to the limits. A cell that is too long comes cut off, longer than any may
 * be, so that whoever reads it tells the fault by line and column.
 *
 * @throws IMPORT_TOO_MANY_COLUMNS, IMPORT_LINE_TOO_LONG, IMPORT_TOO_MANY_LINES
 */
export async function* withinLimits(lines: AsyncIterable<FileLine>): AsyncGenerator<FileLine> {
  let count = 0;
  for await (const line of lines) {
    const { cells } = line;
    theFileHasNotTooManyLines(++count);
    if (count === 1) theHeaderIsNotTooWide(cells.length);
    theLineIsNotTooLong(line);
    yield cells.some(isTooLong) ? { ...line, cells: cells.map(cutOff) } : line;
  }
}

export function isTooLong(cell: string): boolean {
  return cell.length > FILE_LIMITS.cell;
}

/** So much of a cell as shows that it is too long. */
export function cutOff(cell: string): string {
  return isTooLong(cell) ? cell.slice(0, FILE_LIMITS.cell + 1) : cell;
}

/** @throws IMPORT_TOO_MANY_COLUMNS */
export function theHeaderIsNotTooWide(columns: number): void {
  const most = FILE_LIMITS.columns;
  if (columns > most) throw IMPORT_TOO_MANY_COLUMNS({ values: { most } });
}

/** @throws IMPORT_TOO_MANY_LINES */
function theFileHasNotTooManyLines(lines: number): void {
  const most = FILE_LIMITS.lines;
  if (lines > most) throw IMPORT_TOO_MANY_LINES({ values: { most } });
}

/** @throws IMPORT_LINE_TOO_LONG */
function theLineIsNotTooLong({ line, cells }: FileLine): void {
  const most = FILE_LIMITS.line;
  let length = 0;
  for (const cell of cells) length += cell.length + 1;
  if (length > most) throw IMPORT_LINE_TOO_LONG({ values: { line, most } });
}
