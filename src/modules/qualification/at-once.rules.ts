import { refusal } from '../../kernel/domain-error.js';

const MOST_AT_ONCE = 500;

export const TOO_MANY_AT_ONCE = refusal(
  'TOO_MANY_AT_ONCE',
  422,
  { zh: '一次处理过多', en: 'Too many at once' },
  {
    zh: '一次最多处理 {most} 条，请分批进行。',
    en: 'At most {most} can be done at once. Do some, then the rest.',
  },
);
/** What is done to chosen rows is done while somebody waits. @throws TOO_MANY_AT_ONCE */
export function notTooManyAtOnce(ids: readonly string[]): void {
  if (ids.length > MOST_AT_ONCE) throw TOO_MANY_AT_ONCE({ values: { most: MOST_AT_ONCE } });
}
