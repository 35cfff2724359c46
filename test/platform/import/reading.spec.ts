import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import {
  digits,
  listOf,
  moment,
  oneOf,
  text,
  tidy,
  wholeNumber,
  yesNo,
  yuanAsFen,
} from '../../../src/platform/import/cells.js';
import type { ReadCell } from '../../../src/platform/import/column.js';
import { csvLines } from '../../../src/platform/import/csv-lines.js';
import { encodingOf, textOf } from '../../../src/platform/import/encoding.js';
import { Fault } from '../../../src/platform/import/fault.js';
import { FILE_LIMITS, withinLimits } from '../../../src/platform/import/file-limits.js';
import { fileLines } from '../../../src/platform/import/file-lines.js';
import { FirstLines } from '../../../src/platform/import/first-lines.js';
import {
  documentNumberCell,
  documentTypeCell,
  educationLevelCell,
  entryYearCell,
  genderCell,
  personNameCell,
  subjectCell,
} from '../../../src/platform/import/word-cells.js';
import { zipOf } from '../../support/zip.js';

/** The value of a cell, or the code of its fault. */
function read<T>(cell: ReadCell<T>, written: string): T | string {
  const tidied = tidy(written);
  const value = tidied instanceof Fault ? tidied : cell(tidied);
  return value instanceof Fault ? value.code : value;
}

