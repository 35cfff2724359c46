import {
  type Cet6Evidence,
  type NotClean,
  whyNotClean,
} from '../../../src/modules/qualification/clean-review.rules.js';

const evidence = (facts: {
  result?: object | null;
  review?: object;
  student?: Cet6Evidence['student'];
}): Cet6Evidence => ({
  review: {
    documentType: 'RESIDENT_ID',
    documentNumber: '110101199003077715',
    name: '张三',
    submissions: 1,
    ...facts.review,
  },
  result:
    facts.result === null
      ? null
      : {
          ticketNumber: '120010051100102',
          documentType: null,
          documentNumber: '110101900307771',
          name: '张三',
          score: 425,
          ...facts.result,
        },
  student: facts.student === undefined ? { name: '张三' } : facts.student,
});

describe('R-CR-4: a review is clean when the two documents are plainly one person’s', () => {
  test.each<[string, Parameters<typeof evidence>[0], NotClean | undefined]>([
    ['fifteen digits and the eighteen they became', {}, undefined],
    [
      'eighteen digits of this century',
      { review: { documentNumber: '110101200003077715' }, result: { documentNumber: '110101000307771' } },
      'DOCUMENT_DIFFERS',
    ],
    [
      'fifteen digits of another birthday',
      { result: { documentNumber: '110101900308771' } },
      'DOCUMENT_DIFFERS',
    ],
    [
      'the eighteen in the record, fifteen in the review',
      { review: { documentNumber: '110101900307771' }, result: { documentNumber: '110101199003077715' } },
      'DOCUMENT_DIFFERS',
    ],
    [
      'the same number under another type',
      { result: { documentType: 'PASSPORT', documentNumber: '110101199003077715' } },
      undefined,
    ],
    [
      'another letter case and brackets',
      { review: { documentNumber: 'C668668(9)' }, result: { documentNumber: 'c 668668-9' } },
      undefined,
    ],
    [
      'a home return permit renewed since',
      { review: { documentNumber: 'H06583921' }, result: { documentNumber: 'H0658392101' } },
      undefined,
    ],
    [
      'a permit of another person',
      { review: { documentNumber: 'H06583922' }, result: { documentNumber: 'H0658392101' } },
      'DOCUMENT_DIFFERS',
    ],
    ['one digit changed', { result: { documentNumber: '110101199003077716' } }, 'DOCUMENT_DIFFERS'],
    [
      'another passport',
      { review: { documentNumber: 'E12345678' }, result: { documentNumber: 'G12345678' } },
      'DOCUMENT_DIFFERS',
    ],
    ['a result that is gone', { result: null }, 'RESULT_GONE'],
    ['a score that was corrected since', { result: { score: 424 } }, 'SCORE_TOO_LOW'],
    ['a name that was corrected since', { result: { name: '张珊' } }, 'NAME_DIFFERS'],
    ['a student no longer on the roster', { student: null }, 'ROSTER_DIFFERS'],
    ['a student renamed since', { student: { name: '张山' } }, 'ROSTER_DIFFERS'],
    ['a claim made before', { review: { submissions: 2 } }, 'SUBMITTED_REPEATEDLY'],
  ])('%s', (_, facts, reason) => {
    expect(whyNotClean(evidence(facts))).toBe(reason);
  });
});
