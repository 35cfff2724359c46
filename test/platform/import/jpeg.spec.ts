import { pictureIn } from '../../../src/platform/import/jpeg.js';
import { jpegOf, jpegPart } from '../../support/jpeg.js';

const JPEG = jpegOf(300, 400);
const HIDDEN = 'GPS 39.9042,116.4074 <script>alert(1)</script>';
const text = (words: string) => [...Buffer.from(words, 'latin1')];
const withParts = (...parts: number[][]) => jpegOf(300, 400, 0, parts.flat());

/** Exif with an orientation, and where it was taken. */
const exif = (orientation: number, order: 'II' | 'MM' = 'MM') => {
  const tiff = Buffer.alloc(26);
  const [two, four] =
    order === 'II'
      ? (['writeUInt16LE', 'writeUInt32LE'] as const)
      : (['writeUInt16BE', 'writeUInt32BE'] as const);
  tiff.write(order, 'latin1');
  tiff[two](42, 2);
  tiff[four](8, 4);
  tiff[two](1, 8);
  tiff[two](0x0112, 10);
  tiff[two](3, 12);
  tiff[four](1, 14);
  tiff[two](orientation, 18);
  return jpegPart(0xe1, [...text('Exif\0\0'), ...tiff, ...text(HIDDEN)]);
};

test('a JPEG says how large it is, and stays as it came when there is nothing else in it', () => {
  expect(pictureIn(JPEG)).toEqual({ width: 300, height: 400, isTurned: false, jpeg: JPEG });
});

test.each([
  ['Exif', withParts(exif(1))],
  ['a remark', withParts(jpegPart(0xfe, text(HIDDEN)))],
  ['XMP', withParts(jpegPart(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${HIDDEN}`)))],
  [
    'what programs keep for themselves',
    withParts(jpegPart(0xed, text(`Photoshop 3.0\0${HIDDEN}`)), jpegPart(0xef, text(HIDDEN))),
  ],
  ['a smaller picture', withParts(jpegPart(0xe0, [...text('JFXX\0'), 0x10, ...JPEG]))],
  ['a colour profile', withParts(jpegPart(0xe2, text(`ICC_PROFILE\0${HIDDEN}`)))],
  ['what calls itself Adobe’s', withParts(jpegPart(0xee, text(`Adobe${HIDDEN}`)))],
  ['a page behind it', Buffer.concat([JPEG, Buffer.from(HIDDEN)])],
  [
    'a page behind it that ends as a picture does',
    Buffer.concat([JPEG, Buffer.from(HIDDEN), Buffer.from('ffd9', 'hex')]),
  ],
  ['another picture behind it', Buffer.concat([JPEG, jpegOf(90, 120)])],
  ['bytes that fill up', withParts([0xff, 0xff])],
])('%s is left out', (_, bytes) => {
  expect(pictureIn(bytes)).toEqual({ width: 300, height: 400, isTurned: false, jpeg: JPEG });
});

test('how colours are meant is kept', () => {
  const adobe = withParts(jpegPart(0xee, [...text('Adobe'), 0, 100, 0, 0, 0, 0, 1]));
  expect(pictureIn(adobe)?.jpeg).toEqual(adobe);
});

test('a restart within the scan, and scans one after another, are the picture’s', () => {
  const [scan] = [JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xda])), -2)];
  const progressive = Buffer.concat([
    JPEG.subarray(0, -2),
    Buffer.from([0xff, 0xd0, 0x12, 0xff, 0x00, 0x34, 0xff, 0xd7]),
    Buffer.from(jpegPart(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0])),
    scan,
    JPEG.subarray(-2),
  ]);
  expect(pictureIn(Buffer.concat([progressive, Buffer.from(HIDDEN)]))?.jpeg).toEqual(progressive);
});

test.each([
  [1, 'MM', false],
  [3, 'MM', true],
  [6, 'II', true],
  [1, 'II', false],
] as const)('orientation %i of Exif (%s): is it turned? %s', (orientation, order, isTurned) => {
  expect(pictureIn(withParts(exif(orientation, order)))?.isTurned).toBe(isTurned);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a page with a JPEG behind it', Buffer.concat([Buffer.from('<script>alert(1)</script>'), JPEG])],
  ['one cut off', JPEG.subarray(0, JPEG.length - 30)],
  ['one whose parts are longer than it is', Buffer.from('ffd8ffe0fffff0ffd9', 'hex')],
  ['one without a frame', Buffer.from('ffd8ffda000400000000ffd9', 'hex')],
  [
    'one without a scan',
    Buffer.concat([JPEG.subarray(0, JPEG.indexOf(Buffer.from([0xff, 0xda]))), JPEG.subarray(-2)]),
  ],
  ['one with two frames', withParts(jpegPart(0xc0, [8, 1, 0, 1, 0, 1, 1, 0x11, 0]))],
  ['one with a part nobody knows', withParts(jpegPart(0xf0, text(HIDDEN)))],
  ['one whose parts have no length', Buffer.from('ffd8ffe00000ffd9', 'hex')],
  ['only the beginning and the end', Buffer.from('ffd8ffd9', 'hex')],
])('%s is none', (_, bytes) => {
  expect(pictureIn(bytes)).toBeUndefined();
});