describe('A cell is read as people and Excel write it', () => {
  const shanghai = (time: string) => new Date(`${time}:00+08:00`);

  it.each<[string, ReadCell<unknown>, string, unknown]>([
    ['text keeps rare characters', text(10), ' 王𬱖 ', '王𬱖'],
    ['text counts characters, not UTF-16 units', text(2), '𬱖𠮷', '𬱖𠮷'],
    ['text that is too long', text(2), '一二三', 'TOO_LONG'],
    ['text loses the line break a table put in a long name', text(50), '西昌学院\\n分校', '西昌学院分校'],
    ['text loses a real line break too', text(50), '西昌\r\n学院', '西昌学院'],
    ['text that a program could not write', text(10), '王\ufffd', 'UNREADABLE_CHARACTERS'],
    ['a code in full-width digits', digits(5), '１２００１', '12001'],
    ["a code with Excel's apostrophe", digits(5), "'12001", '12001'],
    ['a code as an Excel formula', digits(5), '="12001"', '12001'],
    ['a code after a tab', digits(5), '\t12001', '12001'],
    ['a code with a blank inside', digits(5), '12 001', '12001'],
    ['a code that is too short', digits(5), '1200', 'MALFORMED'],
    ['a number Excel wrote in scientific notation', digits(15), '1.20011E+14', 'CHANGED_BY_EXCEL'],
    ['a whole number', wholeNumber(0, 710), '425', 425],
    ['a whole number with decimals of nought', wholeNumber(0, 710), '425.0', 425],
    ['a fraction', wholeNumber(0, 710), '424.5', 'MALFORMED'],
    ['a number below the range', wholeNumber(0, 710), '-1', 'OUT_OF_RANGE'],
    ['a number above the range', wholeNumber(0, 710), '711', 'OUT_OF_RANGE'],
    ['words for a number', wholeNumber(0, 710), '缺考', 'MALFORMED'],
    ['yuan', yuanAsFen, '30', 3000],
    ['yuan with decimals', yuanAsFen, '30.05', 3005],
    ['yuan with its sign', yuanAsFen, '¥30.5', 3050],
    ['yuan in words', yuanAsFen, '30元', 3000],
    ['three decimals', yuanAsFen, '30.005', 'MALFORMED'],
    ['a time', moment, '2026-12-12 09:00', shanghai('2026-12-12T09:00')],
    ["a time as Excel's China writes it", moment, '2026/12/2 9:00', shanghai('2026-12-02T09:00')],
    ['a time of another zone', moment, '2026-12-12T09:00:00Z', shanghai('2026-12-12T17:00')],
    ['a day that does not exist', moment, '2026-02-30 09:00', 'MALFORMED'],
    ['yes', yesNo, '是', true],
    ['no', yesNo, 'FALSE', false],
    ['neither', yesNo, '也许', 'NOT_IN_LIST'],
    ['one of some words', oneOf([{ value: 1, words: ['一', 'one'] }]), ' ONE ', 1],
    [
      'a list, whatever separates it',
      listOf(digits(5)),
      '12001；15001、31001;12001',
      ['12001', '15001', '31001'],
    ],
    ['a list with a fault in it', listOf(digits(5)), '12001;abc', 'MALFORMED'],
    ['a document type in Chinese', documentTypeCell, '居民身份证', 'RESIDENT_ID'],
    ['a document type for short', documentTypeCell, '身份证', 'RESIDENT_ID'],
    ['a document type in English', documentTypeCell, 'resident_id', 'RESIDENT_ID'],
    ['an officer card, which is not accepted (R-QU-2)', documentTypeCell, '军官证', 'NOT_IN_LIST'],
    ['a lower-case x', documentNumberCell, '37990220041108078x', '37990220041108078X'],
    ['full-width digits', documentNumberCell, '３７９９０２２００４１１０８０７８Ｘ', '37990220041108078X'],
    ['a document number with blanks', documentNumberCell, "'379902 20041108 078X", '37990220041108078X'],
    ['a document number Excel changed', documentNumberCell, '3.79902E+17', 'CHANGED_BY_EXCEL'],
    ['a name with the dot of minority names', personNameCell, '阿依古丽•买买提', '阿依古丽·买买提'],
    ['a name whose rare character was lost', personNameCell, '王?', 'UNREADABLE_CHARACTERS'],
    ['a name with the blank square of one', personNameCell, '王□', 'UNREADABLE_CHARACTERS'],
    ['a name with the geta of one', personNameCell, '王〓', 'UNREADABLE_CHARACTERS'],
    ['a name with a private-use character', personNameCell, '王\ue000', 'UNKNOWN_CHARACTERS'],
    ['a text with one', text(10), '化学\uf8ff', 'UNKNOWN_CHARACTERS'],
    ['a text with a control character', text(10), '化学\u0007', 'UNKNOWN_CHARACTERS'],
    ['a name on two lines', personNameCell, '欧阳\r\n娜娜', '欧阳娜娜'],
    [
      'a Latin name on two lines, one break in words',
      personNameCell,
      'MARIA\nGARCIA\\nLOPEZ',
      'MARIA GARCIA LOPEZ',
    ],
    [
      'a number between marks of direction',
      documentNumberCell,
      '\u202d129901200503146448\u202c',
      '129901200503146448',
    ],
    ['a number ending with a cross', documentNumberCell, '37990220041108078×', '37990220041108078X'],
    ['a document type in radicals', documentTypeCell, '居⺠⾝份证', 'RESIDENT_ID'],
    ['a school code between soft hyphens', digits(5), '12\u00ad001\u200e', '12001'],
    ['a failed formula', text(10), ' #N/A ', 'FORMULA_ERROR'],
    ['one of another program', wholeNumber(0, 9), 'Err:502', 'FORMULA_ERROR'],
    ['one in Chinese', text(10), '#名称？', 'FORMULA_ERROR'],
    ['a number too wide for its column', text(10), '########', 'FORMULA_ERROR'],
    ['a text that only begins like one', text(10), '#1班', '#1班'],
    ['a text that an export kept from running', text(10), "'-1班", '-1班'],
    ['one that had an apostrophe before', text(10), "''=1", "'=1"],
    ['a text in apostrophes', text(10), "'甲'", "'甲'"],
    ['texts on lines of every kind', text(10), '化\r学\u2028学\n院', '化学学院'],
    ['a gender', genderCell, '女', 'FEMALE'],
    ['an education level', educationLevelCell, '硕士研究生', 'POSTGRADUATE'],
    ['a year of entry in full', entryYearCell, '2014', 2014],
    ['a year of entry for short', entryYearCell, '14', 2014],
    ['a year of entry as the school says it', entryYearCell, '2014级', 2014],
    ['a year of entry of the last century', entryYearCell, '98', 1998],
    ['a year nobody entered in', entryYearCell, '214', 'OUT_OF_RANGE'],
    ['a subject by code', subjectCell, 'f', 'F'],
    ['a subject by name', subjectCell, '英语六级', '2'],
    ['a subject as the confirmation page names it', subjectCell, '英语四级笔试', '1'],
    ['an oral by name', subjectCell, '英语六级口试', 'S'],
    ['no subject', subjectCell, '法语六级', 'NOT_IN_LIST'],
  ])('%s', (_, cell, written, value) => {
    expect(read(cell, written)).toEqual(value);
  });
});

