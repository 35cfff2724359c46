import { normaliseName, sameName } from '../../src/kernel/person-name.js';

describe('a name as people type it', () => {
  it.each([
    ['张三', '张三'],
    ['  张三　', '张三'],
    ['张\u200b三', '张三'],
    // the dot of minority names: the roster's is U+00B7
    ['买买提·艾力', '买买提·艾力'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提‧艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['买买提．艾力', '买买提·艾力'],
    ['买买提 · 艾力', '买买提·艾力'],
    // rare characters of four bytes stay what they are
    ['王𬱖', '王𬱖'],
    ['𠮷田', '𠮷田'],
    ['LI  MING', 'LI MING'],
    ['ＬＩ　ＭＩＮＧ', 'LI MING'],
    ['Zoe\u0308', 'Zoë'],
    ['', ''],
  ])('%p becomes %p', (typed, name) => {
    expect(normaliseName(typed)).toBe(name);
    expect(normaliseName(name)).toBe(name);
  });
});

describe('two names', () => {
  it.each([
    ['买买提•艾力', '买买提·艾力', true],
    ['li ming', 'LI MING', true],
    ['王𬱖', '王𬱖', true],
    ['王𬱖', '王𬱟', false],
    ['王𬱖', '王', false],
    ['张三', '张 三', true],
    ['张三', '李四', false],
    ['买买提艾力', '买买提·艾力', false],
  ])('%p and %p: the same person is %p', (a, b, same) => {
    expect(sameName(a, b)).toBe(same);
    expect(sameName(b, a)).toBe(same);
  });
});
