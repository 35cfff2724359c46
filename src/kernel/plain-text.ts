/**
 * Can a database keep this text and give it back as it was? Half of a four-byte character cannot be written as UTF-8, and
 * behind a zero byte one of the engines reads nothing. No person types either.
 */
export function isPlainText(text: string): boolean {
  return !text.includes('\0') && !HALF_A_CHARACTER.test(text);
}
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/** Other people's bytes as text that can be kept, for records: what cannot be is shown as U+FFFD. */
export function asPlainText(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\0', '\ufffd');
}
