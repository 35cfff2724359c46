import { later, MINUTES } from '../../../src/kernel/clock.js';
import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import {
  aSecondPersonDecides,
  nobodyApprovesForWhomTheyInvited,
} from '../../../src/kernel/second-person.rules.js';
import {
  enrolmentCanBeLocked,
  enrolmentCanBePaidCollectively,
  theBatchAwaitsADecision,
  theTransferPaysForAll,
  theWholeAmountWasReceived,
} from '../../../src/modules/payment/payment-batch.rules.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';

const refusalOf = (rule: () => void) => firstRefusal(rule)?.code;

function enrolment(facts: Partial<Enrolment> = {}): Enrolment {
  return Object.assign(new Enrolment(), {
    id: 'e1',
    kind: 'WRITTEN',
    level: 4,
    subjectCode: '1',
    feeFen: 3000,
    state: 'UNPAID',
    payBy: later(NOW, 60 * MINUTES),
    lockedBySchool: true,
    ...facts,
  } satisfies Partial<Enrolment>);
}

describe('R-PA-9: what a school can lock', () => {
  it.each<[string, Partial<Enrolment>, Date | null, string | undefined]>([
    ['unpaid and in time', { lockedBySchool: false }, null, undefined],
    ['locked already', {}, null, 'ALREADY_LOCKED'],
    ['paid', { lockedBySchool: false, state: 'PAID' }, null, 'ENROLMENT_PAID'],
    ['lapsed', { lockedBySchool: false, state: 'LAPSED' }, null, 'ENROLMENT_ENDED'],
    [
      'about to lapse',
      { lockedBySchool: false, payBy: later(NOW, -10 * MINUTES) },
      null,
      'PAYMENT_DEADLINE_PASSED',
    ],
    ['after the payment period', { lockedBySchool: false }, later(NOW, -10 * MINUTES), 'PAYMENT_PERIOD_OVER'],
  ])('%s', (_, facts, paymentEndsAt, code) => {
    expect(refusalOf(() => enrolmentCanBeLocked(enrolment(facts), { paymentEndsAt }, NOW))).toBe(code);
  });
});

describe('R-PA-9: what a transfer can pay for', () => {
  const oral = enrolment({ id: 'o1', kind: 'ORAL', subjectCode: 'F' });
  it.each<[string, Enrolment, Enrolment[], boolean, string | undefined]>([
    ['locked and unpaid', enrolment(), [], false, undefined],
    ['not locked', enrolment({ lockedBySchool: false }), [], false, 'NOT_LOCKED'],
    ['in another batch', enrolment(), [], true, 'IN_A_PAYMENT_BATCH'],
    ['given up', enrolment({ state: 'GIVEN_UP' }), [], false, 'ENROLMENT_ENDED'],
    ['an oral before its written subject is paid (R-OE-5)', oral, [enrolment()], false, 'WRITTEN_UNPAID'],
    ['an oral after it', oral, [enrolment({ state: 'PAID' })], false, undefined],
  ])('%s', (_, wanted, others, inABatch, code) => {
    const facts = {
      enrolment: wanted,
      live: [wanted, ...others],
      sitting: { paymentEndsAt: null },
      inABatch,
    };
    expect(refusalOf(() => enrolmentCanBePaidCollectively(facts, NOW))).toBe(code);
  });

  it('is paid to the fen', () => {
    const two = [enrolment(), enrolment({ feeFen: 2550 })];
    expect(refusalOf(() => theTransferPaysForAll(two, 5550))).toBeUndefined();
    expect(firstRefusal(() => theTransferPaysForAll(two, 5549))?.detail('zh')).toContain('55.50 元（2 科）');
    expect(refusalOf(() => theTransferPaysForAll([], 0))).toBe('NOTHING_LOCKED_TO_PAY');
  });
});

describe('R-PA-9: the second person', () => {
  it('is not who submitted', () => {
    expect(refusalOf(() => aSecondPersonDecides({ submittedBy: 'a' }, { staffId: 'a' }))).toBe(
      'SECOND_PERSON_NEEDED',
    );
    expect(refusalOf(() => aSecondPersonDecides({ submittedBy: 'a' }, { staffId: 'b' }))).toBeUndefined();
  });

  it('has not given the submitter their way in', () => {
    const batch = { submitterInvitedBy: 'a' };
    expect(refusalOf(() => nobodyApprovesForWhomTheyInvited(batch, { staffId: 'a' }))).toBe(
      'SUBMITTER_INVITED_BY_YOU',
    );
    expect(refusalOf(() => nobodyApprovesForWhomTheyInvited(batch, { staffId: 'b' }))).toBeUndefined();
    expect(
      refusalOf(() => nobodyApprovesForWhomTheyInvited({ submitterInvitedBy: null }, { staffId: 'a' })),
    ).toBeUndefined();
  });

  it('has seen the whole amount', () => {
    expect(refusalOf(() => theWholeAmountWasReceived({ amountFen: 3000 }, 2999))).toBe(
      'RECEIVED_AMOUNT_DIFFERS',
    );
    expect(refusalOf(() => theWholeAmountWasReceived({ amountFen: 3000 }, 3000))).toBeUndefined();
  });

  it.each(['APPROVED', 'REJECTED', 'WITHDRAWN'] as const)('decides once: not %s', (state) => {
    expect(refusalOf(() => theBatchAwaitsADecision({ state }))).toBe('BATCH_DECIDED');
  });
});
