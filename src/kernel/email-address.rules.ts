import { refusal } from './domain-error.js';
import { isEmailAddress } from './email-address.js';

export const EMAIL_INVALID = refusal(
  'EMAIL_INVALID',
  422,
  { zh: '邮箱有误', en: 'Impossible e-mail address' },
  {
    zh: '请填写一个完整的邮箱地址，如 name@example.edu.cn。',
    en: 'Give one full address, such as name@example.edu.cn.',
  },
  'email',
);
/** R-PP-1: a normalised address that mail can be sent to; `field` is where it stands. @throws EMAIL_INVALID */
export function emailIsPossible(email: string, field = 'email'): void {
  if (!isEmailAddress(email)) throw EMAIL_INVALID({ field });
}
