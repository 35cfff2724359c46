import type { Reader, Tx } from '../database/unit-of-work.js';
import type { Columns, RowOf } from './column.js';
import type { Fault, ImportFault } from './fault.js';
import type { OnProgress } from './file-lines.js';

/** What everybody who imports a file may ask for. */
export interface ImportCommand {
  file: string;
  /** Of the file as it was checked before, so that what is taken in is what people saw. */
  sha256?: string;
  /** Say what would happen, store nothing. */
  dryRun?: boolean;
  /** Store the lines without faults even if others have some. */
  takeGoodLines?: boolean;
  onProgress?: OnProgress;
}

/** What became of a file: `lines` = inserted + updated + unchanged + rejected. */
export interface ImportResult {
  /** Of the file, in hex. */
  sha256: string;
  lines: number;
  inserted: number;
  updated: number;
  unchanged: number;
  /** Lines with a fault. */
  rejected: number;
  /** Every fault counts; the first 1000 are told. */
  faultCount: number;
  faults: readonly ImportFault[];
  /** What people who made the file do not see of it, and which is read all the same. */
  hidden: HiddenParts;
  /** Was anything kept? No: it was a dry run, or a line has a fault and the good ones alone were not asked for. */
  stored: boolean;
}

/** Rows of a workbook that are hidden or filtered out, the first of them, and the names of columns that are hidden. */
export interface HiddenParts {
  lines: number;
  firstLine?: number;
  columns: readonly string[];
}

/** A row that is new, or differs from what is stored. */
export interface Change<Stored> {
  before?: Stored;
  after: Stored;
}

/** How lines of one kind become rows: what a module says about the nouns it owns. */
export interface Intake<C extends Columns, Stored extends object> {
  columns: C;
  /** Chinese names of columns that the export of the same rows has besides; they are passed over. */
  besides?: readonly string[];
  /** What a file may say only once, and the column a repetition is told of. */
  keyOf(row: RowOf<C>): string;
  keyColumn: keyof C & string;
  /** The rows that are there already, by key. */
  stored(rows: readonly RowOf<C>[]): Promise<ReadonlyMap<string, Stored>>;
  /** Tells what is wrong with a line that a single cell cannot show. */
  check?(
    row: RowOf<C>,
    before: Stored | undefined,
    refuse: (column: keyof C & string, fault: Fault) => void,
  ): void;
  merge(row: RowOf<C>, before: Stored | undefined): Stored;
  save(tx: Tx, changes: readonly Change<Stored>[]): Promise<void>;
  /** Everything has been stored: the place to leave a line of it in the audit trail, in the same transaction. */
  taken?(tx: Tx, result: ImportResult): Promise<void>;
}

/** Loads, once, what lines are checked against. */
export type BeginIntake<C extends Columns, Stored extends object> = (
  reader: Reader,
) => Promise<Intake<C, Stored>>;
