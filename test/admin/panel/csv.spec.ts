import { csvLine } from '../../../src/admin/panel/csv.js';

it.each([
  ['text', 'text'],
  ['一,二', '"一,二"'],
  ['say "so"', '"say ""so"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+86', "'+86"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
  ['a=1', 'a=1'],
  ['110010202612101', '110010202612101\t'],
  ['11001020261210103X', '11001020261210103X'],
  ['', ''],
])('a spreadsheet takes %j for text', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});
