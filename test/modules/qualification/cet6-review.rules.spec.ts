import { DomainError } from '../../../src/kernel/domain-error.js';
import type { Cet6ReviewState } from '../../../src/modules/qualification/cet6-review.machine.js';
import {
  aStudentHasBeenLookedUp,
  normaliseTicketNumber,
  theAccountHasNoReview,
  theReviewIsNotApproved,
  theReviewIsNotPending,
  theReviewIsOffered,
  theTicketIsOfACet4Since2005,
  whatTheResultProves,
} from '../../../src/modules/qualification/cet6-review.rules.js';

const outcomeOf = (ask: () => unknown): unknown => {
  try {
    return ask() ?? 'PASSED';
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

const NOW = new Date('2026-11-21T01:00:00Z');

describe('R-CR-2: the ticket number', () => {
  test.each([
    ['June 2024', '120010241100102', 'PASSED'],
    ['December 2005', '120010052100102', 'PASSED'],
    ['this year', '120010261100102', 'PASSED'],
    ['full-width digits and blanks', '１２００１０ 241 100102', 'PASSED'],
    ['2004', '120010042100102', 'TICKET_NUMBER_INVALID'],
    ['1999', '120010991100102', 'TICKET_NUMBER_INVALID'],
    ['next year', '120010271100102', 'TICKET_NUMBER_INVALID'],
    ['a third half', '120010243100102', 'TICKET_NUMBER_INVALID'],
    ['half 0', '120010240100102', 'TICKET_NUMBER_INVALID'],
    ['of CET6', '120010241200102', 'TICKET_NUMBER_INVALID'],
    ['of Japanese 4', '120010241300102', 'TICKET_NUMBER_INVALID'],
    ['of the oral', '12001024 1F00102', 'TICKET_NUMBER_INVALID'],
    ['14 digits', '12001024110010', 'TICKET_NUMBER_INVALID'],
    ['16 digits', '1200102411001020', 'TICKET_NUMBER_INVALID'],
    ['a letter', '12001024110010X', 'TICKET_NUMBER_INVALID'],
    ['nothing', '', 'TICKET_NUMBER_INVALID'],
    ['digits of another script', '١٢٠٠١٠٢٤١١٠٠١٠٢', 'TICKET_NUMBER_INVALID'],
  ])('%s', (_, ticket, expected) => {
    expect(outcomeOf(() => theTicketIsOfACet4Since2005(normaliseTicketNumber(ticket), NOW))).toBe(expected);
  });

  test('the year is Shanghai’s: 00:30 on 1 January 2027 there is still 2026 in London', () => {
    const newYear = new Date('2026-12-31T16:30:00Z');
    expect(outcomeOf(() => theTicketIsOfACet4Since2005('120010271100102', newYear))).toBe('PASSED');
  });
});

describe('R-CR-3 to 5: what a result proves', () => {
  const student = {
    documentType: 'RESIDENT_ID' as const,
    documentNumber: '11010120000101123X',
    name: '阿依古丽·买买提',
  };
  const result = {
    ticketNumber: '120010241100102',
    documentType: null,
    documentNumber: '11010120000101123X',
    name: '阿依古丽·买买提',
    score: 425,
  };
  test.each<[string, object, string]>([
    ['number and name match, 425 exactly', {}, 'APPROVED'],
    ['the number matches, the name does not', { name: '别人' }, 'APPROVED'],
    ['the number as it was typed once, in lower case', { documentNumber: '11010120000101123x' }, 'APPROVED'],
    ['the same type is carried', { documentType: 'RESIDENT_ID' }, 'APPROVED'],
    ['another type is carried, the name matches', { documentType: 'PASSPORT' }, 'PENDING'],
    ['another type is carried, another name', { documentType: 'PASSPORT', name: '别人' }, 'RESULT_NOT_FOUND'],
    ['only the name matches', { documentNumber: 'G12345678' }, 'PENDING'],
    [
      'only the name matches, with another dot',
      { documentNumber: 'G12345678', name: '阿依古丽•买买提' },
      'PENDING',
    ],
    ['neither matches', { documentNumber: 'G12345678', name: '别人' }, 'RESULT_NOT_FOUND'],
    ['424', { score: 424 }, 'RESULT_NOT_FOUND'],
    ['424, only the name matches', { score: 424, documentNumber: 'G12345678' }, 'RESULT_NOT_FOUND'],
  ])('%s', (_, changes, expected) => {
    expect(outcomeOf(() => whatTheResultProves({ ...result, ...changes }, student))).toBe(expected);
  });

  test('an unknown ticket', () => {
    expect(outcomeOf(() => whatTheResultProves(null, student))).toBe('RESULT_NOT_FOUND');
  });
});

const inState = (state: Cet6ReviewState) => ({ state });

test.each<[string, () => unknown, string]>([
  ['R-CR-1: offered', () => theReviewIsOffered({ offered: true }), 'PASSED'],
  ['R-CR-1: not offered', () => theReviewIsOffered({ offered: false }), 'REVIEW_NOT_OFFERED'],
  ['R-CR-1: about somebody', () => aStudentHasBeenLookedUp({}), 'PASSED'],
  ['R-CR-1: about nobody', () => aStudentHasBeenLookedUp(null), 'QUALIFICATION_NOT_QUERIED'],
  ['R-CR-6: none yet', () => theAccountHasNoReview(null), 'PASSED'],
  ['R-CR-6: one that was deleted', () => theAccountHasNoReview(inState('DELETED')), 'PASSED'],
  ['R-CR-6: one that was rejected', () => theAccountHasNoReview(inState('REJECTED')), 'REVIEW_EXISTS'],
  ['R-CR-6: one that is pending', () => theAccountHasNoReview(inState('PENDING')), 'REVIEW_EXISTS'],
  ['R-CR-6: one that is approved', () => theAccountHasNoReview(inState('APPROVED')), 'REVIEW_EXISTS'],
  ['R-CR-4: a pending one stays', () => theReviewIsNotPending(inState('PENDING')), 'REVIEW_PENDING'],
  ['R-CR-4: a rejected one may change', () => theReviewIsNotPending(inState('REJECTED')), 'PASSED'],
  ['R-CR-6: an approved one stays', () => theReviewIsNotApproved(inState('APPROVED')), 'REVIEW_FINAL'],
  ['R-CR-6: a rejected one may go', () => theReviewIsNotApproved(inState('REJECTED')), 'PASSED'],
])('%s', (_, ask, expected) => {
  const outcome = outcomeOf(ask);
  expect(outcome).toBe(expected);
});
