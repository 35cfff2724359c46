import { HOURS, later, MINUTES } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import { actionsOf } from '../../../src/modules/registration/actions.rules.js';
import {
  deletesAt,
  lapsesWhenPayByIsUntil,
  payByOf,
} from '../../../src/modules/registration/deadlines.rules.js';
import type { Enrolment } from '../../../src/modules/registration/index.js';
import {
  bothPointsAreConfirmed,
  enrolmentIsUnpaid,
  nothingIsPaid,
  notLockedBySchool,
  ownCampusIsOpen,
  theLevelIsFree,
  writtenOfTheLevelIs,
} from '../../../src/modules/registration/registration.rules.js';
import { paymentState, steps } from '../../../src/modules/registration/steps.rules.js';
import { ticketIsPrintable } from '../../../src/modules/registration/ticket.rules.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const refusalOf = (rule: () => void) => firstRefusal(rule)?.code;
const enrolment = (facts: Partial<Enrolment>) =>
  ({
    subjectCode: '1',
    kind: 'WRITTEN',
    level: 4,
    state: 'UNPAID',
    lockedBySchool: false,
    ...facts,
  }) as Enrolment;

describe('R-QU-6: two ticks', () => {
  it.each([
    [true, true, undefined],
    [false, true, 'CONFIRMATION_MISSING'],
    [true, false, 'CONFIRMATION_MISSING'],
  ])('data right %s, number mine %s', (recordConfirmed, phoneConfirmed, code) => {
    expect(refusalOf(() => bothPointsAreConfirmed({ recordConfirmed, phoneConfirmed }))).toBe(code);
  });
});

describe('R-QU-5: the window of the own campus', () => {
  const window = { opensAt: later(NOW, -HOURS), closesAt: later(NOW, HOURS) };
  it.each([
    ['own campus open', [{ campusCode: '120010', kind: 'WRITTEN', ...window }], undefined],
    ['another campus open only', [{ campusCode: '120011', kind: 'WRITTEN', ...window }], 'WINDOW_NOT_OPEN'],
    ['orals open only', [{ campusCode: '120010', kind: 'ORAL', ...window }], 'WINDOW_NOT_OPEN'],
    ['no venue', [], 'WINDOW_NOT_OPEN'],
  ] as const)('%s', (_, venues, code) => {
    expect(refusalOf(() => ownCampusIsOpen(venues, { campusCode: '120010' }, NOW))).toBe(code);
  });
});

describe('R-QU-8, R-WE-4, R-WE-5: what an enrolment allows', () => {
  it.each([
    ['UNPAID', undefined, undefined],
    ['PAID', 'ENROLMENT_PAID', 'HAS_PAID_ENROLMENT'],
    ['LAPSED', 'ENROLMENT_ENDED', undefined],
    ['GIVEN_UP', 'ENROLMENT_ENDED', undefined],
    ['REFUNDED', 'ENROLMENT_ENDED', undefined],
  ] as const)('%s', (state, givingUp, deleting) => {
    expect(refusalOf(() => enrolmentIsUnpaid({ state }))).toBe(givingUp);
    expect(refusalOf(() => nothingIsPaid([{ state }]))).toBe(deleting);
  });

  it('locked by the school', () => {
    expect(refusalOf(() => notLockedBySchool({ lockedBySchool: true }))).toBe('LOCKED_BY_SCHOOL');
    expect(refusalOf(() => notLockedBySchool({ lockedBySchool: false }))).toBeUndefined();
  });
});

describe('R-WE-2: one subject per level, written and oral apart', () => {
  it.each([
    [{ kind: 'WRITTEN', level: 4 }, 'LEVEL_CONFLICT'],
    [{ kind: 'WRITTEN', level: 6 }, undefined],
    [{ kind: 'ORAL', level: 4 }, undefined],
  ])('holding written 4, wanting %o', (wanted, code) => {
    expect(refusalOf(() => theLevelIsFree([{ kind: 'WRITTEN', level: 4 }], wanted))).toBe(code);
  });
});

