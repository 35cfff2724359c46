import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ZIP_BROKEN, ZIP_TOO_LARGE } from './refusals.js';

/** Of a file with its folders: more than Windows opens. */
const LONGEST_NAME = 1_000;

/** How much a zip may hold. */
export interface ZipLimits {
  files: number;
  /** Of all its files together, once unpacked. */
  bytes: number;
}

/** A file within a zip. Nothing is ever written to disk under its name. */
export interface ZippedFile {
  /** With folders, `/` between them; never absolute and never with `..`. */
  name: string;
  /** Once unpacked, as the zip says. */
  bytes: number;
  /** As it lies in the zip. */
  packedBytes: number;
  /** Its bytes; fails when there are more or fewer than the zip says. */
  open(): Promise<Readable>;
}

/** An open zip, to be closed. */
export interface OpenZip {
  readonly files: readonly ZippedFile[];
  close(): void;
}

/**
 * Opens a zip and lists what is in it, folders left out. A small zip that unpacks to gigabytes is refused before
 * anything is unpacked: the sizes it tells are summed up, and a file that does not keep to its own ends in an error.
 *
 * @throws ZIP_BROKEN, ZIP_TOO_LARGE
 */
export async function openZip(file: string, limits: ZipLimits): Promise<OpenZip> {
  const zip = await openPromise(file, { autoClose: false }).catch(() => {
    throw ZIP_BROKEN();
  });
  try {
    return { files: await filesOf(zip, limits), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function filesOf(zip: ZipFile, limits: ZipLimits): Promise<ZippedFile[]> {
  const files: ZippedFile[] = [];
  let bytes = 0;
  for await (const entry of entriesOf(zip)) {
    if (entry.fileName.endsWith('/')) continue;
    bytes += entry.uncompressedSize;
    if (files.length === limits.files || bytes > limits.bytes) throw ZIP_TOO_LARGE();
    if (!entry.canDecodeFileData() || entry.fileName.length > LONGEST_NAME) throw ZIP_BROKEN();
    files.push({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      packedBytes: entry.compressedSize,
      open: () => zip.openReadStreamPromise(entry),
    });
  }
  return files;
}

/** Also refuses names that lead out of the folder a careless program would unpack them in. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch {
    throw ZIP_BROKEN();
  }
}

/** A small file as a whole. @throws ZIP_BROKEN */
export async function bytesOf(file: ZippedFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of (await file.open()) as AsyncIterable<Buffer>) pieces.push(piece);
  } catch {
    throw ZIP_BROKEN();
  }
  return Buffer.concat(pieces);
}
