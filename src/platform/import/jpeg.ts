/** Width and height in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** A picture and nothing else. */
export interface Picture extends ImageSize {
  jpeg: Buffer;
  /** Programs are told by its metadata to turn or mirror it before it is shown; without them it would lie. */
  isTurned: boolean;
}

const [START, END, SCAN] = [0xd8, 0xd9, 0xda];
const [TABLES_OF_CODES, TABLES_OF_NUMBERS, RESTARTS, LINES] = [0xc4, 0xdb, 0xdd, 0xdc];
/** What a picture is drawn by; the rest is about it: when, where and by what it was taken, smaller pictures, remarks. */
const KEPT = [TABLES_OF_CODES, TABLES_OF_NUMBERS, RESTARTS, LINES, SCAN];
const [ABOUT_JFIF, ABOUT_EXIF, ABOUT_ADOBE] = [0xe0, 0xe1, 0xee];
const isAbout = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

/** Start of a frame, but for the four markers of these numbers that begin something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * The picture in these bytes, if they begin with a whole JPEG: begun, with a frame and a scan, and ended. Its metadata
 * and what stands behind its end are left out, and it is not coded anew. Undefined for everything else, whatever it
 * calls itself: a browser is shown these bytes, and must have nothing else to find in them.
 */
export function pictureIn(bytes: Buffer): Picture | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + START) return undefined;
  const kept = [bytes.subarray(0, 2)];
  let size: ImageSize | undefined;
  let [isTurned, isScanned] = [false, false];
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === END) {
      if (!size || !isScanned) return undefined;
      return { ...size, isTurned, jpeg: Buffer.concat([...kept, bytes.subarray(at, at + 2)]) };
    }
    const part = partAt(bytes, at);
    if (!part) return undefined;
    if (isFrame(marker)) {
      if (size || part.length < 10) return undefined;
      size = { height: part.readUInt16BE(5), width: part.readUInt16BE(7) };
    } else if (!KEPT.includes(marker) && !isAbout(marker)) return undefined;
    if (marker === ABOUT_EXIF) isTurned ||= saysTurned(part);
    const end = marker === SCAN ? endOfScan(bytes, at + part.length) : at + part.length;
    if (marker === SCAN && !size) return undefined;
    isScanned ||= marker === SCAN;
    if (!isAbout(marker) || isNeeded(marker, part)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

/** A marker with what it says; undefined where that would be longer than all there is. */
function partAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + 4 > bytes.length) return undefined;
  const length = bytes.readUInt16BE(at + 2);
  return length < 2 || at + 2 + length > bytes.length ? undefined : bytes.subarray(at, at + 2 + length);
}

/** Where the next marker stands that does not belong to the scan itself, or the end of all. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Says how colours are meant, in a few bytes that have room for nothing else. */
function isNeeded(marker: number, part: Buffer): boolean {
  const name = part.toString('latin1', 4, 9);
  if (marker === ABOUT_JFIF) return name === 'JFIF\0' && part.length === 18 && part.readUInt16BE(16) === 0;
  return marker === ABOUT_ADOBE && name === 'Adobe' && part.length === 16;
}

const ORIENTATION = 0x0112;

/** Exif's orientation, where there is one: anything but 1, as it lies. */
function saysTurned(part: Buffer): boolean {
  if (part.toString('latin1', 4, 10) !== 'Exif\0\0') return false;
  const tiff = part.subarray(10);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const number = (at: number, length: 2 | 4) => {
    if (at + length > tiff.length) return 0;
    return isLittle ? tiff.readUIntLE(at, length) : tiff.readUIntBE(at, length);
  };
  const directory = number(4, 4);
  const end = Math.min(tiff.length, directory + 2 + 12 * number(directory, 2));
  for (let at = directory + 2; at < end; at += 12)
    if (number(at, 2) === ORIENTATION) return number(at + 8, 2) > 1;
  return false;
}
