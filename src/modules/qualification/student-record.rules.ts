import { refusal } from '../../kernel/domain-error.js';
import { covers, type Scope } from '../../kernel/scope.js';
import type { Campus } from '../sitting/index.js';
import type { StudentRecord } from './student-record.entity.js';

export const RECORD_NOT_FOUND = refusal(
  'RECORD_NOT_FOUND',
  404,
  { zh: '没有查到学籍信息', en: 'No such student' },
  {
    zh: '没有查到与证件类型、证件号码和姓名都一致的学籍信息。请检查三项是否填写正确；确认无误仍查不到的，请联系学校相关部门。',
    en: 'No student record matches document type, number and name together. Check all three; if they are right, ask your school.',
  },
);
/** R-QU-2: document type, number and name all match one record of the sitting. @throws RECORD_NOT_FOUND */
export function allThreeMatchARecord(record: StudentRecord | null): asserts record is StudentRecord {
  if (!record) throw RECORD_NOT_FOUND();
}

export const STUDENT_REGISTERED = refusal(
  'STUDENT_REGISTERED',
  409,
  { zh: '考生已确认报名', en: 'The student has registered' },
  {
    zh: '该学籍已有考生确认报名，除手机号外不能修改，也不能删除。如信息有误，须先由考生删除报名信息（未支付时）再修改。',
    en: 'A candidate has registered as this student, so nothing but its mobile number can be changed, and it cannot be deleted. If it is wrong, the candidate deletes the registration first, while nothing is paid.',
  },
);
/** R-QU-6: what was confirmed is final; a record is edited before its student registers. @throws STUDENT_REGISTERED */
export function theStudentIsNotRegistered(confirmed: object | null): void {
  if (confirmed) throw STUDENT_REGISTERED();
}

export const CAMPUS_NOT_YOURS = refusal(
  'CAMPUS_NOT_YOURS',
  422,
  { zh: '校区不正确', en: 'Not a campus of yours' },
  {
    zh: '没有这个校区，或它不属于您管理的学校，请重新选择。',
    en: 'There is no such campus within your schools.',
  },
  'campusCode',
);
/** R-AD-1: nobody moves a student to where they see nobody. @throws CAMPUS_NOT_YOURS */
export function theCampusIsTheirs(campus: Campus | null, scope: Scope): asserts campus is Campus {
  if (!campus || !covers(scope, campus)) throw CAMPUS_NOT_YOURS();
}

/** Says the same whoever has the student: no school learns who is on another's roster (R-AD-1). */
export const DOCUMENT_ON_ROSTER = refusal(
  'DOCUMENT_ON_ROSTER',
  409,
  { zh: '证件已在学籍中', en: 'The document is on the roster' },
  {
    zh: '该证件号码已在本考次的学籍中，请核对；确认无误的，请与省级承办机构联系。',
    en: 'The roster of this sitting has this document already. Check it; if it is right, ask your province.',
  },
);

export const TOO_MANY_CLASHES = refusal(
  'TOO_MANY_CLASHES',
  422,
  { zh: '已在学籍中的证件过多', en: 'Too many documents are on the roster already' },
  {
    zh: '文件中有 {most} 个以上的证件号码已在其他学校的学籍中，文件可能不是本校的。没有存入任何数据，请核对后与省级承办机构联系。',
    en: 'Over {most} documents of the file are on rosters of other schools: it may not be yours. Nothing was stored; ask your province.',
  },
  'file',
);
