import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { tidy } from '../../../src/platform/import/cells.js';
import type { FileLine } from '../../../src/platform/import/file-line.js';
import { fileLines } from '../../../src/platform/import/file-lines.js';
import { xmlParser } from '../../../src/platform/import/xlsx-parts.js';
import { type ToZip, zipOf } from '../../support/zip.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cet-xlsx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lines = async (bytes: Uint8Array) => {
  const file = join(folder, 'file.xlsx');
  writeFileSync(file, bytes);
  const read: FileLine[] = [];
  for await (const line of fileLines(file)) read.push(line);
  return read;
};

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook of one sheet, to change one of them. */
function parts(
  sheetData: string,
  more: { sharedStrings?: string; styles?: string; sheets?: string } = {},
): ToZip[] {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const {
    sheets = '<sheet name="学籍" sheetId="1" r:id="rId1"/>',
    sharedStrings = '<sst/>',
    styles = '<styleSheet/>',
  } = more;
  return [
    {
      name: 'xl/workbook.xml',
      content: `${HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${HEAD}<Relationships>${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'worksheet', '/xl/worksheets/sheet2.xml')}${relation('rId3', 'sharedStrings', 'sharedStrings.xml')}${relation('rId4', 'styles', 'styles.xml')}</Relationships>`,
    },
    { name: 'xl/sharedStrings.xml', content: HEAD + sharedStrings },
    { name: 'xl/styles.xml', content: HEAD + styles },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `${HEAD}<worksheet ${MAIN}><sheetData>${sheetData}</sheetData></worksheet>`,
    },
    {
      name: 'xl/worksheets/sheet2.xml',
      content: `${HEAD}<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>第二张</v></c></row></sheetData></worksheet>`,
    },
  ];
}
const workbook = (...from: Parameters<typeof parts>) => lines(zipOf(parts(...from)));
const cell = (xml: string, more?: Parameters<typeof parts>[1]) =>
  workbook(`<row r="1">${xml}</row>`, more).then(([line]) => line?.cells[0]);

test('a workbook that another program wrote comes line by line, as Excel numbers them', async () => {
  for (const stringMode of ['shared', 'inline'] as const) {
    const rows = [
      ['姓名', '学号', '入学年份'],
      ['王𬱖', '00037', 2024],
      [null, null, null],
      ['阿依古丽·买买提 & <co>', null, true],
    ];
    const bytes = await writeXlsx({ sheets: [{ name: '学籍', rows }], stringMode });
    expect(await lines(bytes)).toEqual([
      { line: 1, cells: ['姓名', '学号', '入学年份'] },
      { line: 2, cells: ['王𬱖', '00037', '2024'] },
      { line: 4, cells: ['阿依古丽·买买提 & <co>', '', 'TRUE'] },
    ]);
  }
});

test('a sheet longer than one piece comes whole and in order', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [`考生${i}`, i]);
  const read = await lines(await writeXlsx({ sheets: [{ name: '学籍', rows }] }));
  expect(read).toHaveLength(20_000);
  expect(read[19_999]).toEqual({ line: 20_000, cells: ['考生19999', '19999'] });
});

test.each([
  ['a number', '<c r="A1"><v>12001</v></c>', '12001'],
  ['a number as floating point left it', '<c r="A1"><v>30.300000000000001</v></c>', '30.3'],
  ['a ticket number of fifteen digits', '<c r="A1"><v>120010251100112</v></c>', '120010251100112'],
  [
    'a document number that has lost its end',
    '<c r="A1"><v>379902200411080780</v></c>',
    '3.7990220041108077e+17',
  ],
  ['the result of a formula', '<c r="A1" t="str"><f>A2&amp;B2</f><v>南开</v></c>', '南开'],
  ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
  ['text in runs', '<c r="A1" t="inlineStr"><is><r><t>王</t></r><r><t>五</t></r></is></c>', '王五'],
  [
    'text with pinyin above',
    '<c r="A1" t="inlineStr"><is><t>王</t><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>',
    '王',
  ],
  ['text with an escaped character', '<c r="A1" t="inlineStr"><is><t>一_x000A_二</t></is></c>', '一\n二'],
  ['elements with a prefix', '<x:c r="A1" t="str"><x:v>南开</x:v></x:c>', '南开'],
])('a cell: %s', async (_, xml, text) => {
  expect(await cell(xml)).toBe(text);
});

