import { normaliseStudentNumber } from '../../kernel/document-number.js';

/** Header words that a pasted or saved column begins with. */
const HEADERS = /^(证件号码?|身份证号码?|学号|document_?number|student_?number)$/i;
/** What stands between the cells of a line: a list may come with names beside the numbers. */
const CELL_END = /[,，;；\t]/;
const LONGEST = 60;

/**
 * The numbers of a list as people paste or save it: the first cell of every line, less the header and empty lines. Letter
 * case stays, for a school's student numbers may have it.
 */
export function listedNumbers(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => cellText(line.split(CELL_END, 1)[0]!))
    .filter((cell) => cell !== '' && !HEADERS.test(cell));
}

/** Excel's `="…"`, quotation marks and the `'` in front of a number are none of the number. */
function cellText(cell: string): string {
  return normaliseStudentNumber(cell)
    .replace(/^="?|^["']|"$/g, '')
    .slice(0, LONGEST);
}
