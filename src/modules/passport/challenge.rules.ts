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

export const CHALLENGE_TOO_EASY = refusal(
  'CHALLENGE_TOO_EASY',
  422,
  { zh: '需要重新进行人机验证', en: 'A harder human check is needed' },
  {
    zh: '为防止他人恶意尝试，现在需要时间稍长的人机验证，请重新验证后再提交。',
    en: 'To keep guessers out, a longer human check is needed now: solve the one in `challenge`.',
  },
  'challenge',
);
/**
 * R-PP-8: who tries where many have failed pays what is asked there now, in times the ordinary work; `dearer` is a check
 * that costs so much. @throws CHALLENGE_TOO_EASY
 */
export function theCheckIsDearEnough(isDearEnough: boolean, dearer?: object): void {
  if (!isDearEnough) throw CHALLENGE_TOO_EASY(dearer && { members: { challenge: dearer } });
}

/** A check is good one step behind: the price may rise while somebody solves it. */
export function isDearEnough(paid: number, owed: number): boolean {
  return paid * 2 >= owed;
}

/** What a check costs in a network from which so many have come, where `points` are usual: it doubles as they do. */
export function priceInNetwork(
  count: number,
  { points, dearest }: { points: number; dearest: number },
): number {
  if (count <= points) return 1;
  return Math.min(dearest, 2 ** Math.ceil(Math.log2(count / points)));
}

const FREE_GUESSES = 10;
const GUESSES_A_STEP = 5;
/** 1.6 million hashes at most: on a slow phone a quarter of a minute. */
const DEAREST_FOR_A_LOGIN = 32;

/** What a check costs a stranger who makes this attempt, counted from 1, at a login today. */
export function priceForLogin(attempt: number): number {
  if (attempt <= FREE_GUESSES) return 1;
  return Math.min(DEAREST_FOR_A_LOGIN, 2 ** Math.ceil((attempt - FREE_GUESSES) / GUESSES_A_STEP));
}
