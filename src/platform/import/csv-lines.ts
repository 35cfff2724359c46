import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { FileLine } from './file-line.js';
import { IMPORT_FILE_BROKEN } from './refusals.js';

/** More than any honest line has; stops a quotation mark that is never closed from swallowing the file. */
const LONGEST_LINE = 100_000;

/**
 * CSV as people's programs write it, read as a stream: separated by commas, tabs or semicolons (whichever the header
 * has), blank lines and lines of empty cells left out.
 *
 * @throws IMPORT_FILE_BROKEN with the line
 */
export async function* csvLines(text: AsyncGenerator<string>): AsyncGenerator<FileLine> {
  const { beginning, all } = await peekFirstLine(text);
  const parser = parse({
    bom: true,
    delimiter: separatorOf(beginning),
    info: true,
    max_record_size: LONGEST_LINE,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(all, { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (record.every((cell) => cell.trim() === '')) continue;
      yield { line: info.lines - lineBreaksIn(record), cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw IMPORT_FILE_BROKEN({ values: { line: Number(error.lines ?? parser.info.lines) } });
    throw error;
  } finally {
    source.destroy();
  }
}

async function peekFirstLine(text: AsyncGenerator<string>) {
  let beginning = '';
  for (let piece = await text.next(); !piece.done; piece = await text.next()) {
    beginning += piece.value;
    if (/[\r\n]/.test(beginning.trimStart()) || beginning.length > LONGEST_LINE) break;
  }
  async function* all() {
    if (beginning) yield beginning;
    yield* text;
  }
  return { beginning: beginning.trimStart().split(/[\r\n]/, 1)[0]!, all: all() };
}

function separatorOf(header: string): string {
  return [',', '\t', ';'].find((separator) => header.includes(separator)) ?? ',';
}

function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return breaks;
}
