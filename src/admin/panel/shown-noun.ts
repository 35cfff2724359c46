import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { StaffRole } from '../../kernel/actor.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { Section } from './navigation.js';
import type { NounAction } from './noun-action.js';

/** A list hides what a single row's page shows in full: document numbers. */
export type View = 'list' | 'show';

export type Colour = 'success' | 'danger' | 'info' | 'default';

/** One of few words: what the database holds, what people read, and how it looks. One that is `anyOf` others only searches. */
export type Words = Readonly<
  Record<string, { readonly label: string; readonly colour?: Colour; readonly anyOf?: readonly string[] }>
>;

/**
 * How a column is searched. PART: contains, or begins with where the rows of many schools are searched; WHOLE: is; WORD:
 * one of few; DAYS: from one day to another, both in it. A noun of many rows needs an index for each column so searched.
 */
export type Search =
  | { readonly by: 'PART' | 'WHOLE'; readonly normalise: (text: string) => string }
  | { readonly by: 'WORD'; readonly words: Words }
  | { readonly by: 'DAYS' };

/** Where a value leads: a row of a screen, or its list under a filter. */
export type Link =
  | { readonly noun: string; readonly id: string }
  | { readonly noun: string; readonly filter: string; readonly value: string };

/** A path of another entity's, whose id the row names in the property `by`. */
export interface Through {
  readonly entity: EntityTarget<ObjectLiteral>;
  readonly by: string;
  /** One other row at most is meant, and the rows that name it were made about the same time: those of a sitting. */
  readonly one?: true;
}

export interface ShownColumn<Row, Facts> {
  readonly name: string;
  readonly label: string;
  /** Where it is shown; a column that is shown nowhere is there to search by, or for files. */
  readonly on: readonly View[];
  /** What people read; nothing is shown as a dash. A WORD column answers with the word itself. */
  text(row: Row, facts: Facts): string | number | null | undefined;
  /**
   * What of it a decision rests on, where the text moves although nobody has decided anything (seats taken, a lock after
   * wrong passwords): less of it, or nothing. Whatever is shown otherwise puts a decision out of date when it changes.
   */
  settled?(row: Row, facts: Facts): string | number | null | undefined;
  /** What a list may show of it. */
  readonly mask?: (text: string) => string;
  /** The entity's property it is searched and sorted by; computed columns have none. */
  readonly path?: string;
  readonly through?: Through;
  readonly search?: Search;
  /** A list is sorted by the first that is sortable: the newest first, codes in their order. */
  readonly sortable?: boolean | 'ASCENDING';
  /**
   * Its place in a file that is taken away, where that differs from the row's page: none, or another name or text. A list
   * that can be taken in again says what its import reads; a column that is shown nowhere may stand in the file alone.
   */
  readonly inFile?:
    | 'LEFT_OUT'
    | { readonly label?: string; text?(row: Row, facts: Facts): string | number | null | undefined };
  /** A component of one's own on the row's page, one of `COMPONENTS`; it is handed the text. */
  readonly drawnBy?: string;
  /** The same for its field among the filters; it hands over what would have been typed. */
  readonly searchedBy?: string;
  /** The row this one points to, on another screen, or the rows there that this filter shows. */
  link?(row: Row, facts: Facts): Link | undefined;
}

/**
 * Whose the rows are (R-AD-1): the properties that name the province and the school. Rows without a school are a
 * province's. EVERYBODYS rows are seen by all whose role sees the noun: sittings, versions of the agreement.
 */
export type Ownership = { readonly provinceCode: string; readonly schoolCode?: string } | 'EVERYBODYS';

/**
 * A list taken away as CSV: who may, and whether what the list masks is in the file. A school has the documents of its
 * own students already, in its roster.
 */
export interface Exported {
  readonly by: readonly StaffRole[];
  readonly numbers: 'MASKED' | 'IN_FULL' | 'IN_FULL_TO_SCHOOLS';
}

/** What the back office shows of one noun. One file per noun says all there is to say. */
export interface ShownNoun<Row extends ObjectLiteral, Facts> {
  /** In addresses: `/admin/resources/registrations`. */
  readonly id: string;
  readonly name: string;
  /** A Feather icon, by the name AdminJS knows. */
  readonly icon: string;
  readonly section: Section;
  readonly entity: EntityTarget<Row>;
  /** The property that is a row's key; `id` unless it says. */
  readonly key?: string;
  /** For everybody else the noun does not exist. */
  readonly seenBy: readonly StaffRole[];
  /** A noun that does not say has no rows for anybody. */
  readonly scopedBy?: Ownership;
  readonly columns: readonly ShownColumn<Row, Facts>[];
  readonly actions?: readonly NounAction<Row>[];
  readonly exported?: Exported;
  /** What the columns need to know besides the rows: names for codes, mostly. */
  gather(rows: readonly Row[], reader: Reader): Promise<Facts>;
}
