import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { documentNumberIsPossible, documentTypeIsAccepted } from '../../kernel/document-number.rules.js';
import { normaliseName } from '../../kernel/person-name.js';
import type { Profile } from './account.repository.js';

/** Type, number and name as somebody typed them. */
export interface TypedProfile {
  documentType: string;
  documentNumber: string;
  name: string;
}

const WITHIN = 'profile.';

/** A profile that can be stored. @throws DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID */
export function profileFrom({ documentType, documentNumber, name }: TypedProfile): Profile {
  documentTypeIsAccepted(documentType, WITHIN);
  const document = { documentType, documentNumber: normaliseDocumentNumber(documentNumber) };
  documentNumberIsPossible(document, WITHIN);
  return {
    profileDocumentType: document.documentType,
    profileDocumentNumber: document.documentNumber,
    profileName: normaliseName(name),
  };
}

export const NO_PROFILE: Profile = {
  profileDocumentType: null,
  profileDocumentNumber: null,
  profileName: null,
};
