import { jpegSize } from '../../../src/platform/import/jpeg.js';
import { jpegOf } from '../../support/jpeg.js';

const JPEG = jpegOf(300, 400);

test('a JPEG says how large it is', () => {
  expect(jpegSize(JPEG)).toEqual({ width: 300, height: 400 });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a page with a JPEG behind it', Buffer.concat([Buffer.from('<script>alert(1)</script>'), JPEG])],
  ['one with a page behind it', Buffer.concat([JPEG, Buffer.from('<script>alert(1)</script>')])],
  ['one cut off', JPEG.subarray(0, JPEG.length - 30)],
  ['one whose parts are longer than it is', Buffer.from('ffd8ffe0fffff0ffd9', 'hex')],
  ['one without a frame', Buffer.from('ffd8ffda000400000000ffd9', 'hex')],
  ['one whose parts have no length', Buffer.from('ffd8ffe00000ffd9', 'hex')],
  ['only the beginning and the end', Buffer.from('ffd8ffd9', 'hex')],
])('%s is none', (_, bytes) => {
  expect(jpegSize(bytes)).toBeUndefined();
});
