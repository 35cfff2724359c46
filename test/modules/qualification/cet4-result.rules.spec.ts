import { carriesTheDocumentOf, isPlainlyOf } from '../../../src/modules/qualification/cet4-result.rules.js';

const student = {
  documentType: 'RESIDENT_ID',
  documentNumber: '37990220041108078X',
  name: '阿依古丽·买买提',
} as const;

describe('R-QU-3, R-CR-3: whose a CET4 result is', () => {
  test.each([
    ['document and name are theirs', {}, true, true],
    ['its type of document is not said', { documentType: null }, true, true],
    [
      'typed with a lower-case x and another dot',
      { documentNumber: '37990220041108078x', name: '阿依古丽•买买提' },
      true,
      true,
    ],
    ['another type of document', { documentType: 'PASSPORT' }, false, false],
    ['another number', { documentNumber: '379902200411080798' }, false, false],
    ['another name', { name: '曾用名' }, true, false],
  ] as const)('%s', (_, changes, carriesIt, plainlyTheirs) => {
    const result = { ...student, ...changes };
    expect(carriesTheDocumentOf(student, result)).toBe(carriesIt);
    expect(isPlainlyOf(student, result)).toBe(plainlyTheirs);
  });
});
