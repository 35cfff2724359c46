import { plain } from './same-to-the-eye.js';

const LONGEST = 254;
const LONGEST_LOCAL_PART = 64;
/** Without `%` and `!`: old mail servers read a route in them, and go by it to another host. */
const ATOM = /^[a-z0-9#$&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9-]{1,63}$/;

/** An address as people type it: outer blanks, capitals and what is the same to the eye are understood. */
export function normaliseEmail(text: string): string {
  return plain(text).trim().toLowerCase();
}

/**
 * Is a normalised text one address that mail can be sent to? ASCII alone, so that no sign only looks like another; no
 * quotes, comments, groups, lists or routes, so that nobody reads it as another address, or as two; and a host by its name,
 * which ends in letters, never by its number.
 */
export function isEmailAddress(email: string): boolean {
  const at = email.indexOf('@');
  const [localPart, host] = [email.slice(0, at), email.slice(at + 1)];
  const labels = host.split('.');
  return (
    at > 0 &&
    email.length <= LONGEST &&
    localPart.length <= LONGEST_LOCAL_PART &&
    localPart.split('.').every((atom) => ATOM.test(atom)) &&
    labels.length > 1 &&
    labels.every(isLabel) &&
    /^[a-z]/.test(labels.at(-1)!)
  );
}

function isLabel(label: string): boolean {
  return LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** An address with the name of who has it, for a mailer that is never to read text. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** `CET <cet@example.edu.cn>`, or an address alone; undefined if it is neither. */
export function mailboxFrom(text: string): Mailbox | undefined {
  const typed = text.trim();
  const open = typed.lastIndexOf('<');
  const named = open >= 0 && typed.endsWith('>');
  const address = normaliseEmail(named ? typed.slice(open + 1, -1) : typed);
  const name = named ? typed.slice(0, open).trim() : '';
  return isEmailAddress(address) && !/[<>"\p{Cc}]/u.test(name) ? { name, address } : undefined;
}
