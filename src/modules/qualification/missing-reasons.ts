import type { Bilingual } from '../../kernel/domain-error.js';

/** Why a subject is missing from a candidate's list, in words the candidate can act on (R-QU-3). */
export const MISSING_REASONS = {
  NOT_OFFERED: {
    zh: '您所在学校本考次没有开考该科目，也没有其他学校向本校考生开放。',
    en: 'Your school does not hold this subject in this sitting, nor does another school open it to you.',
  },
  BLACKLISTED: {
    zh: '学校限制您报考该科目，如有异议请联系学校相关负责人。',
    en: 'Your school bars you from this subject; ask the school if you think this is wrong.',
  },
  EDUCATION_LEVEL_NOT_ADMITTED: {
    zh: '学校规定您的学历不能报考该科目。',
    en: 'Your school does not admit your education level to this subject.',
  },
  GRADE_NOT_ADMITTED: {
    zh: '学校规定您的年级不能报考该科目。',
    en: 'Your school does not admit your grade to this subject.',
  },
  ENTRY_YEAR_NOT_ADMITTED: {
    zh: '学校规定您的入学年份不能报考该科目。',
    en: 'Your school does not admit your year of entry to this subject.',
  },
  CET4_RESULT_NEEDED: {
    zh: '没有查到您英语四级425分及以上的成绩。如有，请提交CET6资格复核；2005年之前的成绩请联系学校老师办理。',
    en: 'No CET4 result of 425 or more was found for you. If you have one, ask for the CET6 review; for results before 2005 ask your school.',
  },
  WRITTEN_SUBJECT_NEEDED: {
    zh: '您没有同级别英语笔试的报考资格，因此不能报考该口试。',
    en: 'You are not qualified for the written English subject of the same level, which this oral needs.',
  },
} as const satisfies Record<string, Bilingual>;

export type MissingReason = keyof typeof MISSING_REASONS;
