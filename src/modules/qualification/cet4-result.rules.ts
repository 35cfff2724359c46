import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { sameName } from '../../kernel/person-name.js';
import type { Cet4Result } from './cet4-result.entity.js';
import type { StudentDetails } from './student-details.js';

type Person = Pick<StudentDetails, 'documentType' | 'documentNumber' | 'name'>;
type ResultOfSomebody = Pick<Cet4Result, 'documentType' | 'documentNumber' | 'name'>;

/** Does a result carry the student's document? It may not say of which type the document is. */
export function carriesTheDocumentOf(student: Person, result: ResultOfSomebody): boolean {
  const sameType = result.documentType === null || result.documentType === student.documentType;
  return (
    sameType &&
    normaliseDocumentNumber(result.documentNumber) === normaliseDocumentNumber(student.documentNumber)
  );
}

/** R-QU-3: a result opens CET6 without asking when document and name are the student's; else it takes a review (R-CR-3). */
export function isPlainlyOf(student: Person, result: ResultOfSomebody): boolean {
  return carriesTheDocumentOf(student, result) && sameName(result.name, student.name);
}
