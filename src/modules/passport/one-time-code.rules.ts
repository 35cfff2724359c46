import { refusal } from '../../kernel/domain-error.js';
import type { Contact } from './contact.rules.js';

export const CODE_PURPOSES = ['REGISTER', 'BIND_PHONE', 'BIND_EMAIL', 'RESET_PASSWORD'] as const;
/** The last one is not for anybody to ask for: it goes to the number that a school has (R-PP-7). */
export type CodePurpose = (typeof CODE_PURPOSES)[number] | 'FIRST_SIGN_IN';

export const CODE_MINUTES = 10;
/** At one code, for who asked for it, and for everybody else together. */
export const CODE_TRIES = 5;

export type Tries = 'attempts' | 'strangersAttempts';

/**
 * Which live codes of a target somebody tries at, and whose tries it takes: their own, or, where they asked for none
 * (the code went to a phone, and is typed in at a computer), those of everybody else. Tries used up are no tries.
 */
export function triesAt<C extends { readonly id: string } & Readonly<Record<Tries, number>>>(
  live: readonly C[],
  { own, strangersToo }: { own: readonly string[]; strangersToo: boolean },
): { kind: Tries; codes: C[] } {
  const theirs = live.filter(({ id }) => own.includes(id));
  const kind = theirs.length > 0 || !strangersToo ? 'attempts' : 'strangersAttempts';
  const codes = kind === 'attempts' ? theirs : live;
  return { kind, codes: codes.filter((code) => code[kind] < CODE_TRIES) };
}

export const CODE_INVALID = refusal(
  'CODE_INVALID',
  422,
  { zh: '验证码不正确', en: 'Wrong code' },
  {
    zh: '短信或邮件验证码不正确或已失效，请核对最新收到的验证码，或重新获取。',
    en: 'The code is wrong or has expired. Check the newest message, or ask for another code.',
  },
  'code',
);
/** R-PP-4, R-PP-8: the newest code of who asked, in time, within their tries, once. @throws CODE_INVALID */
export function codeIsRight(right: boolean): asserts right {
  if (!right) throw CODE_INVALID();
}

export const FIRST_CODE_NEEDED = refusal(
  'FIRST_CODE_NEEDED',
  422,
  { zh: '请填写短信验证码', en: 'A code is needed' },
  {
    zh: '学校登记了您的手机号 {phone}，修改初始密码须填写发到该手机的验证码，请先获取验证码。号码不对的，请联系学校老师更正。',
    en: 'Your school has your number {phone}: the initial password is changed with a code sent there. Have one sent first; if the number is wrong, ask your school.',
  },
  'code',
);
/** R-PP-7: where the school reaches the student, the initial password is not enough. @throws FIRST_CODE_NEEDED */
export function theFirstCodeIsGiven(code: string | undefined, phoneMasked: string): asserts code is string {
  if (code === undefined) throw FIRST_CODE_NEEDED({ values: { phone: phoneMasked } });
}

export const FIRST_CODE_UNNEEDED = refusal(
  'FIRST_CODE_UNNEEDED',
  409,
  { zh: '无需短信验证码', en: 'No code is needed' },
  {
    zh: '您的账号不是初始密码，或者学校没有登记您的手机号，修改密码无需短信验证码。',
    en: 'Your password is your own already, or your school has no number of yours: it is changed without a code.',
  },
);
/** R-PP-7: the code goes to the number on the roster. @throws FIRST_CODE_UNNEEDED if there is none to send */
export function theSchoolReachesTheStudent(phone: string | undefined): asserts phone is string {
  if (phone === undefined) throw FIRST_CODE_UNNEEDED();
}

export const CODE_CHANNEL_MISMATCH = refusal(
  'CODE_CHANNEL_MISMATCH',
  422,
  { zh: '验证码发送方式不符', en: 'Wrong channel for this code' },
  {
    zh: '绑定手机号的验证码只能通过短信发送，绑定邮箱的验证码只能通过邮件发送。',
    en: 'A code to bind a phone goes by SMS, one to bind an e-mail address by e-mail.',
  },
  'channel',
);
/** R-PP-4: what is to be bound is what the code goes to. @throws CODE_CHANNEL_MISMATCH */
export function channelSuitsPurpose(channel: Contact['channel'], purpose: CodePurpose): void {
  const fails =
    (purpose === 'BIND_PHONE' && channel !== 'SMS') || (purpose === 'BIND_EMAIL' && channel !== 'EMAIL');
  if (fails) throw CODE_CHANNEL_MISMATCH();
}
