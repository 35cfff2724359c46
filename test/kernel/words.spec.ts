import {
  CET4,
  CET6,
  DOCUMENT_TYPE_CODES,
  DOCUMENT_TYPES,
  SUBJECT_CODES,
  SUBJECTS,
} from '../../src/kernel/words.js';

describe('科目', () => {
  it.each([
    ['1', '英语四级', 4, 'WRITTEN', false],
    ['2', '英语六级', 6, 'WRITTEN', false],
    ['3', '日语四级', 4, 'WRITTEN', true],
    ['4', '日语六级', 6, 'WRITTEN', true],
    ['5', '德语四级', 4, 'WRITTEN', true],
    ['6', '德语六级', 6, 'WRITTEN', true],
    ['7', '俄语四级', 4, 'WRITTEN', true],
    ['8', '俄语六级', 6, 'WRITTEN', true],
    ['9', '法语四级', 4, 'WRITTEN', true],
    ['F', '英语四级口试', 4, 'ORAL', false],
    ['S', '英语六级口试', 6, 'ORAL', false],
  ] as const)('%s is %s, level %d, %s, minor language: %p', (code, name, level, kind, minorLanguage) => {
    expect(SUBJECTS[code]).toMatchObject({ code, name, level, kind, minorLanguage });
  });

  it('are the eleven of the glossary', () => {
    expect(Object.keys(SUBJECTS).sort()).toEqual([...SUBJECT_CODES].sort());
    expect(SUBJECT_CODES).toHaveLength(11);
    expect([SUBJECTS[CET4].name, SUBJECTS[CET6].name]).toEqual(['英语四级', '英语六级']);
  });
});

describe('R-QU-2 证件类型', () => {
  it('are the nine of the form, without 军官证', () => {
    expect(DOCUMENT_TYPE_CODES.map((code) => DOCUMENT_TYPES[code])).toEqual([
      '居民身份证',
      '护照',
      '港澳居民来往内地通行证',
      '台湾居民来往大陆通行证',
      '香港身份证',
      '澳门身份证',
      '台湾身份证',
      '外国人永久居留身份证',
      '港澳台居民居住证',
    ]);
  });
});
