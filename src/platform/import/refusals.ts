import { refusal } from '../../kernel/domain-error.js';

/** Why a file cannot be read at all. What is wrong with its lines is told by `ImportFault`s. */

export const IMPORT_FILE_MISSING = refusal(
  'IMPORT_FILE_MISSING',
  422,
  { zh: '找不到文件', en: 'No such file' },
  {
    zh: '找不到要导入的文件，或没有读取权限，请检查路径。',
    en: 'The file is not there, or may not be read. Check its path.',
  },
  'file',
);
export const IMPORT_FILE_NOT_TEXT = refusal(
  'IMPORT_FILE_NOT_TEXT',
  422,
  { zh: '文件不是 CSV 或 XLSX', en: 'Neither CSV nor XLSX' },
  {
    zh: '文件既不是 Excel 工作簿（.xlsx），也不是 UTF-8 或 GB18030 编码的 CSV 文本。旧版 .xls 文件请另存为 .xlsx 后再导入。',
    en: 'The file is neither an Excel workbook (.xlsx) nor UTF-8 or GB18030 text. Save an old .xls file as .xlsx first.',
  },
  'file',
);
export const IMPORT_FILE_IS_OLD_WORKBOOK = refusal(
  'IMPORT_FILE_IS_OLD_WORKBOOK',
  422,
  { zh: '这是旧版 .xls 或 WPS 专用格式', en: 'An old .xls workbook' },
  {
    zh: '这是旧版 Excel（.xls）或 WPS（.et）的工作簿，改扩展名不会改变格式。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。',
    en: 'This is a workbook of old Excel (.xls) or of WPS (.et), whatever its name ends with. Open it and save it as .xlsx.',
  },
  'file',
);
export const IMPORT_FILE_HAS_PASSWORD = refusal(
  'IMPORT_FILE_HAS_PASSWORD',
  422,
  { zh: '文件设有打开密码', en: 'The file has a password' },
  {
    zh: '该文件设有打开密码，无法读取。请打开后取消密码（文件 → 信息 → 保护工作簿 → 用密码进行加密，清空密码），保存后再导入。',
    en: 'The file needs a password to be opened. Open it, take the password off, save it, and import it again.',
  },
  'file',
);
export const IMPORT_FILE_IS_WEB_PAGE = refusal(
  'IMPORT_FILE_IS_WEB_PAGE',
  422,
  { zh: '这是网页，不是表格文件', en: 'A web page, no table' },
  {
    zh: '这个文件其实是网页（有些系统导出的“Excel”就是网页，也可能下载到的是登录页面）。请在 Excel 或 WPS 中打开，核对内容后另存为 .xlsx 再导入。',
    en: 'This is a web page, as some systems export for Excel; it may also be a sign-in page. Open it in Excel, look at it, and save it as .xlsx.',
  },
  'file',
);
export const IMPORT_FILE_IS_OTHER_WORKBOOK = refusal(
  'IMPORT_FILE_IS_OTHER_WORKBOOK',
  422,
  { zh: '不是 .xlsx 格式的表格', en: 'A workbook of another format' },
  {
    zh: '这是别的格式的表格（如 Numbers、.ods、.xlsb 或 XML 表格），改扩展名不会改变格式。请打开后导出或另存为 .xlsx 再导入。',
    en: 'This is a workbook of another format (Numbers, .ods, .xlsb, XML). Open it and save or export it as .xlsx.',
  },
  'file',
);
export const IMPORT_FILE_IS_ARCHIVE = refusal(
  'IMPORT_FILE_IS_ARCHIVE',
  422,
  { zh: '这是压缩包', en: 'A packed archive' },
  {
    zh: '这是压缩包，不是表格。请先解压缩，再导入里面的 .xlsx 或 .csv 文件。',
    en: 'This is an archive, not a table. Unpack it and import the .xlsx or .csv file that is in it.',
  },
  'file',
);
export const IMPORT_FILE_IS_DOCUMENT = refusal(
  'IMPORT_FILE_IS_DOCUMENT',
  422,
  { zh: '这是文档或图片', en: 'A document or picture' },
  {
    zh: '这是文档或图片（如 PDF、Word、截图），不是表格。请向提供文件的人要 .xlsx 或 .csv 格式的表格。',
    en: 'This is a document or picture (PDF, Word, a screenshot), not a table. Ask whoever sent it for .xlsx or .csv.',
  },
  'file',
);
export const IMPORT_FILE_EMPTY = refusal(
  'IMPORT_FILE_EMPTY',
  422,
  { zh: '文件为空', en: 'The file is empty' },
  { zh: '文件里没有表头，第一行应为列名。', en: 'There is no header: the first line names the columns.' },
  'file',
);
export const IMPORT_FILE_BROKEN = refusal(
  'IMPORT_FILE_BROKEN',
  422,
  { zh: '文件格式损坏', en: 'The file is broken' },
  {
    zh: '从第 {line} 行起无法按 CSV 读取，请检查该行附近的引号是否成对。没有存入任何数据。',
    en: 'From line {line} on this is no CSV; look for a quotation mark without its twin. Nothing was stored.',
  },
  'file',
);
export const IMPORT_TOO_MANY_COLUMNS = refusal(
  'IMPORT_TOO_MANY_COLUMNS',
  422,
  { zh: '表头列数过多', en: 'Too many columns' },
  {
    zh: '表头超过 {most} 列，没有读取任何数据。请删除多余的列（包括看起来是空的列）后再导入。',
    en: 'The header has more than {most} columns. Nothing was read; remove those that are not needed, blank ones too.',
  },
  'file',
);
export const IMPORT_LINE_TOO_LONG = refusal(
  'IMPORT_LINE_TOO_LONG',
  422,
  { zh: '行内容过长', en: 'A line is too long' },
  {
    zh: '第 {line} 行超过 {most} 个字符，没有存入任何数据。请检查该行附近的引号是否成对，或删去多余内容后再导入。',
    en: 'Line {line} has more than {most} characters. Nothing was stored; look for a quotation mark without its twin.',
  },
  'file',
);
export const IMPORT_TOO_MANY_LINES = refusal(
  'IMPORT_TOO_MANY_LINES',
  422,
  { zh: '行数过多', en: 'Too many lines' },
  {
    zh: '文件超过 {most} 行，没有存入任何数据。请分成几个文件后分别导入。',
    en: 'The file has more than {most} lines. Nothing was stored; split it.',
  },
  'file',
);
export const WORKBOOK_BROKEN = refusal(
  'WORKBOOK_BROKEN',
  422,
  { zh: '无法读取工作簿', en: 'The workbook cannot be read' },
  {
    zh: '无法按 Excel 工作簿（.xlsx）读取该文件，可能已损坏或设有密码。请在 Excel 或 WPS 中打开后另存为 .xlsx 再导入。',
    en: 'The file cannot be read as an Excel workbook; it may be damaged or have a password. Open it and save it as .xlsx again.',
  },
  'file',
);
export const WORKBOOK_TOO_LARGE = refusal(
  'WORKBOOK_TOO_LARGE',
  422,
  { zh: '工作簿过大', en: 'The workbook is too large' },
  {
    zh: '工作簿展开后过大。请只保留要导入的工作表，或分成几个文件，或另存为 CSV 后再导入。',
    en: 'Unpacked, the workbook is too large. Keep only the sheet to import, split it, or save it as CSV.',
  },
  'file',
);
export const ZIP_BROKEN = refusal(
  'ZIP_BROKEN',
  422,
  { zh: '无法读取压缩文件', en: 'The zip cannot be read' },
  {
    zh: '无法读取该文件：不是 ZIP 格式，或已损坏，或设有密码。请重新压缩为不带密码的 .zip 文件。',
    en: 'The file is no zip, or is damaged, or has a password. Pack it again as a .zip without a password.',
  },
  'file',
);
export const ZIP_TOO_LARGE = refusal(
  'ZIP_TOO_LARGE',
  422,
  { zh: '压缩文件内容过多', en: 'Too much in the zip' },
  {
    zh: '压缩文件内的文件过多，或解压后过大，请分成几个文件后分批导入。',
    en: 'There are too many files in the zip, or they are too large once unpacked. Split it.',
  },
  'file',
);
export const IMPORT_FILE_CHANGED = refusal(
  'IMPORT_FILE_CHANGED',
  409,
  { zh: '文件已改变', en: 'The file has changed' },
  {
    zh: '文件与检查时的不同，没有存入任何数据，请重新检查后再导入。',
    en: 'This is not the file that was checked. Nothing was stored; check it again.',
  },
  'file',
);
export const IMPORT_UNDER_WAY = refusal(
  'IMPORT_UNDER_WAY',
  409,
  { zh: '另一个文件正在处理', en: 'Another file is being read' },
  {
    zh: '您的另一个文件正在检查或导入，请等它完成后再试。',
    en: 'Another file of yours is being checked or taken in. Wait for it to end.',
  },
  'file',
);
