import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { documentNumberIsPossible, documentTypeIsAccepted } from '../../kernel/document-number.rules.js';
import { normaliseName } from '../../kernel/person-name.js';
import { nameIsLegible } from '../../kernel/person-name.rules.js';
import { FIELD_INVALID } from '../../platform/http/refusals.js';
import type { Profile } from './account.repository.js';

/** Type, number and name as somebody typed them. */
export interface TypedProfile {
  documentType: string;
  documentNumber: string;
  name: string;
}

const WITHIN = 'profile.';
const LONGEST_NAME = 100;

/** A profile that can be stored. @throws DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID, NAME_ILLEGIBLE, FIELD_INVALID */
export function profileFrom({ documentType, documentNumber, name }: TypedProfile): Profile {
  documentTypeIsAccepted(documentType, WITHIN);
  const document = { documentType, documentNumber: normaliseDocumentNumber(documentNumber) };
  documentNumberIsPossible(document, WITHIN);
  return {
    profileDocumentType: document.documentType,
    profileDocumentNumber: document.documentNumber,
    profileName: nameAsKept(name),
  };
}

/** A name may grow when it is normalised; control characters and half a character would not come back as they went. */
function nameAsKept(typed: string): string {
  nameIsLegible(typed, WITHIN);
  const name = normaliseName(typed);
  if (name === '' || name.length > LONGEST_NAME || /[\p{Cc}\p{Cs}]/u.test(name))
    throw FIELD_INVALID({ field: `${WITHIN}name` });
  return name;
}

export const NO_PROFILE: Profile = {
  profileDocumentType: null,
  profileDocumentNumber: null,
  profileName: null,
};
