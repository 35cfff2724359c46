import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { sameName } from '../../kernel/person-name.js';
import type { IdentityDocument } from '../../kernel/words.js';
import { insertOrUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { StudentRecord } from './student-record.entity.js';

@Injectable()
export class StudentRecordRepository {
  /** The record that type, (normalised) number and name all match. */
  async find(
    reader: Reader,
    sittingId: string,
    { name, ...document }: IdentityDocument & { name: string },
  ): Promise<StudentRecord | null> {
    const record = await this.byDocument(reader, sittingId, document);
    return record && sameName(record.details.name, name) ? record : null;
  }

  byDocument(
    reader: Reader,
    sittingId: string,
    { documentType, documentNumber }: IdentityDocument,
  ): Promise<StudentRecord | null> {
    return reader.manager.findOneBy(StudentRecord, { sittingId, details: { documentType, documentNumber } });
  }

  byId(reader: Reader, id: string): Promise<StudentRecord | null> {
    return reader.manager.findOneBy(StudentRecord, { id });
  }

  byDocumentNumbers(reader: Reader, sittingId: string, numbers: readonly string[]): Promise<StudentRecord[]> {
    return reader.manager.findBy(StudentRecord, {
      sittingId,
      details: { documentNumber: In([...new Set(numbers)]) },
    });
  }

  /** Adds records, or changes those of the same document. */
  save(tx: Tx, records: readonly StudentRecord[]): Promise<void> {
    return insertOrUpdate(tx.manager, StudentRecord, records, {
      key: ['sittingId', 'documentNumber', 'documentType'],
      keep: ['id'],
    });
  }
}
