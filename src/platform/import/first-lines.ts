import { hash } from 'node:crypto';

const FIRST_SIZE = 4096;

/**
 * On which line a key stood first. Keeps 64 bits of each key's hash and its line, 12 bytes, in a table that doubles when
 * it is three quarters full, so that a roster of a million lines fits in a few dozen megabytes; two different keys of
 * a million meet with a probability of 3 in 100 million.
 */
export class FirstLines {
  private count = 0;
  private lines = new Uint32Array(FIRST_SIZE);
  private hashes = new BigUint64Array(FIRST_SIZE);

  /** The line the key was noted on before; undefined, and noted, if this is the first. */
  note(key: string, line: number): number | undefined {
    const digest = hash('sha1', key, 'buffer').readBigUInt64LE();
    const place = this.placeOf(digest);
    if (this.lines[place] !== 0) return this.lines[place];
    this.hashes[place] = digest;
    this.lines[place] = line;
    if (++this.count > this.lines.length * 0.75) this.grow();
    return undefined;
  }

  /** Where the hash stands, or would. */
  private placeOf(digest: bigint): number {
    const mask = this.lines.length - 1;
    let place = Number(digest & BigInt(mask));
    while (this.lines[place] !== 0 && this.hashes[place] !== digest) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { lines, hashes } = this;
    this.lines = new Uint32Array(lines.length * 2);
    this.hashes = new BigUint64Array(lines.length * 2);
    for (const [i, line] of lines.entries()) {
      if (line === 0) continue;
      const place = this.placeOf(hashes[i]!);
      this.hashes[place] = hashes[i]!;
      this.lines[place] = line;
    }
  }
}
