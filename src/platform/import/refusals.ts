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
  { zh: '文件不是 CSV 文本', en: 'Not a CSV text file' },
  {
    zh: '文件不是 UTF-8 或 GB18030 编码的 CSV 文本。若是 Excel 工作簿，请另存为“CSV UTF-8（逗号分隔）”后再导入。',
    en: 'The file is neither UTF-8 nor GB18030 text. Save an Excel workbook as “CSV UTF-8 (comma delimited)” first.',
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
