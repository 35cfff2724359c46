import { refusal } from '../../kernel/domain-error.js';
import type { AccountFacts } from './account.entity.js';

export const CONTACT_MISSING = refusal(
  'CONTACT_MISSING',
  422,
  { zh: '缺少邮箱或手机号', en: 'No e-mail or mobile number' },
  { zh: '请填写邮箱或手机号，至少填写一项。', en: 'Give an e-mail address, a mobile number, or both.' },
  'email',
);
/** R-PP-1: an account is reached by an e-mail address, a mobile number, or both. @throws CONTACT_MISSING */
export function aContactIsGiven(contact: { email?: string; phone?: string }): void {
  if (contact.email === undefined && contact.phone === undefined) throw CONTACT_MISSING();
}

export const PHONE_TAKEN = refusal(
  'PHONE_TAKEN',
  409,
  { zh: '手机号已被使用', en: 'Mobile number in use' },
  {
    zh: '该手机号已绑定其他通行证账号，请直接用它登录，或先在原账号中更换手机号。',
    en: 'The number belongs to another account. Sign in with it, or change it there first.',
  },
);
/** One number, one account; said only to whoever has proven the number theirs. @throws PHONE_TAKEN */
export function phoneIsFree(free: boolean): void {
  if (!free) throw PHONE_TAKEN();
}

export const EMAIL_TAKEN = refusal(
  'EMAIL_TAKEN',
  409,
  { zh: '邮箱已被使用', en: 'E-mail address in use' },
  {
    zh: '该邮箱已绑定其他通行证账号，请直接用它登录，或先在原账号中更换邮箱。',
    en: 'The address belongs to another account. Sign in with it, or change it there first.',
  },
);
/** One proven address, one account; said only to whoever has proven the address theirs. @throws EMAIL_TAKEN */
export function emailIsFree(free: boolean): void {
  if (!free) throw EMAIL_TAKEN();
}

export const PASSWORD_MUST_CHANGE = refusal(
  'PASSWORD_MUST_CHANGE',
  403,
  { zh: '请先修改初始密码', en: 'Change the initial password first' },
  {
    zh: '您正在使用初始密码，它只能用来修改密码。请先在通行证网站修改密码，再进行其他操作。',
    en: 'You are using the initial password, which opens nothing but its own change. Change it on the passport site first.',
  },
);
/** R-PP-7: the initial password is changed before anything else. @throws PASSWORD_MUST_CHANGE */
export function passwordIsTheirOwn(account: Pick<AccountFacts, 'passwordMustChange'>): void {
  if (account.passwordMustChange) throw PASSWORD_MUST_CHANGE();
}

export const PHONE_NOT_BOUND = refusal(
  'PHONE_NOT_BOUND',
  403,
  { zh: '请先绑定手机号', en: 'Bind a mobile number first' },
  {
    zh: '您的通行证账号还没有绑定手机号，不能报名。请先在通行证网站绑定手机号，再回到报名网站。',
    en: 'Your account has no mobile number, so you cannot register yet. Bind one on the passport site, then come back.',
  },
);
/** R-PP-3: the registration site needs a bound number. @throws PHONE_NOT_BOUND */
export function phoneIsBound(account: Pick<AccountFacts, 'phoneBound'>): void {
  if (!account.phoneBound) throw PHONE_NOT_BOUND();
}

export const LOGIN_OF_ANOTHER = refusal(
  'LOGIN_OF_ANOTHER',
  409,
  { zh: '证件号码已是他人的登录名', en: 'Somebody else signs in with this number' },
  {
    zh: '该证件号码已是另一位考生（证件类型或姓名不同）的通行证登录名，不能集体报名，请核对学籍后由考生本人自行报名。',
    en: 'An account of another document type or name signs in with this number. Check the roster; the candidate can register alone.',
  },
);
/** R-PP-7: a document number signs in one person. @throws LOGIN_OF_ANOTHER */
export function documentNumberIsNobodyElsesLogin(free: boolean): void {
  if (!free) throw LOGIN_OF_ANOTHER();
}
