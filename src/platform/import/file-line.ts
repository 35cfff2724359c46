/** A line of a file, not yet understood; `line` is its number, as an editor or Excel counts. */
export interface FileLine {
  line: number;
  cells: string[];
}
