import { createHash } from 'node:crypto';
import { CHECK_SCRIPT, solver } from '../../../src/modules/passport/check-page.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the human check of a page', () => {
  // around the lengths at which the number, or the length behind it, begins another block of 64
  it.each([1, 44, 52, 54, 55, 56, 61, 63, 64, 65, 92, 119, 120, 128, 200])(
    'is solved as SHA-256 would have it, behind a salt of %i characters',
    (length) => {
      const salt = 'abc?id=x&'.repeat(30).slice(0, length);
      for (const number of [0, 9, 10, 1234]) {
        const step = solver(salt, sha256(salt + number));
        let found: number | undefined;
        for (let tries = 0; tries < 14 && found === undefined; tries++) found = step(100);
        expect(found).toBe(number);
      }
    },
  );

  it('runs in a page by itself, a little at a time', () => {
    const salt = 'abcd?id=1&price=2&expires=9&';
    const posed = {
      algorithm: 'SHA-256',
      challenge: sha256(`${salt}4321`),
      salt,
      signature: 's',
      maxnumber: 9999,
    };
    const button = { disabled: false };
    const said = { textContent: '' };
    const field = {
      dataset: { posed: JSON.stringify(posed) },
      form: { querySelector: () => button },
      value: '',
    };
    const later: (() => void)[] = [];
    const page = { getElementById: (id: string) => (id === 'challenge' ? field : said) };
    // as a page runs it: with nothing of ours around it
    new Function('document', 'setTimeout', 'btoa', CHECK_SCRIPT)(
      page,
      (go: () => void) => later.push(go),
      btoa,
    );
    expect([button.disabled, field.value]).toEqual([true, '']);
    let pauses = 0;
    for (let go = later.shift(); go; go = later.shift(), pauses++) go();
    expect(pauses).toBe(2);
    expect(JSON.parse(atob(field.value))).toEqual({
      algorithm: 'SHA-256',
      challenge: posed.challenge,
      number: 4321,
      salt,
      signature: 's',
    });
    expect([button.disabled, said.textContent]).toEqual([false, '人机验证已完成。']);
  });
});