describe('R-OE-1, R-OE-5: the written subject of an oral', () => {
  it.each([
    ['CET4 paid, oral 4', [enrolment({ state: 'PAID' })], 4, undefined, undefined],
    ['CET4 unpaid, oral 4', [enrolment({})], 4, undefined, 'WRITTEN_UNPAID'],
    ['CET4 lapsed, oral 4', [enrolment({ state: 'LAPSED' })], 4, 'WRITTEN_REQUIRED', 'WRITTEN_REQUIRED'],
    ['CET4 paid, oral 6', [enrolment({ state: 'PAID' })], 6, 'WRITTEN_REQUIRED', 'WRITTEN_REQUIRED'],
    [
      'CET6 paid, oral 6',
      [enrolment({ subjectCode: '2', level: 6, state: 'PAID' })],
      6,
      undefined,
      undefined,
    ],
    [
      '日语四级 paid, oral 4',
      [enrolment({ subjectCode: '3', state: 'PAID' })],
      4,
      'WRITTEN_REQUIRED',
      'WRITTEN_REQUIRED',
    ],
    ['nothing', [], 4, 'WRITTEN_REQUIRED', 'WRITTEN_REQUIRED'],
  ] as const)('%s', (_, enrolments, level, enrolledPolicy, paidPolicy) => {
    expect(refusalOf(() => writtenOfTheLevelIs('ENROLLED', enrolments, level))).toBe(enrolledPolicy);
    expect(refusalOf(() => writtenOfTheLevelIs('PAID', enrolments, level))).toBe(paidPolicy);
  });
});

describe('R-WE-6: deadlines', () => {
  it.each([
    ['no end of payment', 24, null, later(NOW, 24 * HOURS)],
    ['the policy of 2019', 12, null, later(NOW, 12 * HOURS)],
    ['payment ends sooner', 24, later(NOW, 3 * HOURS), later(NOW, 3 * HOURS)],
    ['payment ends later', 24, later(NOW, 48 * HOURS), later(NOW, 24 * HOURS)],
  ])('%s', (_, hours, paymentEndsAt, expected) => {
    expect(payByOf({ paymentEndsAt }, hours, NOW)).toEqual(expected);
  });

  it('acts ten minutes after the deadline people are shown', () => {
    expect(lapsesWhenPayByIsUntil(NOW)).toEqual(later(NOW, -10 * MINUTES));
  });

  it('R-QU-7: an empty registration is deleted after the policy’s hours, another never', () => {
    expect(deletesAt({ levelsHeld: 0, levelsHeldSince: NOW }, { emptyRegistrationHours: 12 })).toEqual(
      later(NOW, 12 * HOURS),
    );
    expect(
      deletesAt({ levelsHeld: 2, levelsHeldSince: NOW }, { emptyRegistrationHours: 12 }),
    ).toBeUndefined();
  });
});