describe('A file is read in the encoding it was saved in', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cet-reading-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const saved = (bytes: Buffer) => {
    const file = join(folder, 'file.csv');
    writeFileSync(file, bytes);
    return file;
  };
  const wholeText = async (file: string) => {
    let whole = '';
    for await (const piece of textOf(file, await encodingOf(file))) whole += piece;
    return whole;
  };
  // longer than a chunk of the stream, so that characters fall on the seams
  const words = '姓名,校区\n王𬱖,八里台\n阿依古丽·买买提,红湖\n'.repeat(4000);

  it.each([
    ['UTF-8', Buffer.from(words), words],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${words}`), words],
    ['GB18030, as Chinese Excel saves', iconv.encode(words, 'gb18030'), words],
    ['UTF-16, as Excel saves Unicode text', iconv.encode(words, 'utf16le', { addBOM: true }), words],
    ['plain ASCII', Buffer.from('name\nx\n'), 'name\nx\n'],
    ['UTF-16 of the other byte order', iconv.encode(words, 'utf16be', { addBOM: true }), words],
    ['UTF-16 without a mark', iconv.encode(words, 'utf16le', { addBOM: false }), words],
    [
      'UTF-16 of the other byte order without a mark',
      iconv.encode(words, 'utf16be', { addBOM: false }),
      words,
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await wholeText(saved(bytes))).toBe(expected);
  });

  it.each([
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00')],
    ['bytes of no Chinese encoding', Buffer.from([0xff, 0xff, 0xff, 0x0a])],
    ['UTF-32', iconv.encode('姓名,校区\n', 'utf32le', { addBOM: true })],
    ['ASCII with zero bytes in it', Buffer.from('name,campus\n\0\0ab,cd\n')],
    [
      'half a character of UTF-16',
      Buffer.concat([iconv.encode('姓名,校区\n', 'utf16le', { addBOM: true }), Buffer.of(0x42)]),
    ],
  ])('refuses %s', async (_, bytes) => {
    await expect(wholeText(saved(bytes))).rejects.toMatchObject({ code: 'IMPORT_FILE_NOT_TEXT' });
  });
});

describe('Lines of a file', () => {
  async function* pieces(...parts: string[]) {
    yield* parts;
  }
  const linesOf = async (...parts: string[]) => {
    const lines = [];
    for await (const { line, cells } of csvLines(pieces(...parts))) lines.push([line, ...cells]);
    return lines;
  };

  it.each(['\n', '\r\n'])('are counted as an editor counts them (%j)', async (end) => {
    const text = ['a,b', '', '"x\ny",2', ',,', 'z,3'].join(end);
    expect(await linesOf(text.slice(0, 9), text.slice(9))).toEqual([
      [1, 'a', 'b'],
      [3, 'x\ny', '2'],
      [6, 'z', '3'],
    ]);
  });

  it('may be separated by commas, tabs or semicolons', async () => {
    for (const separator of [',', '\t', ';']) {
      expect(await linesOf(`a${separator}b\n1${separator}2\n`)).toEqual([
        [1, 'a', 'b'],
        [2, '1', '2'],
      ]);
    }
  });

  it.each([
    ['sep=,', 'a,b\n1,2\n'],
    ['sep=;', 'a;b\n1;2\n'],
    ['"sep=\t"', 'a\tb\n1\t2\n'],
    ['SEP=|,,,', 'a|b\n1|2\n'],
    ['sep=;', 'a,b\n1,2\n'],
  ])('are set apart as a first line %j says, which is none of them', async (told, rest) => {
    expect(await linesOf(`\ufeff${told}\r`, `\n${rest.replaceAll('\n', '\r\n')}`)).toEqual([
      [2, 'a', 'b'],
      [3, '1', '2'],
    ]);
  });

  it("keep Excel's formulas and stray quotation marks as they are", async () => {
    expect(await linesOf('a,b\n="12001",6"\n')).toEqual([
      [1, 'a', 'b'],
      [2, '="12001"', '6"'],
    ]);
  });

  it('end where a quotation mark is never closed', async () => {
    const endless = `a,b\n"1,2\n${'x,y\n'.repeat(100_000)}`;
    await expect(linesOf(endless)).rejects.toMatchObject({ code: 'IMPORT_FILE_BROKEN' });
    await expect(linesOf('a,b\n"1,2\n')).rejects.toMatchObject({ code: 'IMPORT_FILE_BROKEN' });
  });

  it('have so many characters and cells at most, blank ones too', async () => {
    const { columns, line: longest } = FILE_LIMITS;
    const wide = await linesOf(`a,b\n${','.repeat(3 * columns)}x\n`);
    expect(wide[1]).toHaveLength(1 + columns + 1);
    for (const long of [
      'x'.repeat(longest + 1),
      ','.repeat(longest + columns + 1),
      `"x\n"${','.repeat(longest + columns)}`,
    ]) {
      await expect(linesOf(`a,b\n1,2\n${long},y\nz\n`)).rejects.toMatchObject({
        code: 'IMPORT_LINE_TOO_LONG',
        facts: { values: { most: longest } },
      });
    }
  });
});

