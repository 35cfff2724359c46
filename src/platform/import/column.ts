import { plain } from '../../kernel/same-to-the-eye.js';
import type { Fault } from './fault.js';

/** Reads one cell: its value, or what is wrong with it. The text is never empty. */
export interface ReadCell<T> {
  (text: string): T | Fault;
  /** A date or time may stand in it; where none may, Excel made one of a text such as `3-1`. */
  readonly takesTimes?: true;
  /** What may stand in it, where that is one of few words. */
  readonly choices?: readonly string[];
}

/** One column of a kind of file: its two names, both allowed in the header, and how its cells are read. */
export interface Column<T, Required extends boolean = boolean> {
  readonly zh: string;
  readonly en: string;
  readonly required: Required;
  readonly read: ReadCell<T>;
}

/** A kind of file: its columns by the names the code uses for them. */
export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A line as read. `null` is an empty cell; a key that is not there a column the file leaves out, and says nothing about. */
export type RowOf<C extends Columns> = {
  [K in keyof C as C[K] extends Column<unknown, true> ? K : never]: C[K] extends Column<infer T> ? T : never;
} & {
  [K in keyof C as C[K] extends Column<unknown, true> ? never : K]?: C[K] extends Column<infer T>
    ? T | null
    : never;
};

/** Every line must say it. */
export function requiredColumn<T>(zh: string, en: string, read: ReadCell<T>): Column<T, true> {
  return { zh, en, required: true, read };
}

/** May be empty, and the file may leave it out. */
export function optionalColumn<T>(zh: string, en: string, read: ReadCell<T>): Column<T, false> {
  return { zh, en, required: false, read };
}

/** How a fault names a column: `证件号码 document_number`. */
export function columnName(column: Column<unknown>): string {
  return `${column.zh} ${column.en}`;
}

/** Header words are compared without blanks, underscores, letter case, units in brackets and the forms' `*`. */
export function comparableHeader(text: string): string {
  return plain(text)
    .replace(/\([^()]*\)|[\s_*]/g, '')
    .toLowerCase();
}
