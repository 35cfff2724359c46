import { digits, label, lines, text } from '../../platform/import/cells.js';
import { optionalColumn, type ReadCell, type RowOf, requiredColumn } from '../../platform/import/column.js';
import { malformed } from '../../platform/import/fault.js';
import {
  educationLevelCell,
  entryYearCell,
  genderCell,
  personNameCell,
} from '../../platform/import/word-cells.js';
import { isPossiblePhone, normalisePhone } from '../passport/index.js';
import { DOCUMENT_COLUMNS } from './document.columns.js';

const studentNumber = label({ pattern: /^.{1,50}$/u, zh: '学号', en: 'a student number' });

/** A mobile number as schools write it; the `'` that keeps Excel from changing it is dropped. */
const phoneCell: ReadCell<string> = (cell) => {
  const phone = normalisePhone(cell.replace(/^'/, ''));
  return isPossiblePhone(phone)
    ? phone
    : malformed({ zh: '中国大陆的 11 位手机号', en: 'a mainland mobile number of 11 digits' });
};

/** 学籍: what a school says of each of its students. */
export const ROSTER_COLUMNS = {
  campusCode: requiredColumn('校区代码', 'campus_code', digits(6)),
  ...DOCUMENT_COLUMNS,
  name: requiredColumn('姓名', 'name', personNameCell),
  gender: requiredColumn('性别', 'gender', genderCell),
  educationLevel: requiredColumn('学历', 'education_level', educationLevelCell),
  duration: optionalColumn('学制', 'duration', text(10)),
  entryYear: optionalColumn('入学年份', 'entry_year', entryYearCell),
  grade: optionalColumn('年级', 'grade', text(20)),
  college: optionalColumn('院系', 'college', text(100)),
  major: optionalColumn('专业', 'major', text(100)),
  className: optionalColumn('班级', 'class_name', text(100)),
  studentNumber: optionalColumn('学号', 'student_number', studentNumber),
  remark: optionalColumn('备注', 'remark', lines(500)),
  phone: optionalColumn('手机', 'phone', phoneCell),
  schoolCode: optionalColumn('学校代码', 'school_code', digits(5)),
  provinceCode: optionalColumn('省份代码', 'province_code', digits(2)),
};
export type RosterRow = RowOf<typeof ROSTER_COLUMNS>;
