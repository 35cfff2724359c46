import { refusal } from '../kernel/domain-error.js';

export const STAFF_LOGIN_FAILED = refusal(
  'STAFF_LOGIN_FAILED',
  401,
  { zh: '登录失败', en: 'Sign-in failed' },
  {
    zh: '登录名或密码不正确，请检查后重新登录；忘记密码请联系上级管理员。',
    en: 'The login or the password is wrong. Check both, or ask your administrator for a new password.',
  },
);
/** R-PP-8: one answer for every cause, so that nobody learns which logins exist. @throws STAFF_LOGIN_FAILED */
export function theStaffPasswordIsRight<S>(staff: S | null, right: boolean): asserts staff is S {
  if (staff === null || !right) throw STAFF_LOGIN_FAILED();
}
