import { createReadStream } from 'node:fs';
import { IMPORT_FILE_NOT_TEXT } from './refusals.js';

/** What Chinese offices save: UTF-8 with or without BOM, GB18030 (Excel's own CSV), UTF-16 (Excel's Unicode text). */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * Finds a file's encoding by reading it once: by its byte order mark, as UTF-16 without one, else valid UTF-8 is UTF-8 and
 * anything else GB18030.
 *
 * @throws IMPORT_FILE_NOT_TEXT for a workbook or any other binary file
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let begun = false;
  try {
    for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) {
      const utf16 = begun ? undefined : (markedUtf16(bytes) ?? unmarkedUtf16(bytes));
      if (utf16) return utf16;
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

/** By its byte order mark; with two zero bytes behind it, it is the one of UTF-32, which nobody's Excel writes. */
function markedUtf16(bytes: Buffer): Encoding | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

const MUCH = 4096;
const USUAL = /[\t\n\r -~\u00a0-\u024f\u2000-\u206f\u3000-\u303f\u3400-\u9fff\ud800-\udfff\uff00-\uffef]/g;

/**
 * UTF-16 without a mark: read so, the beginning is made of Chinese and ASCII and has what sets cells and lines apart. ASCII
 * read so is Chinese too, by chance, but has neither; so zero bytes in a text of another encoding deceive nobody.
 */
function unmarkedUtf16(bytes: Buffer): Encoding | undefined {
  if (!bytes.includes(0)) return undefined;
  const beginning = bytes.subarray(0, Math.min(MUCH, bytes.length - (bytes.length % 2)));
  return (['utf-16le', 'utf-16be'] as const).find((encoding) => {
    const text = new TextDecoder(encoding).decode(beginning);
    const usual = text.match(USUAL)?.length ?? 0;
    return usual >= text.length * 0.9 && /[\r\n]/.test(text) && /[\t,;]/.test(text);
  });
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
      const text = decoder.decode(bytes, { stream: true });
      if (text.includes('\0')) throw IMPORT_FILE_NOT_TEXT();
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
