import { isPossibleDocumentNumber } from './document-number.js';
import { refusal } from './domain-error.js';
import { DOCUMENT_TYPES, type DocumentType, type IdentityDocument } from './words.js';

export const DOCUMENT_TYPE_NOT_ACCEPTED = refusal(
  'DOCUMENT_TYPE_NOT_ACCEPTED',
  422,
  { zh: '不支持该证件类型', en: 'Document type not accepted' },
  {
    zh: '报名不支持该证件类型（军官证不能使用），请选择列出的证件类型，如居民身份证。',
    en: 'This type of document cannot be used (a military officer card cannot). Choose one of the listed types.',
  },
  'documentType',
);
/** R-QU-2: the type is one of those on the form; `within` is the path of the object it stands in, `profile.`. @throws DOCUMENT_TYPE_NOT_ACCEPTED */
export function documentTypeIsAccepted(
  documentType: string,
  within = '',
): asserts documentType is DocumentType {
  if (!Object.hasOwn(DOCUMENT_TYPES, documentType)) {
    throw DOCUMENT_TYPE_NOT_ACCEPTED({ field: `${within}documentType` });
  }
}

export const DOCUMENT_NUMBER_INVALID = refusal(
  'DOCUMENT_NUMBER_INVALID',
  422,
  { zh: '证件号码有误', en: 'Impossible document number' },
  {
    zh: '证件号码不正确，请对照证件检查每一位（身份证末位可能是字母 X）。',
    en: 'No document of this type has such a number. Check every digit against the document.',
  },
  'documentNumber',
);
/** R-QU-2: a normalised number is possible for its type, check digit included. @throws DOCUMENT_NUMBER_INVALID */
export function documentNumberIsPossible(document: IdentityDocument, within = ''): void {
  if (!isPossibleDocumentNumber(document))
    throw DOCUMENT_NUMBER_INVALID({ field: `${within}documentNumber` });
}
