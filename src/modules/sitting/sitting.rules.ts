import { refusal } from '../../kernel/domain-error.js';

/** There is something to register for. */
export const NO_CURRENT_SITTING = refusal(
  'NO_CURRENT_SITTING',
  404,
  { zh: '当前没有开放的考次', en: 'No sitting at present' },
  {
    zh: '当前没有可以报名的考次，请关注学校和考试网站的通知。',
    en: 'There is no sitting to register for at present.',
  },
);

/** There is a sitting of the number staff gave. */
export const SITTING_NOT_FOUND = refusal(
  'SITTING_NOT_FOUND',
  404,
  { zh: '没有该考次', en: 'No such sitting' },
  { zh: '没有编号为 {number} 的考次，请先添加。', en: 'There is no sitting {number}; add it first.' },
);

export const SITTING_NUMBER_INVALID = refusal(
  'SITTING_NUMBER_INVALID',
  422,
  { zh: '考次编号有误', en: 'Impossible sitting number' },
  {
    zh: '考次编号应为三位数字：年份后两位加 1（上半年）或 2（下半年），如 262。',
    en: 'A sitting number has three digits: two of the year and 1 or 2 for its half, such as 262.',
  },
  'number',
);
/** 222 is the second half of 2022. @throws SITTING_NUMBER_INVALID */
export function sittingNumberIsAYearAndAHalf(number: number): void {
  if (!/^\d{2}[12]$/.test(String(number))) throw SITTING_NUMBER_INVALID();
}

export const SITTING_EXISTS = refusal(
  'SITTING_EXISTS',
  409,
  { zh: '该考次已存在', en: 'The sitting exists' },
  { zh: '已有编号为 {number} 的考次。', en: 'There is a sitting {number} already.' },
);
/** One sitting a number. @throws SITTING_EXISTS */
export function sittingIsNew(number: number, existing: unknown): void {
  if (existing) throw SITTING_EXISTS({ values: { number } });
}
