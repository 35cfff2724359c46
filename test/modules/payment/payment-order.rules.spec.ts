import { later, MINUTES } from '../../../src/kernel/clock.js';
import {
  enrolmentsToPay,
  lineOf,
  nothingHasChanged,
} from '../../../src/modules/payment/payment-order.rules.js';
import { Enrolment } from '../../../src/modules/registration/index.js';

const NOW = new Date('2026-11-21T01:00:00Z');
const TOMORROW = later(NOW, 24 * 60 * MINUTES);

function enrolment(facts: Partial<Enrolment> = {}): Enrolment {
  return Object.assign(new Enrolment(), {
    id: 'e1',
    kind: 'WRITTEN',
    level: 4,
    subjectCode: '1',
    campusCode: '120010',
    feeFen: 3000,
    state: 'UNPAID',
    payBy: TOMORROW,
    lockedBySchool: false,
    reportForm: 'PAPER',
    ...facts,
  } satisfies Partial<Enrolment>);
}
const oral = (facts: Partial<Enrolment> = {}) =>
  enrolment({ id: 'o1', kind: 'ORAL', subjectCode: 'F', reportForm: null, ...facts });

const toPay = (kind: 'WRITTEN' | 'ORAL', live: Enrolment[], paymentEndsAt: Date | null = null) =>
  enrolmentsToPay({ kind, sitting: { paymentEndsAt }, live }, NOW);

describe('what an order holds (R-PA-1)', () => {
  test('all unpaid enrolments of its kind, and only those', () => {
    const paid = enrolment({ id: 'e0', state: 'PAID' });
    const unpaid = [enrolment(), enrolment({ id: 'e2', subjectCode: '2', level: 6 })];
    expect(toPay('WRITTEN', [paid, ...unpaid, oral()])).toEqual(unpaid);
  });

  test('not what the school has locked to pay for itself (R-PA-9)', () => {
    const locked = enrolment({
      id: 'e2',
      subjectCode: '2',
      level: 6,
      lockedBySchool: true,
      reportForm: null,
    });
    expect(toPay('WRITTEN', [enrolment(), locked])).toEqual([enrolment()]);
  });

  test('an oral, once the written subject of its level is paid (R-OE-5)', () => {
    const written = enrolment({ state: 'PAID' });
    expect(toPay('ORAL', [written, oral()])).toEqual([oral()]);
  });

  const refusals: [string, string, () => unknown][] = [
    ['NOTHING_TO_PAY', 'nothing is enrolled', () => toPay('WRITTEN', [])],
    ['NOTHING_TO_PAY', 'all is paid', () => toPay('WRITTEN', [enrolment({ state: 'PAID' })])],
    ['NOTHING_TO_PAY', 'only the other kind is unpaid', () => toPay('ORAL', [enrolment()])],
    [
      'REPORT_FORM_MISSING',
      'one form is not chosen',
      () => toPay('WRITTEN', [enrolment({ reportForm: null })]),
    ],
    [
      'LOCKED_BY_SCHOOL',
      'the school pays for all',
      () => toPay('WRITTEN', [enrolment({ lockedBySchool: true })]),
    ],
    ['WRITTEN_UNPAID', 'the written subject is unpaid', () => toPay('ORAL', [enrolment(), oral()])],
    ['WRITTEN_REQUIRED', 'the written subject has gone', () => toPay('ORAL', [oral()])],
    [
      'WRITTEN_UNPAID',
      'only the written subject of the other level is paid',
      () =>
        toPay('ORAL', [
          enrolment({ state: 'PAID' }),
          enrolment({ id: 'e2', subjectCode: '2', level: 6 }),
          oral(),
          oral({ id: 'o2', subjectCode: 'S', level: 6 }),
        ]),
    ],
  ];
  test.each(refusals)('%s: %s', (code, _, opening) => {
    expect(opening).toThrow(code);
  });

  test.each([
    ['a minute before the deadline shown', 1, undefined],
    ['nine minutes after it, within the grace', -9, undefined],
    ['ten minutes after it, when it is acted on', -10, 'PAYMENT_DEADLINE_PASSED'],
  ])('%s', (_, minutes, code) => {
    const opening = () => toPay('WRITTEN', [enrolment({ payBy: later(NOW, minutes * MINUTES) })]);
    if (code) expect(opening).toThrow(code);
    else expect(opening).not.toThrow();
  });

  test.each([
    ['the payment period goes on', 1, undefined],
    ['it ended nine minutes ago, within the grace', -9, undefined],
    ['it ended ten minutes ago', -10, 'PAYMENT_PERIOD_OVER'],
  ])('%s', (_, minutes, code) => {
    const opening = () => toPay('WRITTEN', [enrolment()], later(NOW, minutes * MINUTES));
    if (code) expect(opening).toThrow(code);
    else expect(opening).not.toThrow();
  });
});

describe('an open order serves again while it says what is to be paid', () => {
  const before = [enrolment(), enrolment({ id: 'e2', subjectCode: '3' })];
  const lines = before.map(lineOf);

  test.each<[string, Enrolment[], boolean]>([
    ['nothing changed, in another order', [...before].reverse(), true],
    ['one more', [...before, enrolment({ id: 'e3' })], false],
    ['one fewer', before.slice(1), false],
    ['another report form', [enrolment({ reportForm: 'ELECTRONIC' }), before[1]!], false],
    ['another subject under the same enrolment', [enrolment({ subjectCode: '5' }), before[1]!], false],
    ['another campus', [enrolment({ campusCode: '120011' }), before[1]!], false],
    ['another fee', [enrolment({ feeFen: 2500 }), before[1]!], false],
  ])('%s', (_, now, same) => {
    expect(nothingHasChanged(lines, now.map(lineOf))).toBe(same);
  });
});
