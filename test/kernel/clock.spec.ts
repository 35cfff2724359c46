import {
  DAYS,
  earliest,
  fromShanghai,
  HOURS,
  later,
  MINUTES,
  SECONDS,
  SystemClock,
  toShanghai,
  toShanghaiText,
} from '../../src/kernel/clock.js';

const utc = (text: string) => new Date(text);

describe('a time in Shanghai', () => {
  it.each([
    ['2026-11-21T01:00:00.000Z', '2026-11-21T09:00:00.000+08:00', '2026-11-21 09:00'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01T00:00:00.000+08:00', '2027-01-01 00:00'],
    // China has no summer time any more
    ['2026-07-01T12:34:56.789Z', '2026-07-01T20:34:56.789+08:00', '2026-07-01 20:34'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29T00:00:00.000+08:00', '2028-02-29 00:00'],
  ])('%s is written %s, for people %s', (time, iso, text) => {
    expect(toShanghai(utc(time))).toBe(iso);
    expect(toShanghaiText(utc(time))).toBe(text);
    expect(fromShanghai(iso)).toEqual(utc(time));
  });

  it.each([
    ['2026-11-21 09:00', '2026-11-21T01:00:00.000Z'],
    ['2026-11-21 9:00', '2026-11-21T01:00:00.000Z'],
    ['2026-11-21T09:00:30', '2026-11-21T01:00:30.000Z'],
    ['2026-11-21T09:00:30.250', '2026-11-21T01:00:30.250Z'],
    ['  2026/11/21 09:00  ', '2026-11-21T01:00:00.000Z'],
    ['2026.1.5', '2026-01-04T16:00:00.000Z'],
    ['2026-11-21', '2026-11-20T16:00:00.000Z'],
    ['2026-11-21T01:00:00Z', '2026-11-21T01:00:00.000Z'],
    ['2026-11-20T20:00:00-05:00', '2026-11-21T01:00:00.000Z'],
    ['2028-02-29', '2028-02-28T16:00:00.000Z'],
  ])('%p is read as %s', (text, time) => {
    expect(fromShanghai(text)).toEqual(utc(time));
  });

  it.each([
    '',
    'tomorrow',
    '2026-13-01',
    '2026-00-10',
    '2026-02-30',
    '2026-02-29',
    '2026-04-31 10:00',
    '2026-11-21 25:00',
    '2026-11-21 09:60',
    '2026-11-21 09',
    '20261121',
    '26-11-21',
    '2026-11-21 09:00 pm',
    '2026-11-21T09:00:00+8',
  ])('%p is none', (text) => {
    expect(fromShanghai(text)).toBeUndefined();
  });
});

describe('reckoning with time', () => {
  const nine = utc('2026-11-21T01:00:00.000Z');

  it('adds and takes away', () => {
    expect(later(nine, 24 * HOURS)).toEqual(utc('2026-11-22T01:00:00.000Z'));
    expect(later(nine, -10 * MINUTES)).toEqual(utc('2026-11-21T00:50:00.000Z'));
    expect(1 * DAYS).toBe(24 * 60 * 60 * SECONDS);
  });

  it('finds the earlier of two', () => {
    const ten = later(nine, 1 * HOURS);
    expect(earliest(nine, ten)).toBe(nine);
    expect(earliest(ten, nine)).toBe(nine);
  });

  it('asks the machine in one place', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
