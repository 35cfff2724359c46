import { refusal } from '../../kernel/domain-error.js';
import type { Contact } from './contact.rules.js';

export const CODE_PURPOSES = ['REGISTER', 'BIND_PHONE', 'BIND_EMAIL', 'RESET_PASSWORD'] as const;
export type CodePurpose = (typeof CODE_PURPOSES)[number];

export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;

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
/** R-PP-4, R-PP-8: the newest code, in time, within five tries, once. @throws CODE_INVALID */
export function codeIsRight(right: boolean): asserts right {
  if (!right) throw CODE_INVALID();
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
