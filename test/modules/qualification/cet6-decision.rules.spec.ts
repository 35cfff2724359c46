import { DomainError } from '../../../src/kernel/domain-error.js';
import {
  anApprovalRestsOnSomething,
  aRejectionHasAReason,
  finalFrom,
  isDue,
  theDecisionCanStillBeTakenBack,
  theDecisionIsTheirs,
  theReviewAwaitsADecision,
} from '../../../src/modules/qualification/cet6-decision.rules.js';
import type { Cet6Basis, GivenDecision } from '../../../src/modules/qualification/cet6-given-decision.js';

const outcomeOf = (ask: () => unknown): unknown => {
  try {
    ask();
    return 'PASSED';
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

const NOW = new Date('2026-11-21T01:00:00.000Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const GIVEN: GivenDecision = { decision: 'APPROVE', by: 'STAFF s1', reason: null, basis: null };
const onSomething = (...materials: Cet6Basis['materials']): Cet6Basis => ({ materials, note: null });
const given = (finalAt: Date | null) => ({ state: 'PENDING' as const, given: finalAt && GIVEN, finalAt });

test('a decision is final ten seconds after it was given, to the millisecond', () => {
  expect(finalFrom(NOW)).toEqual(at(10));
  expect([isDue(given(at(10)), at(9.999)), isDue(given(at(10)), at(10)), isDue(given(null), at(99))]).toEqual(
    [false, true, false],
  );
});

test.each([
  ['R-CR-4: a pending one is decided', () => theReviewAwaitsADecision(given(null)), 'PASSED'],
  [
    'R-CR-4: one that somebody is deciding is not',
    () => theReviewAwaitsADecision(given(at(10))),
    'REVIEW_ALREADY_DECIDED',
  ],
  [
    'R-CR-4: an approved one is not',
    () => theReviewAwaitsADecision({ state: 'APPROVED', given: null }),
    'REVIEW_ALREADY_DECIDED',
  ],
  [
    'R-CR-4: nor one the candidate deleted',
    () => theReviewAwaitsADecision({ state: 'DELETED', given: null }),
    'REVIEW_ALREADY_DECIDED',
  ],
  ['approving needs no reason', () => aRejectionHasAReason({ decision: 'APPROVE' }), 'PASSED'],
  ['rejecting does', () => aRejectionHasAReason({ decision: 'REJECT' }), 'REJECTION_REASON_INVALID'],
  [
    'and not a blank one',
    () => aRejectionHasAReason({ decision: 'REJECT', reason: ' ' }),
    'REJECTION_REASON_INVALID',
  ],
  [
    'rejecting with a reason',
    () => aRejectionHasAReason({ decision: 'REJECT', reason: '证明不符' }),
    'PASSED',
  ],
  ['a reason of 300', () => aRejectionHasAReason({ decision: 'REJECT', reason: '证'.repeat(300) }), 'PASSED'],
  [
    'one of 301',
    () => aRejectionHasAReason({ decision: 'APPROVE', reason: '证'.repeat(301) }),
    'REJECTION_REASON_INVALID',
  ],
  ['R-CR-4: a clean one rests on itself', () => anApprovalRestsOnSomething(undefined, null), 'PASSED'],
  [
    'R-CR-4: one that differs does not',
    () => anApprovalRestsOnSomething('DOCUMENT_DIFFERS', null),
    'REVIEW_BASIS_MISSING',
  ],
  [
    'R-CR-4: it rests on what was seen',
    () => anApprovalRestsOnSomething('NAME_DIFFERS', onSomething('ID_DOCUMENT')),
    'PASSED',
  ],
  [
    'R-CR-4: something else is written out',
    () => anApprovalRestsOnSomething(undefined, onSomething('ID_DOCUMENT', 'OTHER')),
    'REVIEW_BASIS_MISSING',
  ],
  [
    'R-CR-4: and then it will do',
    () => anApprovalRestsOnSomething('ROSTER_DIFFERS', { materials: ['OTHER'], note: '电话核实' }),
    'PASSED',
  ],
  ['R-CR-6: taken back in time', () => theDecisionCanStillBeTakenBack(given(at(10)), at(9.999)), 'PASSED'],
  ['R-CR-6: too late', () => theDecisionCanStillBeTakenBack(given(at(10)), at(10)), 'DECISION_FINAL'],
  ['R-CR-6: nothing to take back', () => theDecisionCanStillBeTakenBack(given(null), NOW), 'DECISION_FINAL'],
  ['R-CR-6: by whoever gave it', () => theDecisionIsTheirs(GIVEN, 'STAFF s1'), 'PASSED'],
  ['R-CR-6: by nobody else', () => theDecisionIsTheirs(GIVEN, 'STAFF s2'), 'DECISION_OF_ANOTHER'],
])('%s', (_, ask, expected) => {
  expect(outcomeOf(ask)).toBe(expected);
});
