import type { StaffRole } from '../../kernel/actor.js';
import { refusal } from '../../kernel/domain-error.js';

const SHORTEST = 8;

export const STAFF_PASSWORD_TOO_SHORT = refusal(
  'STAFF_PASSWORD_TOO_SHORT',
  422,
  { zh: '密码过短', en: 'Password too short' },
  { zh: '工作人员的密码至少 8 个字符。', en: 'A password of staff has at least 8 characters.' },
  'password',
);
/** Staff see many people's data. @throws STAFF_PASSWORD_TOO_SHORT */
export function staffPasswordIsLongEnough(password: string): void {
  if ([...password].length < SHORTEST) throw STAFF_PASSWORD_TOO_SHORT();
}

export const STAFF_SCOPE_INCOMPLETE = refusal(
  'STAFF_SCOPE_INCOMPLETE',
  422,
  { zh: '缺少所属省份或学校', en: 'Whose staff?' },
  {
    zh: '省级（PROVINCE）账号需要已导入的省份代码，学校（SCHOOL）账号需要已导入的学校代码。',
    en: 'PROVINCE needs the code of a province, SCHOOL that of a school, that has been imported.',
  },
  'role',
);
/** R-AD-1: a province's or school's staff see that province or school, so it must be there. @throws STAFF_SCOPE_INCOMPLETE */
export function staffScopeIsWhole(staff: { role: StaffRole; province?: string; school?: unknown }): void {
  const whole = { CENTRAL: true, PROVINCE: staff.province !== undefined, SCHOOL: staff.school !== undefined };
  if (!whole[staff.role]) throw STAFF_SCOPE_INCOMPLETE();
}

export const STAFF_LOGIN_TAKEN = refusal(
  'STAFF_LOGIN_TAKEN',
  409,
  { zh: '登录名已被使用', en: 'Login taken' },
  { zh: '该登录名已被使用，请换一个。', en: 'Another member of staff has this login.' },
);
