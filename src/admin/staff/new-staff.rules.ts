import type { StaffRole } from '../../kernel/actor.js';
import { refusal } from '../../kernel/domain-error.js';
import { normaliseEmail } from '../../kernel/email-address.js';
import { emailIsPossible } from '../../kernel/email-address.rules.js';
import { legible, plain } from '../../kernel/same-to-the-eye.js';
import { FIELD_INVALID } from '../../platform/http/refusals.js';

const SHORTEST = 10;

export const STAFF_PASSWORD_TOO_SHORT = refusal(
  'STAFF_PASSWORD_TOO_SHORT',
  422,
  { zh: '密码过短', en: 'Password too short' },
  { zh: '工作人员的密码至少 10 个字符。', en: 'A password of staff has at least 10 characters.' },
  'password',
);
/** Staff see many people's data. @throws STAFF_PASSWORD_TOO_SHORT */
export function staffPasswordIsLongEnough(password: string): void {
  if ([...password].length < SHORTEST) throw STAFF_PASSWORD_TOO_SHORT();
}

/** Where invitations go, as it is kept; null where nothing was typed. @throws EMAIL_INVALID */
export function addressOfStaff(typed: string | undefined): string | null {
  const email = normaliseEmail(typed ?? '');
  if (email === '') return null;
  emailIsPossible(email);
  return email;
}

/** What somebody signs in with, however it was typed or copied. */
export function loginAsTyped(typed: string): string {
  return plain(typed).trim().toLowerCase();
}

/** What they sign in with, as it is kept: signs that nobody mistakes. @throws FIELD_INVALID */
export function loginOfStaff(typed: string): string {
  const login = loginAsTyped(typed);
  if (!/^[a-z0-9][a-z0-9._@-]{2,99}$/.test(login)) throw FIELD_INVALID({ field: 'login' });
  return login;
}

/** Their name, as it is kept: one line, for it stands in their mail. @throws FIELD_INVALID */
export function nameOfStaff(typed: string): string {
  const name = legible(typed).trim();
  if (name === '' || name.length > 100 || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name))
    throw FIELD_INVALID({ field: 'name' });
  return name;
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