describe('R-RG-1: the steps', () => {
  const statesOf = (enrolments: Enrolment[]) =>
    steps(enrolments, false)
      .slice(3, 8)
      .map(({ state }) => state);
  const written = (state: Enrolment['state']) => enrolment({ state });
  const oral = (state: Enrolment['state']) => enrolment({ kind: 'ORAL', subjectCode: 'F', state });

  it.each([
    // 笔试报考, 笔试缴费, 口试报考, 口试缴费, 完成报名
    ['nothing chosen', [], ['TO_DO', 'TO_DO', 'TO_DO', 'TO_DO', 'TO_DO']],
    ['written chosen', [written('UNPAID')], ['DONE', 'UNPAID', 'TO_DO', 'TO_DO', 'UNPAID']],
    ['written paid', [written('PAID')], ['DONE', 'DONE', 'TO_DO', 'TO_DO', 'DONE']],
    ['oral chosen', [written('PAID'), oral('UNPAID')], ['DONE', 'DONE', 'DONE', 'UNPAID', 'UNPAID']],
    ['all paid', [written('PAID'), oral('PAID')], ['DONE', 'DONE', 'DONE', 'DONE', 'DONE']],
    ['all lapsed', [written('LAPSED')], ['TO_DO', 'TO_DO', 'TO_DO', 'TO_DO', 'TO_DO']],
  ])('%s', (_, enrolments, expected) => {
    expect(statesOf(enrolments)).toEqual(expected);
  });

  it('are the nine of the page and the exam, two of them optional', () => {
    const all = steps([], true);
    expect(all).toHaveLength(10);
    expect(all.filter(({ required }) => !required).map(({ key }) => key)).toEqual([
      'ORAL_ENROLMENT',
      'ORAL_PAYMENT',
    ]);
    expect(all[8]).toMatchObject({ key: 'TICKET', name: '打印准考证', state: 'PRINTABLE' });
  });

  it.each([
    [[], 'NONE'],
    [[written('UNPAID')], 'ALL_UNPAID'],
    [[written('UNPAID'), written('PAID')], 'PARTLY_PAID'],
    [[written('PAID'), written('GIVEN_UP')], 'ALL_PAID'],
  ] as const)('payment state', (enrolments, expected) => {
    expect(paymentState(enrolments)).toBe(expected);
  });

  it('the buttons follow what is held', () => {
    const sitting = { reportChangeOpensAt: null, reportChangeClosesAt: null };
    const actions = (enrolments: Enrolment[], offered = false) =>
      actionsOf({ enrolments, sitting }, offered, NOW);
    expect(actions([], true)).toEqual(['CHOOSE_WRITTEN', 'REQUEST_CET6_REVIEW', 'DELETE_REGISTRATION']);
    expect(actions([written('UNPAID')])).toEqual([
      'CHOOSE_WRITTEN',
      'CHOOSE_REPORT_FORM',
      'PAY_WRITTEN',
      'CHOOSE_ORAL',
      'DELETE_REGISTRATION',
    ]);
    expect(actions([written('PAID'), oral('UNPAID')])).toEqual(['CHOOSE_WRITTEN', 'CHOOSE_ORAL', 'PAY_ORAL']);
    expect(actions([enrolment({ subjectCode: '3', lockedBySchool: true })])).toEqual([
      'CHOOSE_WRITTEN',
      'CHOOSE_REPORT_FORM',
    ]);

    const afterResults = { ...sitting, reportChangeOpensAt: NOW, reportChangeClosesAt: later(NOW, HOURS) };
    expect(actionsOf({ enrolments: [written('PAID')], sitting: afterResults }, false, NOW)).toContain(
      'CHOOSE_REPORT_FORM',
    );
  });
});

describe('R-RG-3: when a ticket can be printed', () => {
  const ready = { state: 'PAID', kind: 'WRITTEN', ticketNumber: '120010262100101' } as const;
  const self = { ticketPrinting: 'SELF', ticketAvailableAt: NOW } as const;
  it.each([
    ['all is ready', ready, self, null, true],
    ['unpaid', { ...ready, state: 'UNPAID' }, self, null, false],
    ['not arranged', { ...ready, ticketNumber: null }, self, null, false],
    ['printed by the school', ready, { ...self, ticketPrinting: 'SCHOOL' }, null, false],
    ['before the time', ready, { ...self, ticketAvailableAt: later(NOW, 1) }, null, false],
    ['no time set', ready, { ...self, ticketAvailableAt: null }, null, false],
    [
      'an oral by the province’s time',
      { ...ready, kind: 'ORAL' },
      { ...self, ticketAvailableAt: null },
      NOW,
      true,
    ],
    ['an oral before it', { ...ready, kind: 'ORAL' }, self, later(NOW, 1), false],
  ] as const)('%s', (_, held, venue, oralTime, printable) => {
    expect(ticketIsPrintable(held, venue, oralTime, NOW)).toBe(printable);
  });
});
