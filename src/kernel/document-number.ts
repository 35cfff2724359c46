import { plainCode } from './same-to-the-eye.js';
import type { DocumentType, IdentityDocument } from './words.js';

/**
 * A document number as people type it, made comparable: digits and letters are the plain ones, blanks and what cannot be
 * seen go, letters are upper case (`x`, `×` and `Ⅹ` of a resident id are `X`), brackets of a Hong Kong or Macao id are
 * the ASCII ones.
 */
export function normaliseDocumentNumber(text: string): string {
  // some letters become others when they are written large
  return plainCode(plainCode(text).toUpperCase());
}

/** A student number as a school writes it, made comparable; letter case stays. */
export function normaliseStudentNumber(text: string): string {
  return plainCode(text);
}

const RESIDENT_ID = /^\d{17}[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** GB 11643: eighteen characters, a birth date that exists, and the ISO 7064 MOD 11-2 check digit. */
function isResidentIdNumber(number: string): boolean {
  if (!RESIDENT_ID.test(number)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return CHECK_DIGITS[sum % 11] === number[17] && isCalendarDay(number.slice(6, 14));
}

function isCalendarDay(yyyymmdd: string): boolean {
  const iso = `${yyyymmdd.slice(0, 4)}-${yyyymmdd.slice(4, 6)}-${yyyymmdd.slice(6)}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
}

/** Types whose number is built as the resident id is, check digit included. */
const LIKE_RESIDENT_ID: readonly DocumentType[] = ['RESIDENT_ID', 'HK_MACAO_TAIWAN_RESIDENCE_PERMIT'];

/** Is a normalised number possible for its type? Only what is certain is refused (R-QU-2). */
export function isPossibleDocumentNumber({ documentType, documentNumber }: IdentityDocument): boolean {
  if (LIKE_RESIDENT_ID.includes(documentType)) return isResidentIdNumber(documentNumber);
  return /^[0-9A-Z()\-/.·]{4,30}$/.test(documentNumber);
}

/** `110***********1234`: what lists, messages and logs may show. */
export function maskDocumentNumber(number: string): string {
  if (number.length <= 7) return `${number.slice(0, 1)}***`;
  return `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}

/** `138****1234` */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** `li***@example.edu.cn` */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, Math.min(2, at))}***${email.slice(at)}`;
}
