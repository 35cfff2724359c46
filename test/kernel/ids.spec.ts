import { newId, newNeeaId, newSixDigitCode, newToken } from '../../src/kernel/ids.js';

const many = <T>(make: () => T) => Array.from({ length: 2000 }, make);

describe('ids', () => {
  it('are UUIDs of version 7 that sort in the order they were made', () => {
    const ids = many(newId);
    expect(
      ids.every((id) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id)),
    ).toBe(true);
    expect([...ids].sort()).toEqual(ids);
  });

  it.each([
    ['a token', newToken, /^[\w-]{43}$/],
    ['R-PA-3 a NEEA ID', newNeeaId, /^[\dA-F]{32}$/],
    ['a code', newSixDigitCode, /^\d{6}$/],
  ])('%s has its form', (_, make, form) => {
    expect(many(make).filter((id) => !form.test(id))).toEqual([]);
  });

  it.each([
    ['tokens', newToken],
    ['NEEA IDs', newNeeaId],
  ])('no two %s are the same', (_, make) => {
    expect(new Set(many(make)).size).toBe(2000);
  });
});
