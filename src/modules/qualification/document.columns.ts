import { isPossibleDocumentNumber } from '../../kernel/document-number.js';
import type { IdentityDocument } from '../../kernel/words.js';
import { requiredColumn } from '../../platform/import/column.js';
import { checkDigitWrong, type Fault } from '../../platform/import/fault.js';
import { documentNumberCell, documentTypeCell } from '../../platform/import/word-cells.js';

/** Whom a line is about. */
export const DOCUMENT_COLUMNS = {
  documentType: requiredColumn('证件类型', 'document_type', documentTypeCell),
  documentNumber: requiredColumn('证件号码', 'document_number', documentNumberCell),
};

/** R-QU-2: the number is possible for its type, check digit included. */
export function checkDocument(
  document: IdentityDocument,
  refuse: (column: 'documentNumber', fault: Fault) => void,
): void {
  if (!isPossibleDocumentNumber(document)) refuse('documentNumber', checkDigitWrong);
}

/** Tells documents apart: the number, and the type it is of. */
export function documentKey({ documentType, documentNumber }: IdentityDocument): string {
  return `${documentNumber} ${documentType}`;
}
