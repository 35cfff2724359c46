import { isIPv4, isIPv6 } from 'node:net';

/** IPv4 inside IPv6: mapped (`::ffff:192.0.2.1`), and as a translator writes it (`64:ff9b::192.0.2.1`). */
const CARRIERS_OF_IPV4 = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

/**
 * What attempts from an address are counted under: an IPv4 address itself, and of an IPv6 address its /64, for each
 * line has at least that many to choose from. The same however the address is written.
 */
export function networkOf(address: string | undefined): string {
  const [plain] = (address ?? '').split('%') as [string];
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const words = wordsOf(plain);
  const [high, low] = [words[6]!, words[7]!];
  if (CARRIERS_OF_IPV4.includes(words.slice(0, 6).map(hex).join(':')))
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${words.slice(0, 4).map(hex).join(':')}::/64`;
}

const hex = (word: number) => word.toString(16);

/** The eight words of a well-formed address. */
function wordsOf(address: string): number[] {
  const lastColon = address.lastIndexOf(':');
  const [a, b, c, d] = address
    .slice(lastColon + 1)
    .split('.')
    .map(Number);
  const text =
    d === undefined
      ? address
      : `${address.slice(0, lastColon + 1)}${hex(a! * 256 + b!)}:${hex(c! * 256 + d)}`;
  const [front, back] = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const gap = back ? Array(8 - front!.length - back.length).fill('0') : [];
  return [...front!, ...gap, ...(back ?? [])].map((word) => Number.parseInt(word, 16));
}
