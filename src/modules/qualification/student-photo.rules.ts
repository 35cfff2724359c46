import type { Bilingual } from '../../kernel/domain-error.js';
import { Fault } from '../../platform/import/fault.js';
import type { Picture } from '../../platform/import/jpeg.js';

/** What a photo may be: upright, large enough to know somebody by, small enough for ten thousand of them. */
export const PHOTO_LIMITS = {
  kilobytes: 200,
  least: { width: 90, height: 120 },
  most: { width: 1200, height: 1600 },
};

const fault = (code: string, message: Bilingual) => new Fault(code, message);

export const photoFaults = {
  notNamed: fault('PHOTO_NOT_NAMED', {
    zh: '文件名应为证件号码或学号，扩展名应为 .jpg 或 .jpeg',
    en: 'A file is named by document or student number and ends with .jpg or .jpeg',
  }),
  noStudent: fault('PHOTO_OF_NOBODY', {
    zh: '您管理的学籍中没有以此为证件号码或学号的考生',
    en: 'No student of yours has this document or student number',
  }),
  severalStudents: fault('PHOTO_OF_SEVERAL', {
    zh: '有多名考生的证件号码或学号与此相同，请改用证件号码命名',
    en: 'Several students have this number; name the file by document number',
  }),
  repeated: fault('PHOTO_REPEATED', {
    zh: '压缩文件中有同一考生的另一张照片',
    en: 'There is another photo of this student in the zip',
  }),
  tooLarge: fault('PHOTO_TOO_LARGE', {
    zh: `照片文件超过 ${PHOTO_LIMITS.kilobytes} KB`,
    en: `The file is over ${PHOTO_LIMITS.kilobytes} kB`,
  }),
  noJpeg: fault('PHOTO_NO_JPEG', {
    zh: '不是完整的 JPEG 照片（更改扩展名不会改变格式）',
    en: 'Is no whole JPEG (another ending does not make it one)',
  }),
  turned: fault('PHOTO_TURNED', {
    zh: '照片本身是侧向或倒置的，靠旋转标记才能正常显示；请在看图软件中旋转后另存，再导入',
    en: 'The picture lies on its side or head, and only a mark turns it; turn it, save it and send it again',
  }),
  wrongSize: fault('PHOTO_WRONG_SIZE', {
    zh: `照片应为竖版，宽 ${PHOTO_LIMITS.least.width}–${PHOTO_LIMITS.most.width} 像素、高 ${PHOTO_LIMITS.least.height}–${PHOTO_LIMITS.most.height} 像素`,
    en: `A photo is upright, ${PHOTO_LIMITS.least.width}–${PHOTO_LIMITS.most.width} pixels wide and ${PHOTO_LIMITS.least.height}–${PHOTO_LIMITS.most.height} high`,
  }),
};

/** `照片/37990220041108078X.JPG` is of 37990220041108078X. Undefined if the name says nobody. */
export function whoseNumber(fileName: string): string | undefined {
  return /(?:^|\/)([^/]{1,60})\.jpe?g$/i.exec(fileName)?.[1];
}

/** What computers put into zips of their own accord. */
export function isLeftByTheSystem(fileName: string): boolean {
  return /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(fileName);
}

export function isTooLarge(bytes: number): boolean {
  return bytes > PHOTO_LIMITS.kilobytes * 1000;
}

/** Undefined when this picture will do as a photo. */
export function whatIsWrongWith(picture: Omit<Picture, 'jpeg'> | undefined): Fault | undefined {
  if (!picture) return photoFaults.noJpeg;
  const { width, height, isTurned } = picture;
  if (isTurned) return photoFaults.turned;
  const { least, most } = PHOTO_LIMITS;
  const fits = width >= least.width && width <= most.width && height >= least.height && height <= most.height;
  return fits && width < height ? undefined : photoFaults.wrongSize;
}
