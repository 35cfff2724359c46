import { type Html, html } from '../../platform/http/html.js';
import type { PosedCheck } from './posed-check.js';

/**
 * The number whose hash after `salt` is wanted, from 0 on: `step(count)` tries the next so many and gives it, or undefined
 * as long as it is not found. In plain SHA-256, because browsers have their own only over https. It runs in the page as
 * it stands here, so it refers to nothing outside itself.
 */
export function solver(salt: string, wanted: string): (count: number) => number | undefined {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => ((root - Math.floor(root)) * 4294967296) | 0;
  const constants = Int32Array.from(primes, (prime) => fraction(prime ** (1 / 3)));
  const words = new Int32Array(64);

  /** Takes the block of 64 bytes that begins at `from` into the state. */
  function compress(state: Int32Array, bytes: Uint8Array, from: number): void {
    for (let i = 0, at = from; i < 16; i++, at += 4)
      words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    for (let i = 16; i < 64; i++) {
      const x = words[i - 15]!;
      const y = words[i - 2]!;
      const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[i] = words[i - 16]! + small + words[i - 7]! + large;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const turnedE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + turnedE + ((e & f) ^ (~e & g)) + constants[i]! + words[i]!) | 0;
      const turnedA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (turnedA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    const added = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i++) state[i] = state[i]! + added[i]!;
  }

  // the whole blocks of the salt are the same for every number
  const bytes = Uint8Array.from(`${salt}${' '.repeat(128)}`, (sign) => sign.charCodeAt(0));
  const whole = salt.length - (salt.length % 64);
  const known = Int32Array.from(primes.slice(0, 8), (prime) => fraction(prime ** (1 / 2)));
  for (let from = 0; from < whole; from += 64) compress(known, bytes, from);
  const goal = Int32Array.from(
    { length: 8 },
    (_, i) => Number.parseInt(wanted.slice(i * 8, i * 8 + 8), 16) | 0,
  );
  const state = new Int32Array(8);

  function isIt(number: number): boolean {
    const digits = String(number);
    for (let i = 0; i < digits.length; i++) bytes[salt.length + i] = digits.charCodeAt(i);
    const length = salt.length + digits.length;
    const end = Math.ceil((length + 9) / 64) * 64;
    bytes.fill(0, length, end);
    bytes[length] = 128;
    bytes[end - 3] = (length * 8) >>> 16;
    bytes[end - 2] = (length * 8) >>> 8;
    bytes[end - 1] = length * 8;
    state.set(known);
    for (let from = whole; from < end; from += 64) compress(state, bytes, from);
    return state.every((word, i) => word === goal[i]);
  }

  let next = 0;
  return (count) => {
    for (const end = next + count; next < end; next++) if (isIt(next)) return next;
    return undefined;
  };
}

/** Solves the check of a page a little at a time, so that the page stays alive, and lets its form be sent then. */
export const CHECK_SCRIPT = `(() => {
  const solver = ${solver.toString()};
  const field = document.getElementById('challenge');
  const button = field.form.querySelector('button');
  const said = document.getElementById('check');
  const { algorithm, challenge, salt, signature } = JSON.parse(field.dataset.posed);
  const step = solver(salt, challenge);
  button.disabled = true;
  const go = () => {
    const number = step(2000);
    if (number === undefined) return setTimeout(go, 0);
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    said.textContent = '人机验证已完成。';
    button.disabled = false;
  };
  go();
})();`;

/** Goes into a form, with `CHECK_SCRIPT` on its page: the human check that the page solves by itself. */
export function checkFields({ challenge }: PosedCheck): Html {
  return html`<input type="hidden" id="challenge" name="challenge" data-posed="${JSON.stringify(challenge)}">
    <p class="hint" id="check" role="status">正在进行人机验证，请稍候……</p>
    <noscript><p class="hint">人机验证需要浏览器允许运行脚本。</p></noscript>`;
}