it('counts the lines of a file, and reads no more than a sheet of Excel holds', async () => {
  async function* lines(count: number) {
    for (let line = 1; line <= count; line++) yield { line, cells: ['1'] };
  }
  const reading = withinLimits(lines(FILE_LIMITS.lines + 1));
  let read = 0;
  await expect(
    (async () => {
      for await (const _ of reading) read++;
    })(),
  ).rejects.toMatchObject({ code: 'IMPORT_TOO_MANY_LINES' });
  expect(read).toBe(FILE_LIMITS.lines);
});

describe('A file that is something else is told what it is', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cet-kinds-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const readAs = async (bytes: Buffer | string) => {
    const file = join(folder, 'file.xlsx');
    writeFileSync(file, bytes);
    for await (const _ of fileLines(file));
  };
  const compound = (stream: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(70_000),
      Buffer.from(stream, 'utf16le'),
    ]);
  const zip = (...names: string[]) => zipOf(names.map((name) => ({ name, content: 'x' })));

  it.each<[string, Buffer | string, string]>([
    ['an old workbook', compound('Workbook'), 'IMPORT_FILE_IS_OLD_WORKBOOK'],
    ['a workbook with a password', compound('EncryptedPackage'), 'IMPORT_FILE_HAS_PASSWORD'],
    ['an old letter', compound('WordDocument'), 'IMPORT_FILE_IS_DOCUMENT'],
    ['a page', '\ufeff\r\n <!DOCTYPE html><html><body>请登录</body></html>', 'IMPORT_FILE_IS_WEB_PAGE'],
    ['a table of a page', '<table border=1><tr><td>姓名</td></tr></table>', 'IMPORT_FILE_IS_WEB_PAGE'],
    [
      'a page in GBK',
      iconv.encode('<meta charset="gbk"><table><td>姓名</td>', 'gb18030'),
      'IMPORT_FILE_IS_WEB_PAGE',
    ],
    [
      'a page in XML',
      '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
      'IMPORT_FILE_IS_WEB_PAGE',
    ],
    [
      'a page with its pictures',
      'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n',
      'IMPORT_FILE_IS_WEB_PAGE',
    ],
    [
      'a table in XML',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'IMPORT_FILE_IS_OTHER_WORKBOOK',
    ],
    [
      'a table of Numbers',
      zip('Index/Document.iwa', 'Metadata/Properties.plist'),
      'IMPORT_FILE_IS_OTHER_WORKBOOK',
    ],
    ['a table of LibreOffice', zip('mimetype', 'content.xml'), 'IMPORT_FILE_IS_OTHER_WORKBOOK'],
    ['a binary workbook', zip('[Content_Types].xml', 'xl/workbook.bin'), 'IMPORT_FILE_IS_OTHER_WORKBOOK'],
    ['a letter', zip('[Content_Types].xml', 'word/document.xml'), 'IMPORT_FILE_IS_DOCUMENT'],
    ['a packed workbook', zip('学籍/学籍.xlsx'), 'IMPORT_FILE_IS_ARCHIVE'],
    ['an archive of another kind', Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'IMPORT_FILE_IS_ARCHIVE'],
    ['a PDF', '%PDF-1.7\n', 'IMPORT_FILE_IS_DOCUMENT'],
    ['a screenshot', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'IMPORT_FILE_IS_DOCUMENT'],
    ['a bitmap', Buffer.from('424d3600000000000000', 'hex'), 'IMPORT_FILE_IS_DOCUMENT'],
  ])('%s', async (_, bytes, code) => {
    await expect(readAs(bytes)).rejects.toMatchObject({ code });
  });

  it('a table whose first column is called BM is one', async () => {
    await expect(readAs('BM,校区\n1,2\n')).resolves.toBeUndefined();
  });
});

it('remembers on which line each of many keys stood first', () => {
  const first = new FirstLines();
  const keys = Array.from({ length: 20_000 }, (_, i) => `E${i} PASSPORT`);
  expect(keys.map((key, i) => first.note(key, i + 2)).every((line) => line === undefined)).toBe(true);
  expect(keys.every((key, i) => first.note(key, 99_999) === i + 2)).toBe(true);
});
