import { DAYS, later } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import { windowClosesByTheEndOfPayment } from '../../../src/modules/sitting/index.js';
import {
  changedWindow,
  closingLiesAhead,
  oralOpensNoEarlierThanWritten,
  stoppingIsConfirmed,
  type Window,
  type WindowChange,
  windowIsWhole,
} from '../../../src/modules/venue-window/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const refusalOf = (rule: () => void) => firstRefusal(rule)?.code;
const [YESTERDAY, TOMORROW, NEXT_WEEK] = [later(NOW, -DAYS), later(NOW, DAYS), later(NOW, 7 * DAYS)];
const NEVER: Window = { opensAt: null, closesAt: null };
const RUNNING: Window = { opensAt: YESTERDAY, closesAt: NEXT_WEEK };
const COMING: Window = { opensAt: TOMORROW, closesAt: NEXT_WEEK };
const OVER: Window = { opensAt: later(NOW, -2 * DAYS), closesAt: YESTERDAY };

it.each<[string, Window, WindowChange, Window]>([
  ['nothing said: stays', RUNNING, {}, RUNNING],
  ['only the closing', RUNNING, { closesAt: TOMORROW }, { opensAt: YESTERDAY, closesAt: TOMORROW }],
  ['only the opening', COMING, { opensAt: NOW }, { opensAt: NOW, closesAt: NEXT_WEEK }],
  ['a first window', NEVER, { opensAt: NOW, closesAt: TOMORROW }, { opensAt: NOW, closesAt: TOMORROW }],
  ['close now: a running one ends', RUNNING, { closesAt: 'NOW' }, { opensAt: YESTERDAY, closesAt: NOW }],
  ['close now: one to come is left alone', COMING, { closesAt: 'NOW' }, COMING],
  ['close now: one that is over is left alone', OVER, { closesAt: 'NOW' }, OVER],
])('a window as it would be: %s', (_, before, change, after) => {
  expect(changedWindow(before, change, NOW)).toEqual(after);
});

it.each<[string, Window, string | undefined]>([
  ['both ends', RUNNING, undefined],
  ['the closing only', { opensAt: null, closesAt: TOMORROW }, 'WINDOW_HALF_SET'],
  ['the opening only', { opensAt: NOW, closesAt: null }, 'WINDOW_HALF_SET'],
  ['an end at its beginning', { opensAt: NOW, closesAt: NOW }, 'WINDOW_ENDS_BEFORE_IT_BEGINS'],
  ['an end before its beginning', { opensAt: NOW, closesAt: YESTERDAY }, 'WINDOW_ENDS_BEFORE_IT_BEGINS'],
])('a window is whole: %s', (_, window, code) => {
  expect(refusalOf(() => windowIsWhole(window, '一校区'))).toBe(code);
});

it.each<[WindowChange, string | undefined]>([
  [{ closesAt: TOMORROW }, undefined],
  [{ closesAt: 'NOW' }, undefined],
  [{ opensAt: YESTERDAY }, undefined],
  [{ closesAt: NOW }, 'WINDOW_ENDS_IN_THE_PAST'],
])('a closing lies ahead: %j', (change, code) => {
  expect(refusalOf(() => closingLiesAhead(change, NOW))).toBe(code);
});

it.each<[Date | null, string | undefined]>([
  [null, undefined],
  [NEXT_WEEK, undefined],
  [TOMORROW, 'WINDOW_OUTLASTS_PAYMENT'],
])('whoever can enrol can pay: payment until %s', (paymentEndsAt, code) => {
  expect(refusalOf(() => windowClosesByTheEndOfPayment(RUNNING, { paymentEndsAt }, '一校区'))).toBe(code);
});

it.each<[string, Window | undefined, Window | undefined, string | undefined]>([
  ['together', RUNNING, RUNNING, undefined],
  ['later, and longer', RUNNING, { opensAt: NOW, closesAt: later(NEXT_WEEK, DAYS) }, undefined],
  ['earlier', COMING, RUNNING, 'ORAL_OPENS_BEFORE_WRITTEN'],
  ['earlier, but both are open by now', { ...RUNNING, opensAt: NOW }, RUNNING, undefined],
  ['without a written one', undefined, RUNNING, undefined],
  ['while the written one is not set', NEVER, RUNNING, undefined],
])('[004 一.4]: written first, the oral %s', (_, written, oral, code) => {
  expect(refusalOf(() => oralOpensNoEarlierThanWritten(written, oral, NOW, '一校区'))).toBe(code);
});

it.each<[number, number, boolean, string | undefined]>([
  [0, 0, false, undefined],
  [1, 0, false, 'WINDOW_CLOSES_ON_PEOPLE'],
  [0, 1, false, 'WINDOW_CLOSES_ON_PEOPLE'],
  [5, 5, true, undefined],
])('stopping with %i waiting and %i unpaid, confirmed %s', (waiting, unpaid, confirmed, code) => {
  expect(refusalOf(() => stoppingIsConfirmed({ campuses: 1, waiting, unpaid }, confirmed))).toBe(code);
});
