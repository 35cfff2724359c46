/** A marker and what it says. */
export function jpegPart(marker: number, content: number[]): number[] {
  return [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content];
}

/**
 * A baseline JPEG of this size, grey all over, with no metadata but `about`, parts that stand behind the first; `seed`
 * makes it another picture.
 */
export function jpegOf(width: number, height: number, seed = 0, about: number[] = []): Buffer {
  const part = jpegPart;
  const [high, low] = [(n: number) => n >> 8, (n: number) => n & 0xff];
  return Buffer.from([
    0xff,
    0xd8,
    ...part(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...about,
    ...part(0xdb, [0, ...Array<number>(64).fill(16 + seed)]),
    ...part(0xc0, [8, high(height), low(height), high(width), low(width), 1, 1, 0x11, 0]),
    // one code of one bit: no difference, and the end of the block
    ...part(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0]),
    ...part(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]),
    ...part(0xda, [1, 1, 0, 0, 63, 0]),
    ...Array<number>(Math.ceil((Math.ceil(width / 8) * Math.ceil(height / 8) * 2) / 8)).fill(0),
    0xff,
    0xd9,
  ]);
}
