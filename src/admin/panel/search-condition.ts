import { And, Equal, type FindOperator, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { DAYS, fromShanghai, later } from '../../kernel/clock.js';
import { textHas } from '../../platform/database/dialect.js';
import type { Search, Words } from './shown-noun.js';

/**
 * What was typed into a search field, as a condition; undefined when nothing was. What cannot be is a condition that
 * nothing meets. A part is looked for anywhere in the texts of one school (`ONE_SCHOOL`); among those of a country only
 * an index answers in time, and it knows how texts begin.
 *
 * @param name the column's, which no other condition of the query has
 */
export function searchCondition(
  search: Search,
  value: unknown,
  among: 'ONE_SCHOOL' | 'MANY',
  name: string,
): FindOperator<unknown> | undefined {
  if (search.by === 'DAYS') return between(Object(value) as { from?: unknown; to?: unknown });
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (search.by === 'WORD') return oneOf(search.words, value);
  const text = search.normalise(value);
  if (search.by === 'WHOLE') return Equal(text);
  return textHas(`part_${name}`, text, among === 'ONE_SCHOOL' ? 'ANYWHERE' : 'AT_ITS_BEGINNING');
}

const NOTHING: FindOperator<unknown> = In([]);

function oneOf(words: Words, value: string): FindOperator<unknown> {
  if (!Object.hasOwn(words, value)) return NOTHING;
  const { anyOf } = words[value]!;
  return anyOf ? In([...anyOf]) : Equal(value);
}

function between({ from, to }: { from?: unknown; to?: unknown }): FindOperator<unknown> | undefined {
  const [first, last] = [day(from), day(to)];
  if (first === 'NO_DAY' || last === 'NO_DAY') return NOTHING;
  const ends = [first && MoreThanOrEqual(first), last && LessThan(later(last, DAYS))].filter(
    (end) => end !== undefined,
  );
  return ends.length > 0 ? And(...ends) : undefined;
}

/** The moment at which a day begins in Shanghai. */
function day(text: unknown): Date | 'NO_DAY' | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  return fromShanghai(text.slice(0, 10)) ?? 'NO_DAY';
}