test.each([
  ['a date', 46368, 14, undefined, '2026-12-12'],
  ['a time', 46368.375, 22, undefined, '2026-12-12 09:00'],
  ['a date as Chinese Excel writes it', 46368, 31, undefined, '2026-12-12'],
  ['a date of a format of one’s own', 46368, 170, 'yyyy"年"m"月"d"日"', '2026-12-12'],
  ['leading noughts', 37, 171, '00000', '00037'],
  ['a colour in brackets, which is no date', 37, 172, '[Red]0', '37'],
])('a number that is shown as %s', async (_, value, id, code, text) => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="${id}" formatCode="${(code ?? '').replaceAll('"', '&quot;')}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
  const kept = code === undefined ? styles.replace(/<numFmts>.*<\/numFmts>/, '') : styles;
  expect(await cell(`<c r="A1" s="1"><v>${value}</v></c>`, { styles: kept })).toBe(text);
});

test.each([
  ['in the words of another Excel', '<c r="A1" t="e"><v>#WERT</v></c>'],
  ['that no program has calculated yet', '<c r="A1"><f>VLOOKUP(A2,B:C,2,0)</f></c>'],
  ['the same, as openpyxl writes it', '<c r="A1"><f>A2&amp;B2</f><v></v></c>'],
  ['that spilled', '<c r="A1" t="e"><f>A2:A9</f><v>#SPILL!</v></c>'],
])('a formula %s is a fault, and not its text or nothing', async (_, xml) => {
  expect(tidy((await cell(xml))!)).toMatchObject({ code: 'FORMULA_ERROR' });
});

test('a formula that gives an empty text is an empty cell', async () => {
  expect(await cell('<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>')).toBe('');
});

