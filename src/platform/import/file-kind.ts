import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  IMPORT_FILE_HAS_PASSWORD,
  IMPORT_FILE_IS_ARCHIVE,
  IMPORT_FILE_IS_DOCUMENT,
  IMPORT_FILE_IS_OLD_WORKBOOK,
  IMPORT_FILE_IS_OTHER_WORKBOOK,
  IMPORT_FILE_IS_WEB_PAGE,
} from './refusals.js';

/** What a file is by its own bytes: names lie, and people are told what they have in hand. */

const ZIP = 'PK\x03\x04';
/** Of old Excel, WPS and Word, and of every new file with a password. */
const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const ARCHIVES = ['Rar!', '7z\xbc\xaf\x27\x1c', '\x1f\x8b', 'PK\x05\x06'];
const DOCUMENTS = ['%PDF', '{\\rtf', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*'];

/**
 * Whether a file may be a workbook or else a text.
 *
 * @throws IMPORT_FILE_HAS_PASSWORD, IMPORT_FILE_IS_OLD_WORKBOOK, IMPORT_FILE_IS_ARCHIVE, IMPORT_FILE_IS_DOCUMENT
 */
export async function kindOf(file: string): Promise<'WORKBOOK' | 'TEXT'> {
  const beginning = await firstBytes(file);
  const beginsWith = (mark: string) => beginning.startsWith(mark);
  if (beginsWith(ZIP)) return 'WORKBOOK';
  if (beginsWith(COMPOUND)) {
    if (await mentionsInUtf16(file, 'EncryptedPackage')) throw IMPORT_FILE_HAS_PASSWORD();
    throw (await mentionsInUtf16(file, 'WordDocument'))
      ? IMPORT_FILE_IS_DOCUMENT()
      : IMPORT_FILE_IS_OLD_WORKBOOK();
  }
  if (ARCHIVES.some(beginsWith)) throw IMPORT_FILE_IS_ARCHIVE();
  // a text may begin with the letters of a bitmap's mark, and has no zero byte
  if (DOCUMENTS.some((mark) => beginsWith(mark) && (mark.length > 2 || beginning.includes('\0'))))
    throw IMPORT_FILE_IS_DOCUMENT();
  return 'TEXT';
}

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The directory of a compound file names its streams so. */
async function mentionsInUtf16(file: string, word: string): Promise<boolean> {
  const sought = Buffer.from(word, 'utf16le');
  let end = Buffer.alloc(0);
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([end, piece]);
    if (bytes.includes(sought)) return true;
    end = bytes.subarray(-sought.length);
  }
  return false;
}

/**
 * A zip is a workbook, or what its files show it to be.
 *
 * @throws IMPORT_FILE_IS_OTHER_WORKBOOK, IMPORT_FILE_IS_DOCUMENT, IMPORT_FILE_IS_ARCHIVE
 */
export function theZipIsAWorkbook(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  const has = (end: string) => lower.some((name) => name.endsWith(end));
  if (has('workbook.xml')) return;
  if (has('workbook.bin') || has('.iwa') || has('content.xml')) throw IMPORT_FILE_IS_OTHER_WORKBOOK();
  if (has('word/document.xml') || has('ppt/presentation.xml')) throw IMPORT_FILE_IS_DOCUMENT();
  throw IMPORT_FILE_IS_ARCHIVE();
}

/** How a web page, an archive of one, and a table in XML begin. @throws IMPORT_FILE_IS_WEB_PAGE, IMPORT_FILE_IS_OTHER_WORKBOOK */
export function theTextIsNoPage(beginning: string): void {
  const text = beginning.trimStart();
  if (text.startsWith('MIME-Version:')) throw IMPORT_FILE_IS_WEB_PAGE();
  if (!/^<[!?a-z]/i.test(text)) return;
  throw text.includes('urn:schemas-microsoft-com:office:spreadsheet') && !/<html/i.test(text)
    ? IMPORT_FILE_IS_OTHER_WORKBOOK()
    : IMPORT_FILE_IS_WEB_PAGE();
}
