import { columnOf } from './cell-reference.js';
import { WORKBOOK_TOO_LARGE } from './refusals.js';

/** A cell each for a hundred thousand students. */
const MOST_MERGED = 100_000;

interface Merged {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** What a merged cell that reaches down into the next lines says there. */
interface Reaching {
  bottom: number;
  text: string;
}

/**
 * `mergeCells` of a sheet, which stands behind the lines it is about. The file has a merged cell's text in its upper left
 * corner alone; people see it in every line it reaches down to.
 */
export class MergedCells {
  private readonly merged: Merged[] = [];
  private next = 0;
  /** By column. */
  private readonly reaching = new Map<number, Reaching>();
  private readonly across = new Map<number, Reaching>();

  open(name: string, { ref = '' }: Readonly<Record<string, string>>): void {
    if (name !== 'mergeCell') return;
    const [, left, top, right, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(ref) ?? [];
    if (!left || !right) return;
    const range = { top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) };
    if (this.merged.push(range) > MOST_MERGED) throw WORKBOOK_TOO_LARGE();
  }
  close(name: string): void {
    if (name === 'mergeCells') this.merged.sort((a, b) => a.top - b.top);
  }

  /**
   * Puts into a line's cells what people see there of the merged cells above, and says which cells are one with the cell
   * to their left. The lines come in their order; one without anything of its own stays empty.
   */
  complete(line: number, cells: string[], columns: number): number[] {
    for (; (this.merged[this.next]?.top ?? Infinity) <= line; this.next++) this.begin(line, cells, columns);
    if (cells.every((cell) => cell === undefined)) return [];
    for (const [column, { bottom, text }] of this.reaching) {
      if (bottom < line) this.reaching.delete(column);
      else cells[column] ??= text;
    }
    for (const [column, { bottom }] of this.across) if (bottom < line) this.across.delete(column);
    return [...this.across.keys()];
  }

  private begin(line: number, cells: readonly string[], columns: number): void {
    const { top, bottom, left, right } = this.merged[this.next]!;
    const text = top === line ? cells[left] : undefined;
    if (text === undefined || left >= columns) return;
    this.reaching.set(left, { bottom, text });
    for (let column = left + 1; column <= Math.min(right, columns - 1); column++)
      this.across.set(column, { bottom, text });
  }
}
