import { checkedLines } from '../../../src/admin/tools/file-import.js';
import { lines, moment, text, wholeNumber } from '../../../src/platform/import/cells.js';
import { optionalColumn, requiredColumn } from '../../../src/platform/import/column.js';
import { FaultList } from '../../../src/platform/import/fault-list.js';
import { Header } from '../../../src/platform/import/header.js';

const COLUMNS = {
  className: requiredColumn('班级', 'class_name', text(100)),
  seats: optionalColumn('容量', 'capacity', wholeNumber(0, 9)),
  examStartsAt: optionalColumn('考试时间', 'exam_starts_at', moment),
  remark: optionalColumn('备注', 'remark', lines(100)),
};
const FIRST = { line: 1, cells: ['班级', '容量', '考试时间', '备注', '报名'] };

function faultsOf(line: { cells: string[]; times?: number[]; mergedAcross?: number[] }) {
  const faults = new FaultList();
  new Header(COLUMNS, FIRST, faults, ['报名']).row({ line: 2, ...line });
  return faults.kept.map((fault) => `${fault.line} ${fault.column} ${fault.code}`);
}
const CELLS = ['2026-03-01', '1', '2026-12-12 09:00', '2026-03-01', '已确认'];

test('a date where none may stand is one that Excel made of a text', () => {
  expect(faultsOf({ cells: CELLS })).toEqual([]);
  expect(faultsOf({ cells: CELLS, times: [0, 2, 3] })).toEqual(['2 班级 class_name CHANGED_TO_DATE']);
  expect(faultsOf({ cells: ['1班', '2026-03-01'], times: [1] })).toEqual(['2 容量 capacity CHANGED_TO_DATE']);
});

test('a cell that is one with the cell to its left may be of either column', () => {
  expect(faultsOf({ cells: ['1班'], mergedAcross: [1] })).toEqual(['2 容量 capacity MERGED_ACROSS']);
  // beyond the columns there is nothing to be mistaken
  expect(faultsOf({ cells: ['1班'], mergedAcross: [4, 9] })).toEqual([]);
});

test('what an export has besides is passed over, and a misspelt column is not', () => {
  const faults = new FaultList();
  new Header(COLUMNS, { line: 1, cells: ['班级', '考 次', '报名', '备住'] }, faults, ['考次', '报名']);
  expect(faults.kept).toMatchObject([{ column: '备住', code: 'UNKNOWN_COLUMN' }]);
});

test('the preview says what is hidden, by row and by column', () => {
  const faults = new FaultList();
  const columns = new Header(COLUMNS, FIRST, faults).namesOf([1, 3, 99]);
  const result = { lines: 9, inserted: 9, updated: 0, unchanged: 0, rejected: 0, faultCount: 0, faults: [] };
  const shown = (hidden: Parameters<typeof checkedLines>[0]['hidden']) =>
    checkedLines({ sha256: '', ...result, stored: false, hidden }).notes;
  expect(shown({ lines: 2, firstLine: 7, columns })).toEqual([
    expect.stringMatching(/2 行被隐藏.*第 7 行/),
    expect.stringContaining('容量、备注'),
  ]);
  expect(shown({ lines: 0, columns: [] })).toEqual([]);
});
