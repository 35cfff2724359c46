import fc from 'fast-check';
import { DomainError } from '../../../src/kernel/domain-error.js';
import {
  EDUCATION_LEVELS,
  type EducationLevel,
  SUBJECT_CODES,
  type SubjectCode,
} from '../../../src/kernel/words.js';
import { MISSING_REASONS } from '../../../src/modules/qualification/missing-reasons.js';
import {
  candidateIsQualifiedFor,
  cet6ReviewIsOffered,
  type QualificationFacts,
  qualify,
  theCandidateHasAQualifiedSubject,
} from '../../../src/modules/qualification/qualification.rules.js';

/** An undergraduate of 2024, second grade, at a school that holds English, nothing else known. */
const facts = (changes: Partial<QualificationFacts> = {}): QualificationFacts => ({
  student: { educationLevel: 'UNDERGRADUATE', grade: '2', entryYear: 2024 },
  offeredAtOwnCampus: ['1', '2', 'F', 'S'],
  offeredAtOwnSchool: ['1', '2', 'F', 'S'],
  offeredElsewhere: [],
  rules: [],
  whitelisted: [],
  blacklisted: [],
  ...changes,
});
const rule = (
  subjectCode: SubjectCode,
  limits: Partial<Omit<QualificationFacts['rules'][number], 'subjectCode'>>,
) => ({ subjectCode, educationLevels: null, grades: null, entryYears: null, ...limits });

const reasonFor = (code: SubjectCode, changes: Partial<QualificationFacts>) =>
  qualify(facts(changes)).missing.find((missing) => missing.code === code)?.reason ?? 'QUALIFIED';

