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
  /** Two for each line. */
  private hashes = new Uint32Array(2 * FIRST_SIZE);

  /** The line the key was noted on before; undefined, and noted, if this is the first. */
  note(key: string, line: number): number | undefined {
    // binary: a string of one character a byte is much cheaper than a buffer
    const digest = hash('sha1', key, 'binary');
    const [high, low] = [fourBytes(digest, 0), fourBytes(digest, 4)];
    const place = this.placeOf(high, low);
    const first = this.lines[place];
    if (first !== 0) return first;
    this.put(place, high, low, line);
    if (++this.count > this.lines.length * 0.75) this.grow();
    return undefined;
  }

  /** Where the hash stands, or would. */
  private placeOf(high: number, low: number): number {
    const mask = this.lines.length - 1;
    let place = low & mask;
    while (
      this.lines[place] !== 0 &&
      !(this.hashes[2 * place] === high && this.hashes[2 * place + 1] === low)
    ) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private put(place: number, high: number, low: number, line: number): void {
    this.hashes[2 * place] = high;
    this.hashes[2 * place + 1] = low;
    this.lines[place] = line;
  }

  private grow(): void {
    const { lines, hashes } = this;
    this.lines = new Uint32Array(lines.length * 2);
    this.hashes = new Uint32Array(hashes.length * 2);
    lines.forEach((line, i) => {
      const [high, low] = [hashes[2 * i]!, hashes[2 * i + 1]!];
      if (line !== 0) this.put(this.placeOf(high, low), high, low, line);
    });
  }
}

function fourBytes(bytes: string, from: number): number {
  const byte = (i: number) => bytes.charCodeAt(from + i);
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}
