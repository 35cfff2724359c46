import { firstRefusal } from '../../../src/kernel/first-refusal.js';
import type { Enrolment } from '../../../src/modules/registration/index.js';
import {
  anotherWrittenSubjectRemains,
  campusTakesTheCandidate,
  noOralDependsOn,
} from '../../../src/modules/written-exam/written-choice.rules.js';

const refusalOf = (rule: () => void) => firstRefusal(rule)?.code;
const enrolment = (id: string, facts: Partial<Enrolment> = {}) =>
  ({ id, subjectCode: '1', kind: 'WRITTEN', level: 4, state: 'UNPAID', ...facts }) as Enrolment;

describe('R-WE-3: at which campus', () => {
  const student = { campusCode: '120010', schoolCode: '12001' };
  const venue = {
    campusCode: '120010',
    schoolCode: '12001',
    admits: 'OWN_SCHOOL',
    admittedSchools: null,
  } as const;
  it.each([
    ['CET4 at the own campus', { ...venue, subjectCode: '1' }, undefined],
    [
      'CET4 at another campus of the school',
      { ...venue, subjectCode: '1', campusCode: '120011' },
      'CAMPUS_NOT_ALLOWED',
    ],
    [
      'CET6 elsewhere though it admits all',
      { ...venue, subjectCode: '2', campusCode: '120020', schoolCode: '12002', admits: 'ALL_SCHOOLS' },
      'CAMPUS_NOT_ALLOWED',
    ],
    [
      '日语四级 at another campus of the school',
      { ...venue, subjectCode: '3', campusCode: '120011' },
      undefined,
    ],
    [
      '日语四级 at another school',
      { ...venue, subjectCode: '3', campusCode: '120020', schoolCode: '12002' },
      'CAMPUS_NOT_ALLOWED',
    ],
    [
      '日语四级 at another school that admits ours',
      {
        ...venue,
        subjectCode: '3',
        campusCode: '120020',
        schoolCode: '12002',
        admits: 'LISTED_SCHOOLS',
        admittedSchools: ['12001'],
      },
      undefined,
    ],
  ] as const)('%s', (_, chosen, code) => {
    const copy = { ...chosen, admittedSchools: chosen.admittedSchools && [...chosen.admittedSchools] };
    expect(refusalOf(() => campusTakesTheCandidate(student, copy))).toBe(code);
  });
});

describe('R-WE-4: giving up', () => {
  const mine = enrolment('a');
  it.each([
    ['the only one', [mine], 'LAST_WRITTEN'],
    ['another unpaid', [mine, enrolment('b', { level: 6 })], undefined],
    ['another paid', [mine, enrolment('b', { level: 6, state: 'PAID' })], undefined],
    ['another, but lapsed', [mine, enrolment('b', { level: 6, state: 'LAPSED' })], 'LAST_WRITTEN'],
    ['an oral besides', [mine, enrolment('b', { kind: 'ORAL', state: 'PAID' })], 'LAST_WRITTEN'],
  ])('%s', (_, all, code) => {
    expect(refusalOf(() => anotherWrittenSubjectRemains(all, mine))).toBe(code);
  });

  it.each([
    ['its oral is enrolled', mine, enrolment('o', { kind: 'ORAL', subjectCode: 'F' }), 'ORAL_DEPENDS'],
    ['its oral lapsed', mine, enrolment('o', { kind: 'ORAL', subjectCode: 'F', state: 'LAPSED' }), undefined],
    [
      'the oral of the other level',
      mine,
      enrolment('o', { kind: 'ORAL', subjectCode: 'S', level: 6 }),
      undefined,
    ],
    [
      'a minor language has no oral',
      enrolment('j', { subjectCode: '3' }),
      enrolment('o', { kind: 'ORAL', subjectCode: 'F' }),
      undefined,
    ],
  ])('%s', (_, written, oral, code) => {
    expect(refusalOf(() => noOralDependsOn(written, [written, oral]))).toBe(code);
  });
});