describe('R-QU-3: which subjects a candidate may take', () => {
  test.each<[string, SubjectCode, Partial<QualificationFacts>, string]>([
    // offered
    ['CET4 at one’s school', '1', {}, 'QUALIFIED'],
    [
      'CET4 only elsewhere: written English is taken at one’s own school',
      '1',
      { offeredAtOwnSchool: [], offeredElsewhere: ['1'] },
      'NOT_OFFERED',
    ],
    ['Japanese nowhere', '3', {}, 'NOT_OFFERED'],
    ['Japanese at one’s school', '3', { offeredAtOwnSchool: ['3'] }, 'QUALIFIED'],
    ['Japanese at another school that admits mine', '3', { offeredElsewhere: ['3'] }, 'QUALIFIED'],
    [
      'an oral at another school that admits mine',
      'F',
      { offeredAtOwnSchool: ['1'], offeredElsewhere: ['F'] },
      'QUALIFIED',
    ],
    ['an oral nowhere', 'F', { offeredAtOwnSchool: ['1'] }, 'NOT_OFFERED'],
    // the school's rules
    [
      'my education level is on the list',
      '1',
      { rules: [rule('1', { educationLevels: ['UNDERGRADUATE'] })] },
      'QUALIFIED',
    ],
    [
      'my education level is not',
      '1',
      { rules: [rule('1', { educationLevels: ['POSTGRADUATE'] })] },
      'EDUCATION_LEVEL_NOT_ADMITTED',
    ],
    ['my grade is', '1', { rules: [rule('1', { grades: ['1', '2'] })] }, 'QUALIFIED'],
    ['my grade is not', '1', { rules: [rule('1', { grades: ['3'] })] }, 'GRADE_NOT_ADMITTED'],
    [
      'the roster leaves my grade open',
      '1',
      {
        student: { educationLevel: 'OTHER', grade: null, entryYear: 2024 },
        rules: [rule('1', { grades: ['3'] })],
      },
      'GRADE_NOT_ADMITTED',
    ],
    ['my year is', '1', { rules: [rule('1', { entryYears: [2023, 2024] })] }, 'QUALIFIED'],
    ['my year is not', '1', { rules: [rule('1', { entryYears: [2022] })] }, 'ENTRY_YEAR_NOT_ADMITTED'],
    [
      'the roster leaves my year open',
      '1',
      {
        student: { educationLevel: 'OTHER', grade: '2', entryYear: null },
        rules: [rule('1', { entryYears: [2024] })],
      },
      'ENTRY_YEAR_NOT_ADMITTED',
    ],
    ['a rule that restricts nothing', '1', { rules: [rule('1', {})] }, 'QUALIFIED'],
    ['a rule for another subject', '1', { rules: [rule('2', { grades: ['3'] })] }, 'QUALIFIED'],
    [
      'a minor language with a rule of its own',
      '3',
      { offeredElsewhere: ['3'], rules: [rule('3', { grades: ['3'] })] },
      'GRADE_NOT_ADMITTED',
    ],
    ['an oral with a rule of its own', 'F', { rules: [rule('F', { grades: ['3'] })] }, 'GRADE_NOT_ADMITTED'],
    // white and black list
    [
      'the white list lifts the rule',
      '1',
      { rules: [rule('1', { grades: ['3'] })], whitelisted: ['1'] },
      'QUALIFIED',
    ],
    ['but not the need to be offered', '3', { whitelisted: ['3'] }, 'NOT_OFFERED'],
    ['the black list bars', '1', { blacklisted: ['1'] }, 'BLACKLISTED'],
    ['the black list wins over the white', '1', { whitelisted: ['1'], blacklisted: ['1'] }, 'BLACKLISTED'],
    // CET6
    ['CET6 without a CET4 result', '2', {}, 'CET4_RESULT_NEEDED'],
    ['CET6 with 424', '2', { bestCet4Score: 424 }, 'CET4_RESULT_NEEDED'],
    ['CET6 with 425', '2', { bestCet4Score: 425 }, 'QUALIFIED'],
    ['CET6 with an approved review', '2', { reviewState: 'APPROVED' }, 'QUALIFIED'],
    ['CET6 with a pending review', '2', { reviewState: 'PENDING' }, 'CET4_RESULT_NEEDED'],
    ['CET6 with a rejected review', '2', { reviewState: 'REJECTED' }, 'CET4_RESULT_NEEDED'],
    ['CET6 by the white list', '2', { whitelisted: ['2'] }, 'QUALIFIED'],
    [
      'CET6 with 425 and a rule that bars',
      '2',
      { bestCet4Score: 425, rules: [rule('2', { grades: ['3'] })] },
      'GRADE_NOT_ADMITTED',
    ],
    ['CET6 with 425, black-listed', '2', { bestCet4Score: 710, blacklisted: ['2'] }, 'BLACKLISTED'],
    ['Japanese 6 needs no CET4', '4', { offeredAtOwnSchool: ['4'] }, 'QUALIFIED'],
    // orals and their written subject
    ['F with CET4', 'F', {}, 'QUALIFIED'],
    ['F without CET4', 'F', { blacklisted: ['1'] }, 'WRITTEN_SUBJECT_NEEDED'],
    ['F with Japanese 4 only', 'F', { offeredAtOwnSchool: ['3', 'F'] }, 'WRITTEN_SUBJECT_NEEDED'],
    ['S without CET6', 'S', {}, 'WRITTEN_SUBJECT_NEEDED'],
    ['S with CET6', 'S', { bestCet4Score: 500 }, 'QUALIFIED'],
    ['S white-listed, without CET6', 'S', { whitelisted: ['S'] }, 'WRITTEN_SUBJECT_NEEDED'],
  ])('%s', (_, code, changes, expected) => {
    expect(reasonFor(code, changes)).toBe(expected);
  });

  test('郎璐依珊 of [000]: four written subjects of level 4 and the CET4 oral', () => {
    const offered: SubjectCode[] = ['1', '2', '3', '5', '7', 'F', 'S'];
    const { qualified } = qualify(facts({ offeredAtOwnCampus: offered, offeredAtOwnSchool: offered }));
    expect(qualified).toEqual(['1', '3', '5', '7', 'F']);
  });

  test('蓝笑天 of [004]: minor languages at both levels, and both orals with a CET4 result', () => {
    const offered: SubjectCode[] = ['1', '2', '4', '5', 'F', 'S'];
    const { qualified } = qualify(facts({ offeredAtOwnSchool: offered, bestCet4Score: 480 }));
    expect(qualified).toEqual(['1', '2', '4', '5', 'F', 'S']);
  });

  const someSubjects = fc.subarray([...SUBJECT_CODES]);
  const orAnything = <T>(list: fc.Arbitrary<T[]>) => fc.option(list, { nil: null });
  const levels = fc.constantFrom(...(Object.keys(EDUCATION_LEVELS) as EducationLevel[]));
  const grades = fc.constantFrom('1', '2', '3');
  const years = fc.integer({ min: 2021, max: 2026 });
  const anyFacts: fc.Arbitrary<QualificationFacts> = fc.record({
    student: fc.record({
      educationLevel: levels,
      grade: fc.option(grades),
      entryYear: fc.option(years),
    }),
    offeredAtOwnCampus: someSubjects,
    offeredAtOwnSchool: someSubjects,
    offeredElsewhere: someSubjects,
    rules: fc.uniqueArray(
      fc.record({
        subjectCode: fc.constantFrom(...SUBJECT_CODES),
        educationLevels: orAnything(fc.array(levels)),
        grades: orAnything(fc.array(grades)),
        entryYears: orAnything(fc.array(years)),
      }),
      { selector: (line) => line.subjectCode },
    ),
    whitelisted: someSubjects,
    blacklisted: someSubjects,
    bestCet4Score: fc.option(fc.integer({ min: 0, max: 710 }), { nil: undefined }),
    reviewState: fc.option(fc.constantFrom('PENDING', 'APPROVED', 'REJECTED', 'DELETED'), { nil: undefined }),
  });

  test('whatever the facts, each of the eleven subjects is in exactly one of the two lists', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const { qualified, missing } = qualify(some);
        const all = [...qualified, ...missing.map(({ code }) => code)];
        expect([...all].sort()).toEqual([...SUBJECT_CODES].sort());
      }),
    );
  });

  test('whatever the facts, the black list always wins, and nothing that is not held is given', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const held = [...some.offeredAtOwnSchool, ...some.offeredElsewhere];
        for (const code of qualify(some).qualified) {
          expect(some.blacklisted).not.toContain(code);
          expect(held).toContain(code);
        }
      }),
    );
  });

  test('whatever the facts, an approved review turns an offered one into the CET6 qualification at once', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        fc.pre(cet6ReviewIsOffered(some, qualify(some).missing));
        expect(qualify({ ...some, reviewState: 'APPROVED' }).qualified).toContain('2');
      }),
      { numRuns: 300 },
    );
  });

  test('every reason is a sentence in both languages', () => {
    for (const { zh, en } of Object.values(MISSING_REASONS)) {
      expect(zh).toMatch(/。$/);
      expect(en).toMatch(/\.$/);
    }
  });
});

