import { Injectable } from '@nestjs/common';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { documentNumberIsPossible, documentTypeIsAccepted } from '../../kernel/document-number.rules.js';
import { nameIsLegible } from '../../kernel/person-name.rules.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { StudentRecord } from './student-record.entity.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { allThreeMatchARecord } from './student-record.rules.js';

/** A student as somebody at the form names one: any text. */
export interface NamedStudent {
  documentType: string;
  documentNumber: string;
  name: string;
}

/** R-QU-2, for the look-up and for the confirmation alike. */
@Injectable()
export class FindStudentRecord {
  constructor(private readonly records: StudentRecordRepository) {}

  /** @throws DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID, NAME_ILLEGIBLE, RECORD_NOT_FOUND */
  async matching(reader: Reader, sittingId: string, named: NamedStudent): Promise<StudentRecord> {
    const { documentType, name } = named;
    documentTypeIsAccepted(documentType);
    const documentNumber = normaliseDocumentNumber(named.documentNumber);
    documentNumberIsPossible({ documentType, documentNumber });
    nameIsLegible(name);
    const record = await this.records.find(reader, sittingId, { documentType, documentNumber, name });
    allThreeMatchARecord(record);
    return record;
  }
}
