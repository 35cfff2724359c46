import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import {
  allLinesArePayable,
  isAccepted,
  type OrderPaidFor,
  type Verdict,
  verdictOn,
} from '../../../src/modules/payment/settlement.rules.js';

const MADE = new Date('2026-11-21T09:00:00+08:00');
const ORDER: OrderPaidFor = {
  state: 'OPEN',
  gateway: 'sandbox',
  amountFen: 3000,
  createdAt: MADE,
  batchId: null,
  trades: [],
};
const PAYMENT = { gateway: 'sandbox', amountFen: 3000, tradeNumber: 'T1', paidAt: MADE };

describe('what becomes of a payment (R-PA-6, R-PA-7)', () => {
  const cases: [
    string,
    { order?: Partial<OrderPaidFor> | null; payable?: boolean; tradeIsForeign?: boolean; payment?: object },
    Verdict,
  ][] = [
    ['an open order whose enrolments wait for it', {}, 'APPLIED'],
    ['an open order whose enrolments have ended', { payable: false }, 'ESCALATED'],
    ['no such order', { order: null }, 'UNKNOWN_ORDER'],
    ['an order of another platform', { payment: { gateway: 'alipay' } }, 'UNKNOWN_ORDER'],
    ['a fen too little', { payment: { amountFen: 2999 } }, 'WRONG_AMOUNT'],
    ['a fen too much', { payment: { amountFen: 3001 } }, 'WRONG_AMOUNT'],
    [
      'a wrong amount for a closed order',
      { order: { state: 'CLOSED' }, payment: { amountFen: 1 } },
      'WRONG_AMOUNT',
    ],
    ['the same payment again', { order: { state: 'PAID', trades: ['T1'] } }, 'DUPLICATE'],
    ['the same again, its money due back', { order: { state: 'REFUND_DUE', trades: ['T1'] } }, 'DUPLICATE'],
    ['the same again, its money given back', { order: { state: 'REFUNDED', trades: ['T1'] } }, 'DUPLICATE'],
    ['a second payment of a paid order', { order: { state: 'PAID', trades: ['T0'] } }, 'ESCALATED'],
    [
      'a second payment again, its money due back',
      { order: { state: 'PAID', trades: ['T0', 'T1'] } },
      'DUPLICATE',
    ],
    ['a payment of a closed order', { order: { state: 'CLOSED' }, payable: false }, 'ESCALATED'],
    ['a trade that has paid another order', { tradeIsForeign: true }, 'FOREIGN_TRADE'],
    [
      'such a trade for an order that is closed',
      { order: { state: 'CLOSED' }, tradeIsForeign: true },
      'FOREIGN_TRADE',
    ],
    ['such a trade for no order of ours', { order: null, tradeIsForeign: true }, 'UNKNOWN_ORDER'],
    [
      'a payment long before its order was made',
      { payment: { paidAt: later(MADE, -1 * HOURS) } },
      'MALFORMED',
    ],
    [
      'a transfer long before its order was made',
      { order: { batchId: 'b1' }, payment: { paidAt: later(MADE, -9 * DAYS) } },
      'APPLIED',
    ],
    ['a payment of a closed order whose enrolments still wait', { order: { state: 'CLOSED' } }, 'ESCALATED'],
  ];

  test.each(cases)('%s', (_, { order, payable = true, tradeIsForeign = false, payment }, verdict) => {
    const paidFor = order === null ? null : { ...ORDER, ...order };
    const facts = { payable, tradeIsForeign };
    expect(verdictOn(paidFor, facts, { ...PAYMENT, ...payment })).toBe(verdict);
  });

  test.each<[Verdict, boolean]>([
    ['APPLIED', true],
    ['DUPLICATE', true],
    ['ESCALATED', true],
    ['WRONG_AMOUNT', false],
    ['UNKNOWN_ORDER', false],
    ['FOREIGN_TRADE', false],
    ['MALFORMED', false],
    ['BAD_SIGNATURE', false],
  ])('%s: the platform need not send it again: %s', (verdict, accepted) => {
    expect(isAccepted(verdict)).toBe(accepted);
  });
});

describe('an order can be paid while all of its lines stand', () => {
  const line = { enrolmentId: 'e1', subjectCode: '1' as const, campusCode: '120010', feeFen: 3000 };
  const enrolment = { id: 'e1', state: 'UNPAID', subjectCode: '1', campusCode: '120010', feeFen: 3000 };
  const second = { ...line, enrolmentId: 'e2' };

  test.each([
    ['as it was', [line], [enrolment], true],
    ['the enrolment is paid', [line], [{ ...enrolment, state: 'PAID' }], false],
    ['the enrolment lapsed', [line], [{ ...enrolment, state: 'LAPSED' }], false],
    ['changed to another subject', [line], [{ ...enrolment, subjectCode: '3' }], false],
    ['changed to another campus', [line], [{ ...enrolment, campusCode: '120011' }], false],
    ['at another fee', [line], [{ ...enrolment, feeFen: 2500 }], false],
    ['one of two is gone', [line, second], [enrolment], false],
    ['both stand', [line, second], [enrolment, { ...enrolment, id: 'e2' }], true],
  ])('%s', (_, lines, enrolments, payable) => {
    expect(allLinesArePayable(lines, enrolments)).toBe(payable);
  });
});
