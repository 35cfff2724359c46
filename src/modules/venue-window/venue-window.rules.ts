import { toShanghaiText } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';
import {
  isOpen,
  type Venue,
  windowClosesBeforeTheExam,
  windowClosesByTheEndOfPayment,
} from '../sitting/index.js';

/** 网上报名时间: from when, and until when, a campus takes candidates for a subject. */
export type Window = Pick<Venue, 'opensAt' | 'closesAt'>;

/** What is to become of windows; what is left out stays. `NOW` ends those that are open, and leaves the others alone. */
export interface WindowChange {
  readonly opensAt?: Date;
  readonly closesAt?: Date | 'NOW';
}

/** The window as it would be. */
export function changedWindow(before: Window, change: WindowChange, now: Date): Window {
  const { opensAt = before.opensAt, closesAt = before.closesAt } = change;
  if (closesAt !== 'NOW') return { opensAt, closesAt };
  return isOpen(before, now) ? { opensAt, closesAt: now } : { opensAt, closesAt: before.closesAt };
}

export function isSameWindow(a: Window, b: Window): boolean {
  return a.opensAt?.getTime() === b.opensAt?.getTime() && a.closesAt?.getTime() === b.closesAt?.getTime();
}

export const WINDOW_HALF_SET = refusal(
  'WINDOW_HALF_SET',
  409,
  { zh: '报名时间不完整', en: 'Half a window' },
  {
    zh: '{place}：还没有设置过报名时间，请同时填写开始和结束时间。',
    en: '{place} has no window yet: give both its ends.',
  },
);
export const WINDOW_ENDS_BEFORE_IT_BEGINS = refusal(
  'WINDOW_ENDS_BEFORE_IT_BEGINS',
  409,
  { zh: '报名时间有误', en: 'The window ends before it begins' },
  {
    zh: '{place}：报名结束时间应晚于开始时间 {opensAt}。',
    en: '{place}: the window must close after it opens, {opensAt}.',
  },
);
/** A window has both ends, in their order. @throws WINDOW_HALF_SET, WINDOW_ENDS_BEFORE_IT_BEGINS */
export function windowIsWhole({ opensAt, closesAt }: Window, place: string): void {
  if (!opensAt || !closesAt) throw WINDOW_HALF_SET({ values: { place } });
  if (closesAt <= opensAt)
    throw WINDOW_ENDS_BEFORE_IT_BEGINS({ values: { place, opensAt: toShanghaiText(opensAt) } });
}

export const WINDOW_ENDS_IN_THE_PAST = refusal(
  'WINDOW_ENDS_IN_THE_PAST',
  409,
  { zh: '报名结束时间已过', en: 'The window would be over' },
  {
    zh: '填写的报名结束时间已经过去。如要马上停止报名，请选择“立即截止”。',
    en: 'That closing time is over. To stop registration at once, choose to close now.',
  },
);
/** A closing typed in lies ahead; whoever wants to close at once says so. @throws WINDOW_ENDS_IN_THE_PAST */
export function closingLiesAhead({ closesAt }: WindowChange, now: Date): void {
  if (closesAt instanceof Date && closesAt <= now) throw WINDOW_ENDS_IN_THE_PAST();
}

export const ORAL_OPENS_BEFORE_WRITTEN = refusal(
  'ORAL_OPENS_BEFORE_WRITTEN',
  409,
  { zh: '口试早于笔试开放', en: 'The oral opens before the written exam' },
  {
    zh: '{place}：报考顺序为先笔试、后口试，口试报名不能早于笔试报名（{opensAt}）开始。',
    en: '{place}: written subjects come first; orals must not open before them, {opensAt}.',
  },
);
/**
 * [004 一.4]: written first, then oral; an oral window may be later, and longer ([001] §18). Once the written one is open
 * it no longer matters when either opened.
 * @throws ORAL_OPENS_BEFORE_WRITTEN
 */
export function oralOpensNoEarlierThanWritten(
  written: Window | undefined,
  oral: Window | undefined,
  now: Date,
  place: string,
): void {
  if (!written?.opensAt || written.opensAt <= now) return;
  if (!oral?.opensAt || oral.opensAt >= written.opensAt) return;
  throw ORAL_OPENS_BEFORE_WRITTEN({ values: { place, opensAt: toShanghaiText(written.opensAt) } });
}

export const WINDOW_CLOSES_ON_PEOPLE = refusal(
  'WINDOW_CLOSES_ON_PEOPLE',
  409,
  { zh: '有考生受影响', en: 'Candidates are affected' },
  {
    zh: '报名将在 {campuses} 个校区提前停止：{waiting} 条候补将结束，{unpaid} 个未支付科目逾期后不能再报。请核对受影响的考生并勾选确认后再提交。',
    en: 'Registration would stop at {campuses} campuses: {waiting} waitlist entries end, {unpaid} unpaid enrolments cannot be made again. Look at them, tick the confirmation, and send it again.',
  },
);
/** Nobody is stranded by oversight: stopping a running registration is confirmed. @throws WINDOW_CLOSES_ON_PEOPLE */
export function stoppingIsConfirmed(
  stranded: { campuses: number; waiting: number; unpaid: number },
  confirmed: boolean,
): void {
  const { campuses, waiting, unpaid } = stranded;
  if (!confirmed && waiting + unpaid > 0)
    throw WINDOW_CLOSES_ON_PEOPLE({ values: { campuses, waiting, unpaid } });
}

/** Everything about one venue's new window, in order. @throws what each rule throws */
export function windowCanBeSetSo(
  venue: Venue,
  after: Window,
  sitting: { paymentEndsAt: Date | null },
  place: string,
): void {
  windowIsWhole(after, place);
  windowClosesByTheEndOfPayment(after, sitting, place);
  windowClosesBeforeTheExam({ ...venue, ...after });
}
