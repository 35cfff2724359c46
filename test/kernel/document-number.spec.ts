import fc from 'fast-check';
import {
  isPossibleDocumentNumber,
  maskDocumentNumber,
  maskEmail,
  maskPhone,
  normaliseDocumentNumber,
} from '../../src/kernel/document-number.js';
import type { DocumentType } from '../../src/kernel/words.js';

/**
 * The check character of GB 11643, by its definition and not by the table of weights: ISO 7064 MOD 11-2 doubles a
 * running remainder digit by digit, and the character that makes the whole 1 modulo 11 closes the number.
 */
function withCheckCharacter(seventeen: string): string {
  const remainder = [...seventeen].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  const check = (12 - remainder) % 11;
  return seventeen + (check === 10 ? 'X' : String(check));
}

const residentIds = fc
  .record({
    place: fc.integer({ min: 110000, max: 820000 }),
    born: fc.date({ min: new Date('1950-01-01'), max: new Date('2010-12-31'), noInvalidDate: true }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ place, born, order }) =>
    withCheckCharacter(
      `${place}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
    ),
  );
const isResidentId = (documentNumber: string) =>
  isPossibleDocumentNumber({ documentType: 'RESIDENT_ID', documentNumber });

describe('R-QU-2 居民身份证', () => {
  it.each(['11010519491231002X', '440524188001010014'])(
    '%s, an example of the standard, is possible',
    (number) => {
      expect(withCheckCharacter(number.slice(0, 17))).toBe(number);
      expect(isResidentId(number)).toBe(true);
    },
  );

  it('takes every number with the right check character, and none with another one', () => {
    fc.assert(
      fc.property(residentIds, (number) => {
        expect(isResidentId(number)).toBe(true);
        for (const check of '0123456789X') {
          if (check !== number[17]) expect(isResidentId(number.slice(0, 17) + check)).toBe(false);
        }
      }),
    );
  });

  it('notices one wrong digit and two that changed places', () => {
    fc.assert(
      fc.property(residentIds, fc.integer({ min: 0, max: 5 }), (number, i) => {
        const wrong = (Number(number[i]) + 1) % 10;
        expect(isResidentId(number.slice(0, i) + wrong + number.slice(i + 1))).toBe(false);
        if (number[i] === number[i + 1]) return;
        expect(isResidentId(number.slice(0, i) + number[i + 1] + number[i] + number.slice(i + 2))).toBe(
          false,
        );
      }),
    );
  });

  it.each([
    ['a birthday that never was', withCheckCharacter('11010519490230002')],
    ['a month 13', withCheckCharacter('11010519491301002')],
    ['29 February of a common year', withCheckCharacter('11010520010229002')],
    ['the old form of 15 digits', '110105491231002'],
    ['19 characters', '11010519491231002X1'],
    ['a lower-case x, which is not normalised', '11010519491231002x'],
    ['a letter inside', '1101051949123A002X'],
    ['nothing', ''],
  ])('refuses %s', (_, number) => {
    expect(isResidentId(number)).toBe(false);
  });

  it('takes 29 February of a leap year', () => {
    expect(isResidentId(withCheckCharacter('11010520000229002'))).toBe(true);
  });
});

describe('R-QU-2 other documents', () => {
  it.each<[DocumentType, string, boolean]>([
    ['HK_MACAO_TAIWAN_RESIDENCE_PERMIT', withCheckCharacter('81000019940823002'), true],
    ['HK_MACAO_TAIWAN_RESIDENCE_PERMIT', '81000019940823002A', false],
    ['PASSPORT', 'E12345678', true],
    ['PASSPORT', 'EJ1234567', true],
    ['HK_MACAO_TRAVEL_PERMIT', 'H12345678', true],
    ['TAIWAN_TRAVEL_PERMIT', '01234567', true],
    ['HONG_KONG_ID', 'A123456(7)', true],
    ['MACAO_ID', '1/234567/8', true],
    ['TAIWAN_ID', 'A123456789', true],
    ['FOREIGN_PERMANENT_RESIDENT_ID', 'USA110185010101', true],
    ['PASSPORT', 'E12', false],
    ['PASSPORT', 'E'.repeat(31), false],
    ['PASSPORT', '护照12345678', false],
    ['PASSPORT', "E1234'; --", false],
  ])('%s %s: possible is %p', (documentType, documentNumber, possible) => {
    expect(isPossibleDocumentNumber({ documentType, documentNumber })).toBe(possible);
  });
});

describe('a number as people type it', () => {
  it.each([
    ['11010519491231002x', '11010519491231002X'],
    [' 110105 19491231 002X ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['1101051949\u200b1231002X\ufeff', '11010519491231002X'],
    ['A123456（7）', 'A123456(7)'],
    ['e12345678', 'E12345678'],
    ['　E12345678　', 'E12345678'],
    ['', ''],
  ])('%p becomes %p', (typed, number) => {
    expect(normaliseDocumentNumber(typed)).toBe(number);
  });

  it('is the same when it is normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normaliseDocumentNumber(text);
        return normaliseDocumentNumber(once) === once;
      }),
    );
  });
});

describe('what lists, messages and logs may show', () => {
  it.each([
    ['11010519491231002X', '110***********002X'],
    ['E12345678', 'E12**5678'],
    ['E123456', 'E***'],
    ['', '***'],
  ])('number %p as %p', (number, shown) => {
    expect(maskDocumentNumber(number)).toBe(shown);
  });

  it('never the middle of a number', () => {
    fc.assert(
      fc.property(residentIds, (number) => !maskDocumentNumber(number).includes(number.slice(6, 14))),
    );
  });

  it('a phone and an address', () => {
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskEmail('liming@example.edu.cn')).toBe('li***@example.edu.cn');
    expect(maskEmail('l@example.edu.cn')).toBe('l***@example.edu.cn');
  });
});
