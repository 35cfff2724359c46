import { Readable } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import { theTextIsNoPage } from './file-kind.js';
import { FILE_LIMITS, theHeaderIsNotTooWide } from './file-limits.js';
import type { FileLine } from './file-line.js';
import { IMPORT_FILE_BROKEN, IMPORT_LINE_TOO_LONG } from './refusals.js';

/**
 * CSV as people's programs write it, read as a stream: separated by commas, tabs or semicolons (whichever the header
 * has) or by what a first line `sep=;` says, blank lines and lines of empty cells left out. A line has one cell more than
 * there may be columns at most: what stands behind that is all of it.
 *
 * @throws IMPORT_TOO_MANY_COLUMNS; IMPORT_FILE_BROKEN, IMPORT_LINE_TOO_LONG with the line; IMPORT_FILE_IS_WEB_PAGE,
 * IMPORT_FILE_IS_OTHER_WORKBOOK
 */
export async function* csvLines(text: AsyncGenerator<string>): AsyncGenerator<FileLine> {
  const { first, second, beginning, all } = await peekTwoLines(text);
  theTextIsNoPage(beginning);
  const told = /^"?sep=(.)"?[,;\t]*$/i.exec(first)?.[1];
  const header = told === undefined ? first : second;
  const separator = told !== undefined && header.includes(told) ? told : separatorOf(header);
  theHeaderIsNotTooWide(columnsIn(header, separator));
  const parser = parse({
    bom: true,
    delimiter: separator,
    ignore_last_delimiters: FILE_LIMITS.columns + 1,
    info: true,
    // also stops a quotation mark that is never closed from swallowing the file
    max_record_size: FILE_LIMITS.line,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(all, { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  let toBeSkipped = told !== undefined;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.every((cell) => cell.trim() === '')) continue;
      if (toBeSkipped) {
        toBeSkipped = false;
        continue;
      }
      yield { line: info.lines - lineBreaksIn(record), cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? parser.info.lines);
    if (error.code === 'CSV_MAX_RECORD_SIZE' && !isWithinQuotes(parser))
      throw IMPORT_LINE_TOO_LONG({ values: { line, most: FILE_LIMITS.line } });
    throw IMPORT_FILE_BROKEN({ values: { line } });
  } finally {
    source.destroy();
  }
}

/** As far as they may be. */
function columnsIn(header: string, separator: string): number {
  let columns = 1;
  let at = header.indexOf(separator);
  for (; at >= 0 && columns <= FILE_LIMITS.columns; at = header.indexOf(separator, at + 1)) columns++;
  return columns;
}

/** Its state is there, but not among its types. */
function isWithinQuotes(parser: Parser): boolean {
  return (parser as unknown as { state: { quoting: boolean } }).state.quoting;
}

async function peekTwoLines(text: AsyncGenerator<string>) {
  let beginning = '';
  let seen = '';
  for (let piece = await text.next(); !piece.done; piece = await text.next()) {
    beginning += piece.value;
    seen = beginning.trimStart().slice(0, FILE_LIMITS.line);
    if (linesOf(seen).length > 2 || beginning.length > FILE_LIMITS.line) break;
  }
  async function* all() {
    if (beginning) yield beginning;
    yield* text;
  }
  const [first = '', second = ''] = linesOf(seen);
  return { first, second, beginning: seen, all: all() };
}

function linesOf(beginning: string): string[] {
  return beginning.split(/[\r\n]+/, 3);
}

function separatorOf(header: string): string {
  return [',', '\t', ';'].find((separator) => header.includes(separator)) ?? ',';
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return breaks;
}
