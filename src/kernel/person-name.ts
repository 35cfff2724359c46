import { toHalfWidth } from './document-number.js';

/** The dots people type between the parts of a minority name; the roster's is U+00B7. */
const NAME_DOTS = /[\u2022\u2027\u2024\u22c5\u30fb\uff65\u25cf\uff0e\u0387]/g;

/**
 * A name made comparable: any of the middle dots is `·`, outer blanks go and inner runs of blanks are one blank,
 * full-width Latin letters are half-width. Chinese characters, the rare four-byte ones included, stay as they are.
 */
export function normaliseName(name: string): string {
  return toHalfWidth(name.normalize('NFC').replace(NAME_DOTS, '·'))
    .replace(/[\u200b\ufeff]/g, '')
    .split('·')
    .map((part) => part.trim())
    .join('·')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Do two names, however their dots, blanks and letter case were typed, name the same person? */
export function sameName(a: string, b: string): boolean {
  return normaliseName(a).toUpperCase() === normaliseName(b).toUpperCase();
}