describe('Merged cells', () => {
  const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`;
  const sheet = (rows: string[], ...refs: string[]) =>
    lines(
      zipOf(
        parts('').map((part) =>
          part.name === 'xl/worksheets/sheet1.xml'
            ? {
                ...part,
                content: `${HEAD}<x:worksheet xmlns:x="a"><x:sheetData>${rows.join('').replace(/<(\/?)/g, '<$1x:')}</x:sheetData><x:mergeCells>${refs.map((ref) => `<x:mergeCell ref="${ref}"/>`).join('')}</x:mergeCells></x:worksheet>`,
              }
            : part,
        ),
      ),
    );

  test('say in every line what people see, whichever program wrote them', async () => {
    const rows = [
      `<row r="1">${text('A1', '院系')}${text('B1', '学号')}</row>`,
      `<row r="2">${text('A2', '化学')}${text('B2', '1')}</row>`,
      `<row r="3">${text('B3', '2')}</row>`,
      `<row r="5">${text('B5', '3')}</row>`,
      `<row r="6">${text('A6', '历史')}${text('B6', '4')}</row>`,
    ];
    expect((await sheet(rows, 'A6:A6', 'A2:A5')).map(({ cells }) => cells.join())).toEqual([
      '院系,学号',
      '化学,1',
      '化学,2',
      '化学,3',
      '历史,4',
    ]);
  });

  test('make no lines of empty ones, and hold where two begin at once', async () => {
    const rows = [
      `<row r="1">${text('A1', '甲')}${text('B1', '乙')}${text('C1', '1')}</row>`,
      '<row r="2"><c r="A2"/></row>',
      `<row r="3">${text('C3', '2')}</row>`,
      `<row r="4">${text('C4', '3')}</row>`,
    ];
    expect((await sheet(rows, 'B1:B3', 'A1:A1048576')).map(({ line, cells }) => `${line} ${cells}`)).toEqual([
      '1 甲,乙,1',
      '3 甲,乙,2',
      '4 甲,,3',
    ]);
  });

  test('across columns are told, for nobody knows which column is meant', async () => {
    const rows = [
      `<row r="1">${text('A1', '院系')}${text('B1', '专业')}</row>`,
      `<row r="2">${text('A2', '软件学院')}</row>`,
      `<row r="3">${text('C3', '1')}</row>`,
      `<row r="4">${text('C4', '1')}</row>`,
    ];
    expect((await sheet(rows, 'A2:B3')).map(({ mergedAcross = [] }) => mergedAcross)).toEqual([
      [],
      [1],
      [1],
      [],
    ]);
  });

  test('are so many at most', async () => {
    const refs = Array.from({ length: 100_001 }, (_, i) => `A${i + 1}:B${i + 1}`);
    await expect(sheet(['<row r="1"/>'], ...refs)).rejects.toMatchObject({ code: 'WORKBOOK_TOO_LARGE' });
  });
});

test('rows and columns that nobody sees are read, and said to be hidden', async () => {
  const hiding = parts('').map((part) =>
    part.name === 'xl/worksheets/sheet1.xml'
      ? {
          ...part,
          content: `${HEAD}<worksheet><cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="16384" width="0"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="true"><c r="A2"><v>2</v></c></row><row r="3" ht="0" customHeight="1"><c r="A3"><v>3</v></c></row><row r="4" ht="15"><c r="A4"><v>4</v></c></row></sheetData></worksheet>`,
        }
      : part,
  );
  const [header, ...others] = await lines(zipOf(hiding));
  expect(header!.hiddenColumns!.slice(0, 4)).toEqual([1, 2, 4, 5]);
  expect(others).toEqual([
    { line: 2, cells: ['2'], hidden: true },
    { line: 3, cells: ['3'], hidden: true },
    { line: 4, cells: ['4'] },
  ]);
});

test.each(['xl/SharedStrings.xml', 'XL/sharedstrings.XML', 'xl\\sharedStrings.xml'])(
  'parts are found in whichever letter case and with either stroke: %s',
  async (name) => {
    const all = parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', {
      sharedStrings: '<sst><si><t>南开</t></si></sst>',
    });
    const renamed = all.map((part) => (part.name === 'xl/sharedStrings.xml' ? { ...part, name } : part));
    expect(await lines(zipOf(renamed))).toEqual([{ line: 1, cells: ['南开'] }]);
  },
);

test('the first sheet that is not hidden is read', async () => {
  const sheets =
    '<sheet name="代码" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="学籍" sheetId="2" r:id="rId2"/>';
  expect(await workbook('<row><c><v>1</v></c></row>', { sheets })).toEqual([{ line: 1, cells: ['第二张'] }]);
});

test('empty cells far to the right make no long lines; a text there is still seen', async () => {
  expect(await workbook('<row r="3"><c r="A3"><v>1</v></c><c r="XFD3" s="1"/></row>')).toEqual([
    { line: 3, cells: ['1'] },
  ]);
  const far = (line: number) => `<row r="${line}"><c r="XFD${line}"><v>1</v></c></row>`;
  const [, line] = await workbook(`<row r="1"><c r="A1"><v>1</v></c></row>${far(3)}`);
  expect(line!.cells).toHaveLength(201);
  await expect(workbook(far(3))).rejects.toMatchObject({ code: 'IMPORT_TOO_MANY_COLUMNS' });
});

test('a text that many cells share is cut off once, where no cell may be so long', async () => {
  const shared = (text: string) => ({ sharedStrings: `<sst><si><t>${text}</t></si></sst>` });
  const pointing = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c>';
  const read = await workbook(`<row r="1">${pointing}</row>`, shared('好'.repeat(39_000)));
  expect(read[0]!.cells.map((text) => text.length)).toEqual([5_001, 5_001]);
  expect(await workbook(`<row r="1">${pointing}</row>`, shared(' '.repeat(39_000)))).toEqual([]);
});

test('a line of many cells has no more text than any other', async () => {
  const long = `<c t="inlineStr"><is><t>${'好'.repeat(4_500)}</t></is></c>`;
  await expect(workbook(`<row r="7">${long.repeat(5)}</row>`)).rejects.toMatchObject({
    code: 'IMPORT_LINE_TOO_LONG',
    facts: { values: { line: 7 } },
  });
  expect(await workbook(`<row r="7">${long.repeat(4)}</row>`)).toHaveLength(1);
});

test('a text without end comes in pieces: memory never holds it whole', () => {
  let longest = 0;
  const parser = xmlParser({ text: (text) => (longest = Math.max(longest, text.length)) });
  parser.write('<worksheet>');
  for (let piece = 0; piece < 100; piece++) parser.write(' '.repeat(16_384));
  parser.write('</worksheet>').close();
  expect(longest).toBeLessThan(200_000);
});

test('entities of a file’s own are not read, so nothing grows and no file is opened', async () => {
  const [, , , , sheet] = parts('');
  const content = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&a;&b;</v></c></row></sheetData></worksheet>`;
  const all = parts('').map((part) => (part.name === sheet!.name ? { ...part, content } : part));
  await expect(lines(zipOf(all))).rejects.toMatchObject({ code: 'WORKBOOK_BROKEN' });
});

