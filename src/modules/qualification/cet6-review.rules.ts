import { toShanghai } from '../../kernel/clock.js';
import { refusal } from '../../kernel/domain-error.js';
import { sameName } from '../../kernel/person-name.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';
import { CET4, CET4_PASS_SCORE } from '../../kernel/words.js';
import type { Cet4Result } from './cet4-result.entity.js';
import { carriesTheDocumentOf } from './cet4-result.rules.js';
import type { Cet6Review } from './cet6-review.entity.js';
import type { StudentDetails } from './student-details.js';

export const QUALIFICATION_NOT_QUERIED = refusal(
  'QUALIFICATION_NOT_QUERIED',
  409,
  { zh: '请先查询资格信息', en: 'Look up your qualification first' },
  {
    zh: '请先按证件类型、证件号码和姓名查询资格信息，再申请CET6资格复核。',
    en: 'Look up your qualification by document and name first; the review is about the student found.',
  },
);
/** R-CR-1: the review is about the student the account looked up. @throws QUALIFICATION_NOT_QUERIED */
export function aStudentHasBeenLookedUp<T>(found: T | null): asserts found is T {
  if (!found) throw QUALIFICATION_NOT_QUERIED();
}

export const REVIEW_NOT_OFFERED = refusal(
  'REVIEW_NOT_OFFERED',
  409,
  { zh: '不能申请CET6资格复核', en: 'The CET6 review is not offered' },
  {
    zh: '已具有CET6报考资格、校区不开考CET6，或学校限制报考CET6的考生，不能申请资格复核。如有异议请联系学校老师。',
    en: 'It is offered when a CET4 result is all you lack for CET6 and your campus holds CET6. Ask your school if this is wrong.',
  },
);
/** R-CR-1: no CET6 qualification, a campus that holds CET6, not barred from it. @throws REVIEW_NOT_OFFERED */
export function theReviewIsOffered({ offered }: { offered: boolean }): void {
  if (!offered) throw REVIEW_NOT_OFFERED();
}

/** A ticket number as people type it: blanks, hyphens and what is the same to the eye are understood. */
export function normaliseTicketNumber(text: string): string {
  return plainCode(text).replace(/-/g, '');
}

export const TICKET_NUMBER_INVALID = refusal(
  'TICKET_NUMBER_INVALID',
  422,
  { zh: '准考证号有误', en: 'Not a CET4 ticket number' },
  {
    zh: '请填写2005年（含）以后英语四级笔试的15位准考证号。2005年之前的成绩请联系学校老师办理。',
    en: 'Give the 15 digits of a written CET4 ticket from 2005 on. For results before 2005 ask your school.',
  },
  'ticketNumber',
);
/** R-CR-2: campus 6, year 2 (05 to this one), half 1, subject 1 (CET4), room 3, seat 2. @throws TICKET_NUMBER_INVALID */
export function theTicketIsOfACet4Since2005(ticketNumber: string, now: Date): void {
  const [, year, half, subject] = /^\d{6}(\d{2})(\d)(\d)\d{5}$/.exec(ticketNumber) ?? [];
  const thisYear = toShanghai(now).slice(2, 4);
  const isPossible =
    year !== undefined &&
    year >= '05' &&
    year <= thisYear &&
    (half === '1' || half === '2') &&
    subject === CET4;
  if (!isPossible) throw TICKET_NUMBER_INVALID();
}

export const RESULT_NOT_FOUND = refusal(
  'RESULT_NOT_FOUND',
  409,
  { zh: '没有查到通过英语四级的成绩', en: 'No passing CET4 result' },
  {
    zh: '没有查到与该准考证号对应、且证件号码或姓名与您一致的英语四级425分及以上的成绩，请核对准考证号；忘记准考证号的请联系学校老师。',
    en: 'No CET4 result of 425 or more under this ticket number carries your document number or name. Check the number, or ask your school.',
  },
);
/**
 * R-CR-3 to 5: the document number matches, whatever the name: approved; only the name: the school decides.
 * @throws RESULT_NOT_FOUND when neither matches, the ticket is unknown, or the score is below 425
 */
export function whatTheResultProves(
  result: Cet4Result | null,
  student: Pick<StudentDetails, 'documentType' | 'documentNumber' | 'name'>,
): 'APPROVED' | 'PENDING' {
  if (!result || result.score < CET4_PASS_SCORE) throw RESULT_NOT_FOUND();
  if (carriesTheDocumentOf(student, result)) return 'APPROVED';
  if (sameName(result.name, student.name)) return 'PENDING';
  throw RESULT_NOT_FOUND();
}

export const REVIEW_EXISTS = refusal(
  'REVIEW_EXISTS',
  409,
  { zh: '已经提交过CET6资格复核', en: 'There is a review already' },
  {
    zh: '每个通行证只能提交一条CET6资格复核申请，您已经提交过；未通过的申请可以修改后重新提交，或删除。',
    en: 'An account has one review, and there is one already. A rejected one can be changed and resubmitted, or deleted.',
  },
);
/** R-CR-6: one review per account. @throws REVIEW_EXISTS */
export function theAccountHasNoReview(review: Pick<Cet6Review, 'state'> | null): void {
  if (review && review.state !== 'DELETED') throw REVIEW_EXISTS();
}

export const REVIEW_PENDING = refusal(
  'REVIEW_PENDING',
  409,
  { zh: '申请尚未复核', en: 'The review is pending' },
  {
    zh: '“未复核”状态的申请不能修改或删除，请按学校规定准备证明，联系学校老师进行人工复核。',
    en: 'A pending review can be neither changed nor deleted. Bring your proof to your school, which decides.',
  },
);
/** R-CR-4: what waits for the school stays as it is. @throws REVIEW_PENDING */
export function theReviewIsNotPending({ state }: Pick<Cet6Review, 'state'>): void {
  if (state === 'PENDING') throw REVIEW_PENDING();
}

export const REVIEW_FINAL = refusal(
  'REVIEW_FINAL',
  409,
  { zh: '复核已经通过', en: 'The review is approved' },
  {
    zh: 'CET6资格复核一旦通过，不能更改或取消。',
    en: 'An approved review can be neither changed nor deleted.',
  },
);
/** R-CR-6: approved is final. @throws REVIEW_FINAL */
export function theReviewIsNotApproved({ state }: Pick<Cet6Review, 'state'>): void {
  if (state === 'APPROVED') throw REVIEW_FINAL();
}
