import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { IMPORT_FILE_CHANGED } from './refusals.js';

/** SHA-256 of a file, in hex. */
export async function fingerprintOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * R-AD-3: what is taken in is what was checked before, byte by byte; without a fingerprint nothing was. Gives the file's.
 * @throws IMPORT_FILE_CHANGED
 */
export async function theFileIsTheOneChecked({
  file,
  sha256: checked,
}: {
  file: string;
  sha256?: string;
}): Promise<string> {
  const sha256 = await fingerprintOf(file);
  if (checked !== undefined && checked !== sha256) throw IMPORT_FILE_CHANGED();
  return sha256;
}