describe('R-CR-1: when the CET6 review is offered', () => {
  test.each<[string, Partial<QualificationFacts>, boolean]>([
    ['a CET4 result is all that is wanting', {}, true],
    ['the candidate is qualified for CET6', { bestCet4Score: 425 }, false],
    ['the review is approved', { reviewState: 'APPROVED' }, false],
    ['the review is pending: the button leads to it', { reviewState: 'PENDING' }, true],
    ['the campus does not hold CET6, though the school does', { offeredAtOwnCampus: ['1'] }, false],
    ['nobody holds CET6', { offeredAtOwnCampus: ['1'], offeredAtOwnSchool: ['1'] }, false],
    ['the candidate is barred by the black list', { blacklisted: ['2'] }, false],
    ['the candidate is barred by the school’s rule', { rules: [rule('2', { grades: ['3'] })] }, false],
  ])('%s', (_, changes, expected) => {
    const some = facts(changes);
    expect(cet6ReviewIsOffered(some, qualify(some).missing)).toBe(expected);
  });
});

const codeOf = (ask: () => void) => {
  try {
    ask();
    return 'PASSED';
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

test.each([
  ['R-WE-1: a subject among the qualified ones', () => candidateIsQualifiedFor(['1', 'F'], 'F'), 'PASSED'],
  ['R-WE-1: any other', () => candidateIsQualifiedFor(['1', 'F'], '2'), 'NOT_QUALIFIED'],
  ['R-QU-4: one subject is enough', () => theCandidateHasAQualifiedSubject(['3']), 'PASSED'],
  ['R-QU-4: none is not', () => theCandidateHasAQualifiedSubject([]), 'NO_QUALIFIED_SUBJECT'],
])('%s', (_, ask, expected) => {
  expect(codeOf(ask)).toBe(expected);
});
