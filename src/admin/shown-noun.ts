import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Reader } from '../platform/database/unit-of-work.js';

/** A list hides what a single row's page shows in full: document numbers. */
export type View = 'list' | 'show';

export type Colour = 'success' | 'danger' | 'info' | 'default';

/** One of few words: what the database holds, what people read, and how it looks. */
export type Words = Readonly<Record<string, { readonly label: string; readonly colour?: Colour }>>;

/** How a column is searched. PART: contains; WHOLE: is; WORD: one of few; DAYS: from one day to another, both in it. */
export type Search =
  | { readonly by: 'PART' | 'WHOLE'; readonly normalise: (text: string) => string }
  | { readonly by: 'WORD'; readonly words: Words }
  | { readonly by: 'DAYS' };

export interface ShownColumn<Row, Facts> {
  readonly name: string;
  readonly label: string;
  /** Where it is shown; a column that is shown nowhere is there to search by. */
  readonly on: readonly View[];
  /** What people read; nothing is shown as a dash. A WORD column answers with the word itself. */
  text(row: Row, facts: Facts): string | number | null | undefined;
  /** What a list may show of it. */
  readonly mask?: (text: string) => string;
  /** The entity's property it is searched and sorted by; computed columns have none. */
  readonly path?: string;
  readonly search?: Search;
  readonly sortable?: boolean;
}

/** What the back office shows of one noun. One file per noun says all there is to say. */
export interface ShownNoun<Row extends ObjectLiteral, Facts> {
  /** In addresses: `/admin/resources/registrations`. */
  readonly id: string;
  readonly name: string;
  /** A Feather icon, by the name AdminJS knows. */
  readonly icon: string;
  readonly entity: EntityTarget<Row>;
  /** The properties that say whose a row is. A noun without them has no rows for anybody (R-AD-1). */
  readonly scopedBy?: { readonly provinceCode: string; readonly schoolCode: string };
  readonly columns: readonly ShownColumn<Row, Facts>[];
  /** What the columns need to know besides the rows: names for codes, mostly. */
  gather(rows: readonly Row[], reader: Reader): Promise<Facts>;
}
