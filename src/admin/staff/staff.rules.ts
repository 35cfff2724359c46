import type { Actor } from '../../kernel/actor.js';
import { refusal } from '../../kernel/domain-error.js';

export const STAFF_LOGIN_FAILED = refusal(
  'STAFF_LOGIN_FAILED',
  401,
  { zh: '登录失败', en: 'Sign-in failed' },
  {
    zh: '登录名或密码不正确，请检查后重新登录；忘记密码请联系教育考试院。',
    en: 'The login or the password is wrong. Check both, or ask your administrator for a new password.',
  },
);
/** R-PP-8: one answer for every cause, so that nobody learns which logins exist. @throws STAFF_LOGIN_FAILED */
export function theStaffPasswordIsRight<S>(staff: S | null, right: boolean): asserts staff is S {
  if (staff === null || !right) throw STAFF_LOGIN_FAILED();
}

export const STAFF_DISABLED = refusal(
  'STAFF_DISABLED',
  403,
  { zh: '账号已停用', en: 'Account disabled' },
  {
    zh: '该账号已停用，如需继续使用请联系教育考试院。',
    en: 'This account is disabled. Ask your administrator.',
  },
);
/** R-AD: told only to who knows the password. @throws STAFF_DISABLED */
export function theStaffAccountIsInUse({ disabledAt }: { disabledAt: Date | null }): void {
  if (disabledAt !== null) throw STAFF_DISABLED();
}

export const STAFF_IS_YOURSELF = refusal(
  'STAFF_IS_YOURSELF',
  409,
  { zh: '不能对自己的账号操作', en: 'Your own account' },
  {
    zh: '不能停用或重置自己的账号，请由其他管理员操作；修改密码请到“我的账号”。',
    en: 'Somebody else must do this to your account. Your password is changed under "my account".',
  },
);
/** R-AD: nobody locks themselves out. @throws STAFF_IS_YOURSELF */
export function itIsSomebodyElse(actor: Actor, { id }: { id: string }): void {
  if (actor.type === 'STAFF' && actor.staffId === id) throw STAFF_IS_YOURSELF();
}
