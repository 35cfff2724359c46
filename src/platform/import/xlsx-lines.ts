import { DomainError } from '../../kernel/domain-error.js';
import { theZipIsAWorkbook } from './file-kind.js';
import type { FileLine } from './file-line.js';
import { MergedCells } from './merged-cells.js';
import { WORKBOOK_BROKEN, WORKBOOK_TOO_LARGE } from './refusals.js';
import {
  NumberForms,
  SharedTexts,
  SheetLines,
  WorkbookParts,
  type XmlReader,
  xmlParser,
} from './xlsx-parts.js';
import { type OpenZip, openZip, type ZippedFile } from './zip-file.js';

/** A sheet of a hundred thousand students unpacks to some 80 MB. */
const LIMITS = { files: 1000, bytes: 500_000_000 };
/** Every different text of the workbook stands in memory while a sheet is read. */
const MOST_SHARED_BYTES = 60_000_000;
/** Of what tells where things are and how they look. */
const MOST_OTHER_BYTES = 5_000_000;
/** A sheet of students unpacks to some ten times its size; what unpacks to far more says nothing, at length. */
const MOST_UNPACKED_PER_BYTE = 200;
const SMALL_ENOUGH_BYTES = 10_000_000;

/**
 * The lines of a workbook's first visible sheet, piece by piece: memory holds the texts that its cells share and one
 * piece of the sheet, however long that is. Cells come as the text that people see in them, but for numbers of more
 * digits than Excel keeps: those come in scientific notation, which is the fault it is.
 *
 * @param onShare hears how much of the sheet has been read, from 0 to 1
 * @throws WORKBOOK_BROKEN, WORKBOOK_TOO_LARGE, ZIP_BROKEN, ZIP_TOO_LARGE
 */
export async function* xlsxLines(
  file: string,
  onShare: (share: number) => void = () => undefined,
): AsyncGenerator<FileLine> {
  const zip = await openZip(file, LIMITS);
  try {
    theZipIsAWorkbook(zip.files.map(({ name }) => name));
    const [parts, texts, forms] = [new WorkbookParts(), new SharedTexts(), new NumberForms()];
    await readWhole(zip, 'xl/workbook.xml', parts, MOST_OTHER_BYTES);
    await readWhole(zip, 'xl/_rels/workbook.xml.rels', parts, MOST_OTHER_BYTES);
    if (parts.sharedTexts) await readWhole(zip, parts.sharedTexts, texts, MOST_SHARED_BYTES);
    if (parts.styles) await readWhole(zip, parts.styles, forms, MOST_OTHER_BYTES);

    const [sheet, merged] = [partOf(zip, parts.sheet), new MergedCells()];
    if (await mentions(sheet, 'mergeCell')) for await (const _ of reading(sheet, merged));
    const lines = new SheetLines(texts, forms, merged, parts.beginsIn1904);
    for await (const share of reading(sheet, lines)) {
      onShare(share);
      yield* lines.take();
    }
  } finally {
    zip.close();
  }
}

/** Names of parts are the same in whichever letter case (ECMA-376 part 2). */
function partOf(zip: OpenZip, name: string | undefined): ZippedFile {
  const named = name?.toLowerCase();
  const part = zip.files.find((file) => file.name.toLowerCase() === named);
  if (!part) throw WORKBOOK_BROKEN();
  const { bytes, packedBytes } = part;
  if (bytes > SMALL_ENOUGH_BYTES && bytes > packedBytes * MOST_UNPACKED_PER_BYTE) throw WORKBOOK_TOO_LARGE();
  return part;
}

async function readWhole(zip: OpenZip, name: string, reader: XmlReader, mostBytes: number): Promise<void> {
  const part = partOf(zip, name);
  if (part.bytes > mostBytes) throw WORKBOOK_TOO_LARGE();
  for await (const _ of reading(part, reader));
}

/** Lets `reader` read a part, and says after each piece how much of it has been read. @throws WORKBOOK_BROKEN */
async function* reading(part: ZippedFile, reader: XmlReader): AsyncGenerator<number> {
  const parser = xmlParser(reader);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const piece of piecesOf(part)) {
    understood(() => parser.write(decoder.decode(piece, { stream: true })));
    bytes += piece.length;
    yield bytes / part.bytes;
  }
  understood(() => parser.write(decoder.decode()).close());
  yield 1;
}

/** Does an ASCII word stand anywhere in a part? Much faster than to read it. */
async function mentions(part: ZippedFile, word: string): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const piece of piecesOf(part)) {
    const bytes = Buffer.concat([end, piece]);
    if (bytes.includes(word)) return true;
    end = bytes.subarray(-word.length);
  }
  return false;
}

async function* piecesOf(part: ZippedFile): AsyncGenerator<Buffer> {
  try {
    yield* (await part.open()) as AsyncIterable<Buffer>;
  } catch {
    throw WORKBOOK_BROKEN();
  }
}

function understood(read: () => void): void {
  try {
    read();
  } catch (error) {
    throw error instanceof DomainError ? error : WORKBOOK_BROKEN();
  }
}
