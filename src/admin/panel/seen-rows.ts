import type { ObjectLiteral } from 'typeorm';
import { versionOf } from '../../platform/database/as-shown.js';
import type { ShownColumn, ShownNoun, View } from './shown-noun.js';

/** Shown where there is nothing to show. */
export const NOTHING = '—';

/** A row as the form of an action names it, and which version of it that is. */
export interface SeenRow {
  readonly id: string;
  readonly version: string;
  readonly shown: readonly { readonly label: string; readonly text: string }[];
}

/** What a page shows of a row in a column: the word itself of a WORD column. */
export function shownText<Row, Facts>(
  column: ShownColumn<Row, Facts>,
  row: Row,
  facts: Facts,
  view: View,
): string {
  const text = String(column.text(row, facts) ?? '');
  if (text === '') return NOTHING;
  return view === 'list' && column.mask ? column.mask(text) : text;
}

/** The same, but words by their labels. */
export function labelledText<Row, Facts>(
  column: ShownColumn<Row, Facts>,
  row: Row,
  facts: Facts,
  view: View,
): string {
  const text = shownText(column, row, facts, view);
  const words = column.search?.by === 'WORD' ? column.search.words : {};
  return words[text]?.label ?? text;
}

/** Of all that a row's list and page show, in full and without what moves by itself. */
export function rowVersion<Row extends ObjectLiteral, Facts>(
  { columns }: ShownNoun<Row, Facts>,
  row: Row,
  facts: Facts,
): string {
  const shown = columns.filter(({ on }) => on.length > 0);
  return versionOf(shown.map((column) => (column.settled ?? column.text)(row, facts) ?? null));
}

/** As a list shows it, but for what only leads on to other rows. */
export function seenRow<Row extends ObjectLiteral, Facts>(
  noun: ShownNoun<Row, Facts>,
  row: Row,
  facts: Facts,
): SeenRow {
  return {
    id: String(row[noun.key ?? 'id']),
    version: rowVersion(noun, row, facts),
    shown: noun.columns
      .filter(({ on, link }) => on.includes('list') && !('filter' in (link?.(row, facts) ?? {})))
      .map((column) => ({ label: column.label, text: labelledText(column, row, facts, 'list') })),
  };
}
