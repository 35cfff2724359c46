/**
 * The glossary as types (requirements.md, "Words"). Codes are the ones printed on tickets and forms;
 * Chinese names are what candidates and staff read.
 */

/** 笔试 / 口试 */
export const EXAM_KINDS = ['WRITTEN', 'ORAL'] as const;
export type ExamKind = (typeof EXAM_KINDS)[number];

/** 四级 / 六级 */
export type Level = 4 | 6;

export const SUBJECT_CODES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'F', 'S'] as const;
export type SubjectCode = (typeof SUBJECT_CODES)[number];

/** 科目: fixed by the examination authority; a sitting chooses which of them it holds. */
export interface Subject {
  code: SubjectCode;
  name: string;
  englishName: string;
  level: Level;
  kind: ExamKind;
  /** 英语 or a minor language (小语种): minor languages have no rule of their own unless a school sets one (R-QU-3). */
  minorLanguage: boolean;
}

const written = (code: SubjectCode, name: string, englishName: string, level: Level): Subject => ({
  code,
  name,
  englishName,
  level,
  kind: 'WRITTEN',
  minorLanguage: code > '2',
});

const oral = (code: SubjectCode, name: string, englishName: string, level: Level): Subject => ({
  code,
  name,
  englishName,
  level,
  kind: 'ORAL',
  minorLanguage: false,
});

export const SUBJECTS: Readonly<Record<SubjectCode, Subject>> = {
  1: written('1', '英语四级', 'English 4 (CET4)', 4),
  2: written('2', '英语六级', 'English 6 (CET6)', 6),
  3: written('3', '日语四级', 'Japanese 4', 4),
  4: written('4', '日语六级', 'Japanese 6', 6),
  5: written('5', '德语四级', 'German 4', 4),
  6: written('6', '德语六级', 'German 6', 6),
  7: written('7', '俄语四级', 'Russian 4', 4),
  8: written('8', '俄语六级', 'Russian 6', 6),
  9: written('9', '法语四级', 'French 4', 4),
  F: oral('F', '英语四级口试', 'CET-SET4 (oral)', 4),
  S: oral('S', '英语六级口试', 'CET-SET6 (oral)', 6),
};

/** The subject an oral depends on (R-OE-1) and CET6 review is about. */
export const CET4: SubjectCode = '1';
export const CET6: SubjectCode = '2';

/** 成绩 that opens CET6 (R-QU-3): 425 of 710 points. */
export const CET4_PASS_SCORE = 425;

/**
 * 证件类型 accepted for registration, in the order of the form. 军官证 is not accepted ([001] §9, R-QU-2).
 */
export const DOCUMENT_TYPES = {
  RESIDENT_ID: '居民身份证',
  PASSPORT: '护照',
  HK_MACAO_TRAVEL_PERMIT: '港澳居民来往内地通行证',
  TAIWAN_TRAVEL_PERMIT: '台湾居民来往大陆通行证',
  HONG_KONG_ID: '香港身份证',
  MACAO_ID: '澳门身份证',
  TAIWAN_ID: '台湾身份证',
  FOREIGN_PERMANENT_RESIDENT_ID: '外国人永久居留身份证',
  HK_MACAO_TAIWAN_RESIDENCE_PERMIT: '港澳台居民居住证',
} as const;
export type DocumentType = keyof typeof DOCUMENT_TYPES;
export const DOCUMENT_TYPE_CODES = Object.keys(DOCUMENT_TYPES) as DocumentType[];

/** 学历 */
export const EDUCATION_LEVELS = {
  JUNIOR_COLLEGE: '专科',
  UNDERGRADUATE: '本科',
  POSTGRADUATE: '研究生',
  OTHER: '其他',
} as const;
export type EducationLevel = keyof typeof EDUCATION_LEVELS;

/** 性别 */
export const GENDERS = { MALE: '男', FEMALE: '女' } as const;
export type Gender = keyof typeof GENDERS;

/** 成绩报告单: PAPER also gives the electronic one (R-SR-2). */
export const REPORT_FORMS = { PAPER: '纸质', ELECTRONIC: '电子' } as const;
export type ReportForm = keyof typeof REPORT_FORMS;

/** 科目报考方式 (R-RG-2) */
export const ENROLLED_BY = { CANDIDATE: '考生注册', SCHOOL: '集体报名' } as const;
export type EnrolledBy = keyof typeof ENROLLED_BY;

/** 准考证打印方式 (R-RG-3) */
export const TICKET_PRINTING = { SELF: '考生自行打印', SCHOOL: '学校统一打印' } as const;
export type TicketPrinting = keyof typeof TICKET_PRINTING;

/** A document as a candidate or a roster names it; the number is normalised (see `document-number.ts`). */
export interface IdentityDocument {
  documentType: DocumentType;
  documentNumber: string;
}
