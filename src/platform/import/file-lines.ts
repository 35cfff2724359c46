import { stat } from 'node:fs/promises';
import { csvLines } from './csv-lines.js';
import { encodingOf, textOf } from './encoding.js';
import { kindOf } from './file-kind.js';
import { withinLimits } from './file-limits.js';
import type { FileLine } from './file-line.js';
import { xlsxLines } from './xlsx-lines.js';

/** Hears how far the reading of a file has come. */
export type OnProgress = (bytesRead: number, bytes: number) => void;

/**
 * The lines of a file that people made, whichever it is: a workbook (.xlsx) or CSV in one of the usual encodings.
 *
 * @throws IMPORT_FILE_NOT_TEXT, IMPORT_FILE_BROKEN, IMPORT_TOO_MANY_COLUMNS, IMPORT_LINE_TOO_LONG, IMPORT_TOO_MANY_LINES,
 * WORKBOOK_BROKEN, WORKBOOK_TOO_LARGE, ZIP_BROKEN, ZIP_TOO_LARGE, and what `file-kind.ts` says of files that are
 * something else
 */
export function fileLines(file: string, onProgress?: OnProgress): AsyncGenerator<FileLine> {
  return withinLimits(linesOf(file, onProgress));
}

async function* linesOf(file: string, onProgress?: OnProgress): AsyncGenerator<FileLine> {
  const { size } = await stat(file);
  if ((await kindOf(file)) === 'WORKBOOK') {
    yield* xlsxLines(file, (share) => onProgress?.(Math.round(share * size), size));
  } else {
    const text = textOf(file, await encodingOf(file), (bytesRead) => onProgress?.(bytesRead, size));
    yield* csvLines(text);
  }
}
