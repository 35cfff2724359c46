import type { NextFunction, Request, Response } from 'express';
import { refusal } from '../../kernel/domain-error.js';
import { isPlainText } from '../../kernel/plain-text.js';
import { sendProblem } from '../../platform/http/problem.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { signedIn } from '../staff/staff-door.js';
import type { AnyNoun, PanelContents } from './panel-contents.js';
import type { Asked } from './scoped.resource.js';

/** Of what is typed into one field; no name, number or text of a list that is searched so is longer. */
export const LONGEST_SEARCH = 200;
/** Of a path: what is searched for may stand in it, nine characters for each Chinese one. */
const LONGEST_PATH = 100 + 9 * LONGEST_SEARCH;
/** Ids of rows, a comma each. */
const LONGEST: Readonly<Record<string, number>> = { recordIds: 500 * 37 };

export const SEARCH_NOT_UNDERSTOOD = refusal(
  'SEARCH_NOT_UNDERSTOOD',
  422,
  { zh: '查询条件有误', en: 'The search cannot be understood' },
  {
    zh: '列表没有这项查询条件，或条件超过 {most} 个字，请清空条件后重新查询。',
    en: 'The list is not searched by this, or it is longer than {most} characters. Clear it and search again.',
  },
);
const notUnderstood = (field: string) =>
  SEARCH_NOT_UNDERSTOOD({ field: field.slice(0, 60), values: { most: LONGEST_SEARCH } });

/**
 * What a list or an export is asked for, column by column: texts, for days `{ from, to }`. Looked at before anything
 * is done with it, for what is typed here is cleaned, compared and handed to the database.
 *
 * @throws SEARCH_NOT_UNDERSTOOD
 */
export function searchFrom(noun: AnyNoun, filters: unknown): Asked {
  if (filters === undefined || filters === null) return {};
  if (typeof filters !== 'object' || Array.isArray(filters)) throw notUnderstood('filters');
  const names = Object.keys(filters);
  if (names.length > noun.columns.length) throw notUnderstood('filters');
  for (const name of names) {
    const search = noun.columns.find((column) => column.name === name)?.search;
    const value = (filters as Record<string, unknown>)[name];
    const isKnown = search?.by === 'DAYS' ? areDays(value) : search !== undefined && isShortText(value);
    if (!isKnown) throw notUnderstood(name);
  }
  return filters as Asked;
}

function areDays(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isShortText(value);
  return Object.entries(value).every(([end, day]) => ['from', 'to'].includes(end) && isShortText(day));
}

/** And such as a database can be asked for (`isPlainText`). */
function isShortText(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' && value.length <= LONGEST_SEARCH && isPlainText(value);
}

/**
 * Lets AdminJS see what it knows: it takes `filters.constructor` for a column and fails. Its parameters are texts, each
 * once and short; a list is searched by what `searchFrom` knows.
 */
export function readableQueriesOnly(contents: PanelContents) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const noun = contents.noun(String(request.params.noun), signedIn(request)!);
    if (request.path.length > LONGEST_PATH) throw notUnderstood('search');
    searchFrom(noun, filtersOf(request.query));
    for (const [name, value] of Object.entries(request.query)) {
      const longest = LONGEST[name] ?? LONGEST_SEARCH;
      if (typeof value !== 'string' || value.length > longest) throw notUnderstood(name);
    }
    next();
  };
}

/** `filters.name=a`, `filters.publishedAt~~from=2026-11-21`; whatever else begins so is no column. */
function filtersOf(query: Request['query']): Record<string, unknown> {
  const filters = new Map<string, unknown>();
  for (const [key, value] of Object.entries(query)) {
    if (!/^filters\b/.test(key)) continue;
    const [name = '', end, more] = key.slice('filters.'.length).split('~~');
    if (end === undefined) filters.set(name, value);
    else filters.set(name, { ...Object(filters.get(name)), [more === undefined ? end : '']: value });
  }
  return Object.fromEntries(filters);
}

/** A row that AdminJS was asked for and did not find, or would not show: it says so by an error of its own. */
export function rowsNotThere(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const { statusCode } = Object(error) as { statusCode?: unknown };
  if (statusCode === 404 || statusCode === 403) sendProblem(request, response, NOT_FOUND());
  else next(error);
}
