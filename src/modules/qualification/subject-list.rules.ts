import { refusal } from '../../kernel/domain-error.js';

export const LIST_LINE_EXISTS = refusal(
  'LIST_LINE_EXISTS',
  409,
  { zh: '已在名单中', en: 'Already on the list' },
  {
    zh: '该考生的这个科目已在名单中，无需重复添加。',
    en: 'The student is on this list for this subject already.',
  },
);
/** R-QU-3: one line for each student, subject and list of a school. @throws LIST_LINE_EXISTS */
export function theLineIsNew<T>(line: T | undefined): asserts line is T {
  if (line === undefined) throw LIST_LINE_EXISTS();
}
