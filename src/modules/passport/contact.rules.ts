import { refusal } from '../../kernel/domain-error.js';
import { normaliseEmail } from '../../kernel/email-address.js';
import { emailIsPossible } from '../../kernel/email-address.rules.js';
import { plainCode } from '../../kernel/same-to-the-eye.js';

/** Where a message can reach somebody; the target is normalised. */
export interface Contact {
  readonly channel: 'SMS' | 'EMAIL';
  readonly target: string;
}

/** A mobile number as people type it: blanks, hyphens, +86 and what is the same to the eye are understood. */
export function normalisePhone(text: string): string {
  return plainCode(text)
    .replace(/-/g, '')
    .replace(/^(?:\+|00)86/, '');
}

/** A number of the mainland, normalised: eleven digits. */
export function isPossiblePhone(phone: string): boolean {
  return /^1[3-9]\d{9}$/.test(phone);
}

export const PHONE_INVALID = refusal(
  'PHONE_INVALID',
  422,
  { zh: '手机号有误', en: 'Impossible mobile number' },
  { zh: '请填写中国大陆的 11 位手机号。', en: 'Give a mainland mobile number of 11 digits.' },
  'phone',
);
/** R-PP-1: a number of the mainland; `field` is where it stands. @throws PHONE_INVALID */
export function phoneIsPossible(phone: string, field = 'phone'): void {
  if (!isPossiblePhone(phone)) throw PHONE_INVALID({ field });
}

/** A contact from what was typed. @throws PHONE_INVALID, EMAIL_INVALID */
export function contactFrom(channel: Contact['channel'], text: string, field: string): Contact {
  const target = channel === 'SMS' ? normalisePhone(text) : normaliseEmail(text);
  if (channel === 'SMS') phoneIsPossible(target, field);
  else emailIsPossible(target, field);
  return { channel, target };
}
