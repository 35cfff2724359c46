import { createReadStream } from 'node:fs';
import { IMPORT_FILE_NOT_TEXT } from './refusals.js';

/** What Chinese offices save: UTF-8 with or without BOM, GB18030 (Excel's own CSV), UTF-16 (Excel's Unicode text). */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

/**
 * Finds a file's encoding by reading it once: valid UTF-8 is UTF-8, anything else GB18030.
 *
 * @throws IMPORT_FILE_NOT_TEXT for a workbook or any other binary file
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let begun = false;
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
      if (!begun && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
      begun = true;
      // no text has a zero byte: an .xlsx, an .xls, a picture
      if (bytes.includes(0)) throw IMPORT_FILE_NOT_TEXT();
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (isUndecodable(error)) return 'gb18030';
    throw error;
  }
}

/** The file as text, piece by piece, without BOM; `onBytes` hears how far it has come. @throws IMPORT_FILE_NOT_TEXT */
export async function* textOf(
  file: string,
  encoding: Encoding,
  onBytes: (bytesRead: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytesRead = 0;
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
      if (encoding !== 'utf-16le' && bytes.includes(0)) throw IMPORT_FILE_NOT_TEXT();
      const text = decoder.decode(bytes, { stream: true });
      if (text) yield text;
      bytesRead += bytes.length;
      onBytes(bytesRead);
    }
    const rest = decoder.decode();
    if (rest) yield rest;
  } catch (error) {
    throw isUndecodable(error) ? IMPORT_FILE_NOT_TEXT() : error;
  }
}

function isUndecodable(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}
