import { inPlainForms, latin } from './same-to-the-eye.js';

/** The dots people type between the parts of a minority name; the roster's is U+00B7. */
const NAME_DOTS =
  /[\u00b7\u0387\u1427\u16eb\u2022\u2027\u2219\u22c5\u25aa\u25cf\u26ab\u2981\u2b24\u2e31\u2e33\u30fb\u318d\ua78f\u{10101}]/gu;

/**
 * A name as it is kept: in plain forms, any of the middle dots is `·`, outer blanks and line breaks go, inner ones
 * are one blank between Latin words and none between Chinese characters, which tables set apart to fill a column. The
 * rare characters of four bytes stay what they are.
 */
export function normaliseName(name: string): string {
  const words = inPlainForms(name)
    .replace(NAME_DOTS, '·')
    .split(' ')
    .filter((word) => word !== '');
  const parts = joined(words, (before, after) => (areChinese(before, after) ? '' : ' ')).split('.');
  return joined(parts, (before, after) => (areChinese(before, after) ? '·' : '.'))
    .split('·')
    .map((part) => part.trim())
    .join('·')
    .normalize('NFC');
}

function joined(parts: readonly string[], between: (before: string, after: string) => string): string {
  return parts.reduce((whole, part, i) => (i === 0 ? part : whole + between(parts[i - 1]!, part) + part), '');
}

/** Scripts that have no blanks between words. */
const CHINESE_AT_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc]$/u;
const CHINESE_AT_BEGINNING =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc]/u;

/** Do two parts of a name meet in Chinese characters, or others written as they are? */
function areChinese(before: string, after: string): boolean {
  return CHINESE_AT_END.test(before.trimEnd()) && CHINESE_AT_BEGINNING.test(after.trimStart());
}

/** Characters that are drawn alike, each kind followed by the one it counts as. */
const DRAWN_ALIKE = new Map(
  'ロ口 ニ二 カ力 エ工 ト卜 タ夕 ハ八 ー一 ヘへ ベべ ペぺ ○〇 ◯〇 戶户 戸户 靑青 黃黄'
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);
const ALIKE = /[ロニカエトタハーヘベペ○◯戶戸靑黃]/g;

/** Do two names, however they were typed or copied, name the same person? Letter case and letters drawn alike do not matter. */
export function sameName(a: string, b: string): boolean {
  return a === b || comparable(a) === comparable(b);
}

/** The same for two names that nobody can tell apart; neither shown nor stored. */
function comparable(name: string): string {
  return latin(normaliseName(name).toUpperCase())
    .replaceAll('.', '·')
    .split('·')
    .map((part) => part.trim())
    .join('·')
    .replace(ALIKE, (c) => DRAWN_ALIKE.get(c)!);
}
