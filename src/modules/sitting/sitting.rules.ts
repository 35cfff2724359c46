import { toShanghaiText } from '../../kernel/clock.js';
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

export const CURRENT_SITTING_STILL_OPEN = refusal(
  'CURRENT_SITTING_STILL_OPEN',
  409,
  { zh: '当前考次仍在报名', en: 'The current sitting is still open' },
  {
    zh: '当前考次还有 {campuses} 个校区正在网上报名，切换后考生将无法继续。请先让省级承办机构截止报名，再切换考次。',
    en: '{campuses} campuses of the current sitting are open. Have their windows closed before you change the sitting.',
  },
);
/** Candidates are not cut off in the middle of registering. @throws CURRENT_SITTING_STILL_OPEN */
export function noCampusIsOpenForAnother(openCampuses: number): void {
  if (openCampuses > 0) throw CURRENT_SITTING_STILL_OPEN({ values: { campuses: openCampuses } });
}

export const REPORT_WINDOW_INVALID = refusal(
  'REPORT_WINDOW_INVALID',
  422,
  { zh: '成绩报告单修改时间有误', en: 'Impossible report change window' },
  {
    zh: '成绩报告单修改的开始和结束时间应同时填写或同时留空，且结束晚于开始。',
    en: 'Give both ends of the report change window, the end after the beginning, or neither.',
  },
  'reportChangeClosesAt',
);
/** R-SR-3: a second window for the preference has both ends. @throws REPORT_WINDOW_INVALID */
export function reportChangeWindowIsWhole({
  reportChangeOpensAt: from,
  reportChangeClosesAt: to,
}: {
  reportChangeOpensAt: Date | null;
  reportChangeClosesAt: Date | null;
}): void {
  if ((from === null) !== (to === null) || (from && to && from >= to)) throw REPORT_WINDOW_INVALID();
}

export const PAYMENT_ENDS_BEFORE_WINDOWS = refusal(
  'PAYMENT_ENDS_BEFORE_WINDOWS',
  422,
  { zh: '缴费截止早于报名截止', en: 'Payment ends before registration does' },
  {
    zh: '有校区的网上报名到 {closesAt} 才截止，缴费截止时间不能早于它，否则考生报考后无法缴费。',
    en: 'A campus stays open until {closesAt}; payment must not end before that.',
  },
  'paymentEndsAt',
);
/** Whoever can enrol can pay. @throws PAYMENT_ENDS_BEFORE_WINDOWS */
export function paymentEndsAfterTheWindows(paymentEndsAt: Date, closings: readonly Date[]): void {
  const last = closings.find((closing) => closings.every((other) => other <= closing));
  if (last && paymentEndsAt < last)
    throw PAYMENT_ENDS_BEFORE_WINDOWS({ values: { closesAt: toShanghaiText(last) } });
}
