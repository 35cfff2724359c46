import { tidy } from './cells.js';
import { type Column, type Columns, columnName, comparableHeader, type RowOf } from './column.js';
import {
  cellWithoutColumn,
  changedToDate,
  Fault,
  mergedAcross,
  missingColumn,
  repeatedColumn,
  required,
  tooLong,
  unknownColumn,
} from './fault.js';
import type { FaultList } from './fault-list.js';
import { FILE_LIMITS, isTooLong } from './file-limits.js';
import type { FileLine } from './file-line.js';

/** What the first line of a file says: which column stands where. */
export class Header<C extends Columns> {
  /** Can lines be read? Not without a required column, nor with one of the columns twice. */
  readonly usable: boolean;
  private readonly places: readonly { key: string; column: Column<unknown>; index: number }[];
  /** Where cells must be empty: Excel leaves columns without a name behind. */
  private readonly nameless: readonly number[];
  private readonly width: number;

  constructor(
    columns: C,
    { line, cells }: FileLine,
    private readonly faults: FaultList,
    besides: readonly string[] = [],
  ) {
    const keys = keysByHeader(columns);
    const places = new Map<string, number>();
    const repeated = new Set<string>();
    cells.forEach((cell, index) => {
      const key = keys.get(comparableHeader(cell));
      if (key === undefined) {
        if (cell.trim() !== '' && !besides.includes(comparableHeader(cell)))
          faults.add(line, unknownColumn, cell.trim().slice(0, 50));
      } else if (places.has(key)) repeated.add(key);
      else places.set(key, index);
    });
    const missing = Object.keys(columns).filter((key) => columns[key]!.required && !places.has(key));
    for (const key of repeated) faults.add(line, repeatedColumn, columnName(columns[key]!));
    for (const key of missing) faults.add(line, missingColumn, columnName(columns[key]!));

    this.usable = missing.length === 0 && repeated.size === 0;
    this.places = [...places].map(([key, index]) => ({ key, column: columns[key]!, index }));
    this.nameless = cells.flatMap((cell, index) => (cell.trim() === '' ? [index] : []));
    this.width = cells.length;
  }

  /** In Chinese, of those of these places that have a column. */
  namesOf(places: readonly number[]): string[] {
    return this.places.filter(({ index }) => places.includes(index)).map(({ column }) => column.zh);
  }

  /** A line by the names of its columns; undefined, and its faults told, when a cell cannot be read. */
  row(fileLine: FileLine): RowOf<C> | undefined {
    const { line, cells } = fileLine;
    const row: Record<string, unknown> = {};
    const before = this.faults.count;
    for (const { key, column, index } of this.places) {
      const value = spoilt(fileLine, column, index) ?? readCell(column, cells[index] ?? '');
      if (value instanceof Fault) this.faults.add(line, value, columnName(column));
      else row[key] = value;
    }
    const beyond = [...this.nameless.map((index) => cells[index]), ...cells.slice(this.width)];
    if (beyond.some((cell) => (cell ?? '').trim() !== '')) this.faults.add(line, cellWithoutColumn);
    return this.faults.count === before ? (row as RowOf<C>) : undefined;
  }
}

/** What a workbook made of a cell besides its text. */
function spoilt(line: FileLine, { read }: Column<unknown>, index: number): Fault | undefined {
  if (line.mergedAcross?.includes(index)) return mergedAcross;
  return line.times?.includes(index) && !read.takesTimes ? changedToDate : undefined;
}

function keysByHeader(columns: Columns): Map<string, string> {
  const words = ([key, column]: [string, Column<unknown>]) =>
    [column.zh, column.en].map((word) => [comparableHeader(word), key] as const);
  return new Map(Object.entries(columns).flatMap(words));
}

function readCell(column: Column<unknown>, cell: string): unknown {
  if (isTooLong(cell)) return tooLong(FILE_LIMITS.cell);
  const text = tidy(cell);
  if (text instanceof Fault) return text;
  if (text !== '') return column.read(text);
  return column.required ? required : null;
}
