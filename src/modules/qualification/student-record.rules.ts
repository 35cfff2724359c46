import { refusal } from '../../kernel/domain-error.js';
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
