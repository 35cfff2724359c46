import { documentNumberIsPossible, documentTypeIsAccepted } from '../../src/kernel/document-number.rules.js';
import { DOCUMENT_TYPE_CODES, type DocumentType } from '../../src/kernel/words.js';

describe('R-QU-2 document types', () => {
  it.each(DOCUMENT_TYPE_CODES)('%s is accepted', (type) => {
    expect(() => documentTypeIsAccepted(type)).not.toThrow();
  });

  it.each(['MILITARY_OFFICER', '军官证', 'resident_id', '', 'toString', '__proto__'])('%p is not', (type) => {
    expect(() => documentTypeIsAccepted(type)).toThrow('DOCUMENT_TYPE_NOT_ACCEPTED');
  });
});

describe('R-QU-2 document numbers', () => {
  it.each<[DocumentType, string]>([
    ['RESIDENT_ID', '11010519491231002X'],
    ['HK_MACAO_TAIWAN_RESIDENCE_PERMIT', '810000199408230021'],
    ['PASSPORT', 'E12345678'],
    ['HONG_KONG_ID', 'A123456(7)'],
  ])('%s %s is possible', (documentType, documentNumber) => {
    expect(() => documentNumberIsPossible({ documentType, documentNumber })).not.toThrow();
  });

  it.each<[DocumentType, string]>([
    ['RESIDENT_ID', '110105194912310021'],
    ['RESIDENT_ID', '11010519491331002X'],
    ['RESIDENT_ID', '1101051949123100'],
    ['PASSPORT', 'E1'],
    ['PASSPORT', '护照123456'],
  ])('%s %s is not', (documentType, documentNumber) => {
    expect(() => documentNumberIsPossible({ documentType, documentNumber })).toThrow(
      'DOCUMENT_NUMBER_INVALID',
    );
  });

  it('names the field by its path in the body', () => {
    const refused = (rule: () => void) => {
      try {
        rule();
      } catch (error) {
        return (error as { facts: { field: string } }).facts.field;
      }
      throw new Error('Nothing was refused.');
    };
    expect(refused(() => documentTypeIsAccepted('X', 'profile.'))).toBe('profile.documentType');
    expect(
      refused(() => documentNumberIsPossible({ documentType: 'PASSPORT', documentNumber: '' }, 'profile.')),
    ).toBe('profile.documentNumber');
    expect(refused(() => documentTypeIsAccepted('X'))).toBe('documentType');
  });
});
