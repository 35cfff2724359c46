import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseName } from '../../kernel/person-name.js';
import {
  DOCUMENT_TYPES,
  type DocumentType,
  EDUCATION_LEVELS,
  type EducationLevel,
  GENDERS,
  type Gender,
  SUBJECTS,
  type SubjectCode,
} from '../../kernel/words.js';
import { namedCodes, oneOf, wholeNumber } from './cells.js';
import type { ReadCell } from './column.js';
import { Fault, malformed, outOfRange, tooLong, unreadableCharacters } from './fault.js';

/** Cells whose values are the glossary's, in Chinese or English. */

const ALSO_WRITTEN: Readonly<Partial<Record<string, string[]>>> = {
  RESIDENT_ID: ['身份证', '中国居民身份证', '二代身份证'],
  HK_MACAO_TRAVEL_PERMIT: ['港澳通行证', '回乡证', '港澳居民来往内地通行证（回乡证）'],
  TAIWAN_TRAVEL_PERMIT: ['台胞证', '台湾居民来往大陆通行证（台胞证）'],
  FOREIGN_PERMANENT_RESIDENT_ID: ['外国人永久居留证'],
  JUNIOR_COLLEGE: ['大专', '高职', '高职专科'],
  UNDERGRADUATE: ['大学本科', '普通本科'],
  POSTGRADUATE: ['硕士', '博士', '硕士研究生', '博士研究生'],
};

const choicesOf = <T extends string>(names: Readonly<Record<T, string>>) =>
  namedCodes(names).map(({ value, words }) => ({ value, words: [...words, ...(ALSO_WRITTEN[value] ?? [])] }));

/** `居民身份证` or `RESIDENT_ID`; 军官证 is not among them (R-QU-2). */
export const documentTypeCell: ReadCell<DocumentType> = oneOf(choicesOf(DOCUMENT_TYPES));
export const genderCell: ReadCell<Gender> = oneOf(choicesOf(GENDERS));
export const educationLevelCell: ReadCell<EducationLevel> = oneOf(choicesOf(EDUCATION_LEVELS));

const SHORT_NAMES: Readonly<Partial<Record<SubjectCode, string[]>>> = {
  1: ['CET4', 'CET-4'],
  2: ['CET6', 'CET-6'],
  F: ['CET-SET4', '四级口试'],
  S: ['CET-SET6', '六级口试'],
};

/** `1`, `英语四级`, `英语四级笔试`, `CET4`. */
export const subjectCell: ReadCell<SubjectCode> = oneOf(
  Object.values(SUBJECTS).map(({ code, name, kind }) => ({
    value: code,
    words: [name, code, ...(kind === 'WRITTEN' ? [`${name}笔试`] : []), ...(SHORT_NAMES[code] ?? [])],
  })),
);

/** A document number made comparable: lower-case `x`, full-width digits, blanks and Excel's `'` do not matter. */
export const documentNumberCell: ReadCell<string> = (cell) => {
  const number = normaliseDocumentNumber(cell).replace(/^'/, '');
  if (number.length > 40) return tooLong(40);
  return number === '' ? malformed({ zh: '证件号码', en: 'a document number' }) : number;
};

/** What programs write for a rare character they do not know: `?`, a blank square, the geta of old printers. */
const LOST = /[?\u25a1\u25a0\u3013\u2b1a\u{1fb8c}]/u;

/** A name made comparable; breaks in it, real or written `\n`, are blanks. */
export const personNameCell: ReadCell<string> = (cell) => {
  const name = normaliseName(cell.replaceAll('\\n', ' '));
  if (LOST.test(name)) return unreadableCharacters;
  return [...name].length > 100 ? tooLong(100) : name;
};

const year = wholeNumber(0, 9999);

/** `2014` or `14`, also `2014年`: 2014. */
export const entryYearCell: ReadCell<number> = (cell) => {
  const value = year(cell.replace(/(?:年级?|级)$/, ''));
  if (value instanceof Fault) return value;
  const full = value >= 100 ? value : value + (value < 80 ? 2000 : 1900);
  return full >= 1980 && full <= 2079 ? full : outOfRange(1980, 2079);
};
