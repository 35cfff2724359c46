import { HOURS, later, MINUTES } from '../../../src/kernel/clock.js';
import type { PaymentClaim } from '../../../src/modules/payment/gateways/payment-gateway.js';
import { faultsIn, isPaidSinceItWasMade, proofIn } from '../../../src/modules/payment/payment-claim.rules.js';

const NOW = new Date('2026-11-21T09:00:00+08:00');
const PLATFORM = {
  methods: [
    { code: 'ALIPAY', name: '支付宝' },
    { code: 'WECHAT', name: '微信支付' },
  ],
  tradeNumbers: /^[0-9A-Za-z_-]{1,64}$/,
};
const GOOD = {
  neeaId: '0D15007C4B9E47EF89FB981846D8BE39',
  amountFen: 3000,
  tradeNumber: '20261121ABC',
  method: 'ALIPAY',
  paidAt: NOW,
};

/** What no field may be, whatever its name. */
const NEVER: unknown[] = [
  undefined,
  null,
  true,
  {},
  [],
  [GOOD.neeaId],
  { toString: () => GOOD.neeaId },
  () => GOOD.neeaId,
  Symbol('x'),
  Number.NaN,
  '',
  ' ',
  '\u0000',
  '𬱖',
];

const FAULTS: { readonly [Field in keyof PaymentClaim]: readonly unknown[] } = {
  neeaId: [
    GOOD.neeaId.toLowerCase(),
    GOOD.neeaId.slice(1),
    `${GOOD.neeaId}0`,
    `${GOOD.neeaId}\n`,
    `${GOOD.neeaId.slice(1)}G`,
    0xd15007c,
  ],
  amountFen: ['3000', 0, -0, -3000, 3000.5, Number.POSITIVE_INFINITY, 2 ** 31, 1e300, 3000n],
  tradeNumber: ['x'.repeat(65), 'T 1', 'T1\n', '交易1', "'; --", 20261121],
  method: ['alipay', 'CASH', 'toString', '__proto__', 'ALIPAY '],
  paidAt: [
    new Date(Number.NaN),
    later(NOW, 15 * MINUTES + 1),
    NOW.toISOString(),
    NOW.getTime(),
    Object.create(Date.prototype),
  ],
};

describe('what a platform says of a payment (R-PA-6)', () => {
  it('is a payment when every field holds', () => {
    expect(proofIn(GOOD, PLATFORM, NOW)).toEqual(GOOD);
  });

  it.each([
    ['whose clock is ahead of ours', { paidAt: later(NOW, 15 * MINUTES) }],
    ['of one fen', { amountFen: 1 }],
    ['of as much as fits', { amountFen: 2 ** 31 - 1 }],
    ['of a long number', { tradeNumber: 'x'.repeat(64) }],
  ])('also one %s', (_, facts) => {
    expect(faultsIn({ ...GOOD, ...facts }, PLATFORM, NOW)).toEqual([]);
  });

  for (const [field, values] of Object.entries(FAULTS)) {
    it(`is none with another ${field}`, () => {
      for (const value of [...NEVER, ...values]) {
        const claim = { ...GOOD, [field]: value };
        expect(faultsIn(claim, PLATFORM, NOW)).toEqual([field]);
        expect(proofIn(claim, PLATFORM, NOW)).toBeUndefined();
      }
    });
  }

  it('says nothing when it has no fields of its own', () => {
    for (const claim of [{}, Object.create(GOOD) as object])
      expect(proofIn({ ...claim }, PLATFORM, NOW)).toBeUndefined();
  });

  it.each([
    ['at the moment it was made', 0, null, true],
    ['by a clock a quarter of an hour behind', -15 * MINUTES, null, true],
    ['before there was an order', -15 * MINUTES - 1, null, false],
    ['a quarter of a century ago', -219_000 * HOURS, null, false],
    ['by a school, which transfers first', -24 * HOURS, 'b1', true],
  ])('an order is paid %s', (_, ago, batchId, holds) => {
    const order = { createdAt: NOW, batchId };
    expect(isPaidSinceItWasMade(order, { paidAt: later(NOW, ago) })).toBe(holds);
  });
});
