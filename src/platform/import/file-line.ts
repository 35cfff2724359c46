/** A line of a file, not yet understood; `line` is its number, as an editor or Excel counts. */
export interface FileLine {
  line: number;
  cells: string[];
  /** People do not see it: its row is hidden, or filtered out. */
  hidden?: true;
  /** Cells, by their index, that are one with the cell to their left: nobody can tell which column its text is of. */
  mergedAcross?: number[];
  /** Cells, by their index, that hold a date or time as a number, however it is shown. */
  times?: number[];
  /** Of the first line: the columns that people do not see, by their index. */
  hiddenColumns?: number[];
}