describe('A workbook that is none is refused', () => {
  const MANY = Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.xml`, content: '' }));
  const without = (name: string) => parts('').filter((part) => part.name !== name);
  const replaced = (name: string, facts: Partial<ToZip>) =>
    parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>').map((part) =>
      part.name === name ? { ...part, ...facts } : part,
    );
  const SHEET = 'xl/worksheets/sheet1.xml';

  test.each<[string, Buffer, string]>([
    ['that is cut off', zipOf(parts('')).subarray(0, 200), 'ZIP_BROKEN'],
    ['that is another zip', zipOf([{ name: 'a.txt', content: 'a' }]), 'IMPORT_FILE_IS_ARCHIVE'],
    ['without its sheet', zipOf(without(SHEET)), 'WORKBOOK_BROKEN'],
    [
      'with broken XML',
      zipOf(replaced(SHEET, { content: '<worksheet><row></worksheet>' })),
      'WORKBOOK_BROKEN',
    ],
    [
      'in another encoding than it says',
      zipOf(replaced(SHEET, { content: Buffer.from([0x3c, 0xff, 0xfe]) })),
      'WORKBOOK_BROKEN',
    ],
    ['whose cell points at no text', zipOf(parts('<row><c t="s"><v>7</v></c></row>')), 'WORKBOOK_BROKEN'],
    [
      'with a text longer than a cell takes',
      zipOf(parts(`<row><c t="str"><v>${'长'.repeat(50_000)}</v></c></row>`)),
      'WORKBOOK_BROKEN',
    ],
    [
      'with elements within elements without end',
      zipOf(replaced(SHEET, { content: `<worksheet>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</worksheet>` })),
      'WORKBOOK_BROKEN',
    ],
    [
      'with an element of a thousand attributes',
      zipOf(
        parts(`<row ${Array.from({ length: 1000 }, (_, i) => `a${i}="1"`).join(' ')}><c><v>1</v></c></row>`),
      ),
      'WORKBOOK_BROKEN',
    ],
    [
      'with an attribute without end',
      zipOf(parts(`<row r="${'1'.repeat(500_000)}"><c><v>1</v></c></row>`)),
      'WORKBOOK_BROKEN',
    ],
    [
      'that unpacks to a thousand times its size',
      zipOf(replaced(SHEET, { content: `<worksheet>${' '.repeat(11_000_000)}</worksheet>` })),
      'WORKBOOK_TOO_LARGE',
    ],
    ['with a password', zipOf(replaced(SHEET, { encrypted: true })), 'ZIP_BROKEN'],
    ['of very many files', zipOf([...parts(''), ...MANY]), 'ZIP_TOO_LARGE'],
    ['that says it unpacks to 600 MB', zipOf(replaced(SHEET, { claims: 600_000_000 })), 'ZIP_TOO_LARGE'],
    [
      'whose shared texts alone are 70 MB',
      zipOf(replaced('xl/sharedStrings.xml', { content: Buffer.alloc(70_000_000, ' ') })),
      'WORKBOOK_TOO_LARGE',
    ],
    [
      'that unpacks to more than it says',
      zipOf(replaced(SHEET, { content: Buffer.alloc(5_000_000, ' '), claims: 1000 })),
      'WORKBOOK_BROKEN',
    ],
    [
      'with a name that leads elsewhere',
      zipOf([...parts(''), { name: '../../evil', content: '' }]),
      'ZIP_BROKEN',
    ],
  ])('%s', async (_, bytes, code) => {
    await expect(lines(bytes)).rejects.toMatchObject({ code });
  });
});
