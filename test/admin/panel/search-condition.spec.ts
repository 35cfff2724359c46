import type { FindOperator } from 'typeorm';
import { searchCondition } from '../../../src/admin/panel/search-condition.js';
import type { Search } from '../../../src/admin/panel/shown-noun.js';

const part: Search = { by: 'PART', normalise: (text) => text.trim() };
const whole: Search = { by: 'WHOLE', normalise: (text) => text.trim().toUpperCase() };
const word: Search = { by: 'WORD', words: { PENDING: { label: '未复核' } } };
const days: Search = { by: 'DAYS' };

/** The condition as a reader would write it. */
function said(search: Search, value: unknown, among: 'ONE_SCHOOL' | 'MANY' = 'ONE_SCHOOL'): unknown {
  const condition = searchCondition(search, value, among, 'name');
  if (!condition) return undefined;
  const plain = (operator: FindOperator<unknown>): unknown => {
    if (operator.type === 'raw') return [operator.getSql!('name'), operator.objectLiteralParameters];
    return Array.isArray(operator.value) && operator.type === 'and'
      ? operator.value.map(plain)
      : [operator.type, operator.value];
  };
  return plain(condition);
}

const NOTHING = ['in', []];
const like = (pattern: string) => ["name LIKE :part_name ESCAPE '!'", { part_name: pattern }];

test.each<[string, Search, unknown, unknown]>([
  ['nothing typed', part, '', undefined],
  ['blanks', whole, '  ', undefined],
  ['a part of a name', part, ' 王 ', like('%王%')],
  ['wildcards mean themselves', part, '%_\\!王', like('%!%!_\\!!王%')],
  ['a whole number, as people type it', whole, ' 11010x ', ['equal', '11010X']],
  ['a list where a text belongs', whole, ['a', 'b'], undefined],
  ['an object where a text belongs', part, { $ne: 1 }, undefined],
  ['a word', word, 'PENDING', ['equal', 'PENDING']],
  ['a word that is none', word, 'toString', NOTHING],
  ['from a day', days, { from: '2026-11-21' }, [['moreThanOrEqual', new Date('2026-11-20T16:00:00Z')]]],
  [
    'to a day, the day included',
    days,
    { to: '2026-11-21' },
    [['lessThan', new Date('2026-11-21T16:00:00Z')]],
  ],
  [
    'both',
    days,
    { from: '2026-11-20', to: '2026-11-21' },
    [
      ['moreThanOrEqual', new Date('2026-11-19T16:00:00Z')],
      ['lessThan', new Date('2026-11-21T16:00:00Z')],
    ],
  ],
  ['no day at all', days, { from: '', to: undefined }, undefined],
  ['a day that does not exist', days, { from: '2026-02-30' }, NOTHING],
  ['a text where two days belong', days, '2026-11-21', undefined],
])('%s', (_, search, value, expected) => {
  expect(said(search, value)).toEqual(expected);
});

test('among the rows of many schools a part is the beginning', () => {
  expect(said(part, ' 王 ', 'MANY')).toEqual(like('王%'));
});
