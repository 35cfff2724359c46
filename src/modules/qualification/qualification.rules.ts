import { refusal } from '../../kernel/domain-error.js';
import { plain } from '../../kernel/same-to-the-eye.js';
import {
  CET4,
  CET4_PASS_SCORE,
  CET6,
  SUBJECT_CODES,
  SUBJECTS,
  type SubjectCode,
} from '../../kernel/words.js';
import type { Cet6ReviewState } from './cet6-review.machine.js';
import type { MissingReason } from './missing-reasons.js';
import type { StudentDetails } from './student-details.js';
import type { SubjectRule } from './subject-rule.entity.js';

/** Everything that decides which subjects a candidate may take. */
export interface QualificationFacts {
  student: Pick<StudentDetails, 'educationLevel' | 'grade' | 'entryYear'>;
  offeredAtOwnCampus: readonly SubjectCode[];
  /** At any campus of the candidate's school. */
  offeredAtOwnSchool: readonly SubjectCode[];
  /** By venues of other schools that admit this one. */
  offeredElsewhere: readonly SubjectCode[];
  /** The school's; a subject without one is open to all of its students. */
  rules: readonly Pick<SubjectRule, 'subjectCode' | 'educationLevels' | 'grades' | 'entryYears'>[];
  whitelisted: readonly SubjectCode[];
  blacklisted: readonly SubjectCode[];
  /** The best CET4 score known under the candidate's document and name. */
  bestCet4Score?: number;
  /** Of the account's CET6 review, if it is about this candidate. */
  reviewState?: Cet6ReviewState;
}

export interface MissingSubject {
  code: SubjectCode;
  reason: MissingReason;
}

/** R-QU-3: every subject is in exactly one of the two lists, in the order of the form. */
export function qualify(facts: QualificationFacts): { qualified: SubjectCode[]; missing: MissingSubject[] } {
  const qualified: SubjectCode[] = [];
  const missing: MissingSubject[] = [];
  // written subjects stand before the orals that need them
  for (const code of SUBJECT_CODES) {
    const reason = whatStandsAgainst(code, facts, qualified);
    if (reason) missing.push({ code, reason });
    else qualified.push(code);
  }
  return { qualified, missing };
}

function whatStandsAgainst(
  code: SubjectCode,
  facts: QualificationFacts,
  qualified: readonly SubjectCode[],
): MissingReason | undefined {
  if (!isOffered(code, facts)) return 'NOT_OFFERED';
  if (facts.blacklisted.includes(code)) return 'BLACKLISTED';
  if (!facts.whitelisted.includes(code)) {
    const reason = whatTheSchoolsRuleSays(code, facts);
    if (reason) return reason;
    if (code === CET6 && !hasPassedCet4(facts)) return 'CET4_RESULT_NEEDED';
  }
  const written = WRITTEN_FOR_ORAL[code];
  if (written && !qualified.includes(written)) return 'WRITTEN_SUBJECT_NEEDED';
  return undefined;
}

/** R-OE-1: an oral belongs to the written English subject of its level. */
const WRITTEN_FOR_ORAL: Partial<Record<SubjectCode, SubjectCode>> = { F: CET4, S: CET6 };

/** R-WE-3: written English is taken at one's own school; minor languages and orals wherever one is let in. */
function isOffered(code: SubjectCode, facts: QualificationFacts): boolean {
  if (facts.offeredAtOwnSchool.includes(code)) return true;
  const { kind, minorLanguage } = SUBJECTS[code];
  return (kind === 'ORAL' || minorLanguage) && facts.offeredElsewhere.includes(code);
}

/** A list that is null does not restrict; what the roster leaves open is not on any list. */
function whatTheSchoolsRuleSays(
  code: SubjectCode,
  { rules, student }: QualificationFacts,
): MissingReason | undefined {
  const rule = rules.find(({ subjectCode }) => subjectCode === code);
  if (!rule) return undefined;
  const { educationLevels, grades, entryYears } = rule;
  if (educationLevels && !educationLevels.includes(student.educationLevel))
    return 'EDUCATION_LEVEL_NOT_ADMITTED';
  const grade = plain(student.grade ?? '');
  if (grades && !(grade && grades.some((admitted) => plain(admitted) === grade))) return 'GRADE_NOT_ADMITTED';
  if (entryYears && !(student.entryYear && entryYears.includes(student.entryYear))) {
    return 'ENTRY_YEAR_NOT_ADMITTED';
  }
  return undefined;
}

function hasPassedCet4({ bestCet4Score, reviewState }: QualificationFacts): boolean {
  return reviewState === 'APPROVED' || (bestCet4Score ?? 0) >= CET4_PASS_SCORE;
}

/**
 * R-CR-1: the review is offered when a CET4 result is all that CET6 wants, so that approval gives the qualification at
 * once (R-CR-7), and the candidate's own campus holds CET6.
 */
export function cet6ReviewIsOffered(
  facts: Pick<QualificationFacts, 'offeredAtOwnCampus'>,
  missing: readonly MissingSubject[],
): boolean {
  return (
    facts.offeredAtOwnCampus.includes(CET6) &&
    missing.some(({ code, reason }) => code === CET6 && reason === 'CET4_RESULT_NEEDED')
  );
}

export const NOT_QUALIFIED = refusal(
  'NOT_QUALIFIED',
  409,
  { zh: '没有该科目的报考资格', en: 'Not qualified for this subject' },
  {
    zh: '您没有该科目的报考资格，原因见资格信息；如有异议，请联系学校相关负责人。',
    en: 'You are not qualified for this subject; your qualification page says why. Ask your school if this is wrong.',
  },
);
/** R-WE-1, R-OE-1: the candidate is qualified for the subject. @throws NOT_QUALIFIED */
export function candidateIsQualifiedFor(qualified: readonly SubjectCode[], subjectCode: SubjectCode): void {
  if (!qualified.includes(subjectCode)) throw NOT_QUALIFIED();
}

export const NO_QUALIFIED_SUBJECT = refusal(
  'NO_QUALIFIED_SUBJECT',
  409,
  { zh: '没有可以报考的科目', en: 'No subject to take' },
  {
    zh: '资格科目为无的考生无法继续报名，请联系学校相关负责人。',
    en: 'You are qualified for no subject and cannot go on; ask your school.',
  },
);
/** R-QU-4: without a qualified subject the candidate cannot go on. @throws NO_QUALIFIED_SUBJECT */
export function theCandidateHasAQualifiedSubject(qualified: readonly SubjectCode[]): void {
  if (qualified.length === 0) throw NO_QUALIFIED_SUBJECT();
}
