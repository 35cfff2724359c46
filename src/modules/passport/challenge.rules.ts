import { refusal } from '../../kernel/domain-error.js';

export const CHALLENGE_FAILED = refusal(
  'CHALLENGE_FAILED',
  422,
  { zh: '人机验证未通过', en: 'Human check failed' },
  {
    zh: '人机验证未通过或已失效，请重新验证后再提交。',
    en: 'The human check failed or has expired. Do it again.',
  },
  'challenge',
);
/** R-PP-1, R-PP-2, R-PP-8: ours, solved, in time, and for the first time. @throws CHALLENGE_FAILED */
export function humanCheckIsPassed(passed: boolean): void {
  if (!passed) throw CHALLENGE_FAILED();
}
