import fc from 'fast-check';
import { fenFromYuan, totalFen, yuan, yuanAmount } from '../../src/kernel/money.js';

describe('money in fen', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [3000, '30.00'],
    [123456, '1234.56'],
    [-1, '-0.01'],
    [-3000, '-30.00'],
  ])('%d is %s yuan', (fen, text) => {
    expect(yuanAmount(fen)).toBe(text);
    expect(yuan(fen)).toBe(`¥${text}`);
  });

  it.each([
    ['30', 3000],
    ['30.5', 3050],
    ['30.50', 3050],
    [' 30.05 ', 3005],
    ['0', 0],
    ['0.29', 29], // 0.29 * 100 is 28.999999999999996
    ['1.15', 115],
    ['9999999.99', 999999999],
  ])('%p yuan is %d fen', (text, fen) => {
    expect(fenFromYuan(text)).toBe(fen);
  });

  it.each(['', '-30', '+30', '30.', '.5', '30.005', '3e2', '30元', '¥30', '1,000', '12345678', 'NaN'])(
    '%p is no amount',
    (text) => {
      expect(fenFromYuan(text)).toBeUndefined();
    },
  );

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (fen) => fenFromYuan(yuanAmount(fen)) === fen),
    );
  });

  it('adds up', () => {
    expect(totalFen([])).toBe(0);
    expect(totalFen([3000, 5000, 1])).toBe(8001);
  });
});
