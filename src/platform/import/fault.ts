import type { Bilingual, DomainError } from '../../kernel/domain-error.js';

/** What is wrong with one cell or line of a file. */
export class Fault {
  constructor(
    readonly code: string,
    readonly message: Bilingual,
  ) {}

  /** A rule's refusal, found while reading a file. */
  static of(refused: DomainError): Fault {
    return new Fault(refused.code, { zh: refused.detail('zh'), en: refused.detail('en') });
  }
}

/** A fault and where it is: line as an editor counts, column in the words of the file's header. */
export interface ImportFault {
  line: number;
  column?: string;
  code: string;
  message: Bilingual;
}

export const required = new Fault('REQUIRED', { zh: '必填', en: 'Is required' });
export const tooLong = (max: number) =>
  new Fault('TOO_LONG', { zh: `内容过长，最多 ${max} 个字`, en: `Too long: at most ${max} characters` });
export const notOneOf = (choices: string) =>
  new Fault('NOT_IN_LIST', {
    zh: `不在可选范围内，应为：${choices}`,
    en: `Not one of the choices: ${choices}`,
  });
export const malformed = (form: Bilingual) =>
  new Fault('MALFORMED', { zh: `格式不正确，应为${form.zh}`, en: `Not in the right form: ${form.en}` });
export const outOfRange = (min: number, max: number) =>
  new Fault('OUT_OF_RANGE', { zh: `应在 ${min} 到 ${max} 之间`, en: `Must be between ${min} and ${max}` });
export const changedByExcel = new Fault('CHANGED_BY_EXCEL', {
  zh: 'Excel 已把这个号码改成科学计数法，末几位已丢失；请把该列设为“文本”格式后重新填写',
  en: 'Excel changed this number and its last digits are lost; format the column as text and fill it in again',
});
export const unreadableCharacters = new Fault('UNREADABLE_CHARACTERS', {
  zh: '含有无法识别的字符，可能是保存文件时丢失的生僻字',
  en: 'Has characters that cannot be read; a rare character may have been lost when the file was saved',
});
export const unknownCharacters = new Fault('UNKNOWN_CHARACTERS', {
  zh: '含有其他电脑不认识的字符（自造字、旧系统的专用编码或控制字符），请改用输入法重新输入这个字',
  en: 'Has characters that no other computer knows (private-use or control characters); type them again',
});
export const formulaError = new Fault('FORMULA_ERROR', {
  zh: '单元格里的公式出错或没有算出结果（如 #N/A、#REF!），请改正公式，或把内容粘贴为数值后再导入',
  en: 'A formula failed or was never calculated (such as #N/A or #REF!); mend it, or paste its result as a value',
});
export const changedToDate = new Fault('CHANGED_TO_DATE', {
  zh: 'Excel 已把内容改成日期（如把 3-1 改成 3月1日）；请把该列设为“文本”格式后重新填写',
  en: 'Excel made a date of it (3-1 became 1 March); format the column as text and fill it in again',
});
export const mergedAcross = new Fault('MERGED_ACROSS', {
  zh: '这个单元格与旁边的列合并，不知道内容属于哪一列；请取消合并，各列分别填写',
  en: 'The cell is merged with the column beside it, so it is not known which of them it is; split it and fill in both',
});
export const checkDigitWrong = new Fault('CHECK_DIGIT_WRONG', {
  zh: '证件号码不可能存在：位数、出生日期或校验码不对，请对照证件检查',
  en: 'There is no such number: its length, birth date or check digit is wrong',
});
export const repeatedLine = (first: number) =>
  new Fault('REPEATED_LINE', { zh: `与第 ${first} 行重复`, en: `Repeats line ${first}` });

export const missingColumn = new Fault('MISSING_COLUMN', {
  zh: '表头缺少这一列',
  en: 'The header lacks this column',
});
export const unknownColumn = new Fault('UNKNOWN_COLUMN', {
  zh: '没有这一列；请对照说明检查列名，或删除该列',
  en: 'There is no such column; check its name against the documentation, or remove it',
});
export const repeatedColumn = new Fault('REPEATED_COLUMN', {
  zh: '表头有两个这一列',
  en: 'The header has this column twice',
});
export const cellWithoutColumn = new Fault('CELL_WITHOUT_COLUMN', {
  zh: '该单元格没有列名；可能是上一个单元格里的分隔符多拆出了一列',
  en: 'A cell beyond the last named column; a separator inside a cell may have split it',
});
