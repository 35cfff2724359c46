import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { normaliseEmail } from '../../kernel/email-address.js';
import { normalisePhone } from './contact.rules.js';

/** What somebody signs in with: an e-mail address, or else a mobile or document number (R-PP-2). */
export type Login = { readonly email: string } | { readonly phone: string; readonly documentNumber: string };

export function loginFrom(text: string): Login {
  const email = normaliseEmail(text);
  if (email.includes('@')) return { email };
  const documentNumber = normaliseDocumentNumber(text);
  return { phone: normalisePhone(documentNumber), documentNumber };
}

/** What attempts at this sign-in name are counted under: the same, however it is typed. */
export function loginKey(login: Login): string {
  return 'email' in login ? login.email : login.phone;
}
