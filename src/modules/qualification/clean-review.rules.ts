import { sameName } from '../../kernel/person-name.js';
import { CET4_PASS_SCORE } from '../../kernel/words.js';
import type { Cet4Result } from './cet4-result.entity.js';
import type { Cet6Review } from './cet6-review.entity.js';
import type { StudentDetails } from './student-details.js';

/**
 * R-CR-4: a review waits because the ticket and the name match and the document does not. It is clean, and may be
 * approved together with others, when the two documents are plainly one person's; everything else is looked at singly.
 */

/** Why a review is not clean, as the reviewer reads it. */
export const NOT_CLEAN = {
  RESULT_GONE: '准考证号没有对应的英语四级成绩',
  SCORE_TOO_LOW: '英语四级成绩低于425分',
  NAME_DIFFERS: '姓名与成绩记录不一致',
  DOCUMENT_DIFFERS: '证件号码与成绩记录不一致，且不是已知的新旧号码对应关系',
  ROSTER_DIFFERS: '申请时的证件或姓名与现在的学籍不一致',
  SUBMITTED_REPEATEDLY: '考生多次提交，请逐条复核',
} as const;
export type NotClean = keyof typeof NOT_CLEAN;

/** What a review is compared with. */
export interface Cet6Evidence {
  review: Pick<Cet6Review, 'documentType' | 'documentNumber' | 'name' | 'submissions'>;
  /** Under the ticket number that the candidate gave. */
  result: Cet4Result | null;
  /** On the roster now, under the document of the review. */
  student: Pick<StudentDetails, 'name'> | null;
}

/** Undefined for a clean one. */
export function whyNotClean({ review, result, student }: Cet6Evidence): NotClean | undefined {
  if (!result) return 'RESULT_GONE';
  if (result.score < CET4_PASS_SCORE) return 'SCORE_TOO_LOW';
  if (!sameName(result.name, review.name)) return 'NAME_DIFFERS';
  if (!student || !sameName(student.name, review.name)) return 'ROSTER_DIFFERS';
  if (!isOnePersonsNumber(result.documentNumber, review.documentNumber)) return 'DOCUMENT_DIFFERS';
  if (review.submissions > 1) return 'SUBMITTED_REPEATEDLY';
  return undefined;
}

/**
 * Numbers that differ and are still one person's: only in brackets, blanks, hyphens or letter case; a resident id of
 * fifteen digits and the eighteen it became; a home return permit with and without the two digits that count renewals.
 */
function isOnePersonsNumber(earlier: string, now: string): boolean {
  const [a, b] = [bare(earlier), bare(now)];
  return a === b || isTheFifteenDigitsOf(a, b) || isThePermitOf(a, b) || isThePermitOf(b, a);
}

function bare(number: string): string {
  return number.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** Until 1999 the century and the check digit were left out. */
function isTheFifteenDigitsOf(fifteen: string, eighteen: string): boolean {
  return (
    /^\d{15}$/.test(fifteen) &&
    /^\d{17}[\dX]$/.test(eighteen) &&
    eighteen.slice(6, 8) === '19' &&
    fifteen === eighteen.slice(0, 6) + eighteen.slice(8, 17)
  );
}

/** 港澳居民来往内地通行证: a letter and eight digits, before 2013 with two more. */
function isThePermitOf(long: string, short: string): boolean {
  return /^[HM]\d{10}$/.test(long) && long.slice(0, 9) === short;
}
