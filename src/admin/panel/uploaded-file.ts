import { refusal } from '../../kernel/domain-error.js';

/** What a file that comes in may be. */
export interface FileLimits {
  readonly megabytes: number;
  /** Endings, lower case, with the dot. */
  readonly endings: readonly string[];
}

/** A file that came in; it is there until the verb is done. */
export interface UploadedFile {
  /** Where it is now. */
  readonly path: string;
  /** What people call it. */
  readonly name: string;
  readonly bytes: number;
}

export const FILE_TOO_LARGE = refusal(
  'FILE_TOO_LARGE',
  413,
  { zh: '文件过大', en: 'The file is too large' },
  {
    zh: '文件超过 {megabytes} MB，请拆分后分次上传。',
    en: 'The file is over {megabytes} MB. Split it and send the parts.',
  },
  'file',
);
/** @throws FILE_TOO_LARGE */
export function theFileIsNotTooLarge(bytes: number, { megabytes }: FileLimits): void {
  if (bytes > megabytes * 1_000_000) throw FILE_TOO_LARGE({ values: { megabytes } });
}

export const FILE_OF_ANOTHER_KIND = refusal(
  'FILE_OF_ANOTHER_KIND',
  422,
  { zh: '文件类型不符', en: 'A file of another kind' },
  { zh: '请选择以 {endings} 结尾的文件。', en: 'Choose a file that ends with {endings}.' },
  'file',
);
/** @throws FILE_OF_ANOTHER_KIND */
export function theFileIsOfTheRightKind(name: string, { endings }: FileLimits): void {
  if (!endings.some((ending) => name.toLowerCase().endsWith(ending)))
    throw FILE_OF_ANOTHER_KIND({ values: { endings: endings.join(' / ') } });
}

export const FILE_EMPTY = refusal(
  'FILE_EMPTY',
  422,
  { zh: '没有文件', en: 'No file' },
  { zh: '请选择要上传的文件，文件不能为空。', en: 'Choose a file that is not empty.' },
  'file',
);
/** @throws FILE_EMPTY */
export function thereIsAFile(bytes: number): void {
  if (bytes === 0) throw FILE_EMPTY();
}
