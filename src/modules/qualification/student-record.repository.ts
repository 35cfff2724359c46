import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { sameName } from '../../kernel/person-name.js';
import type { IdentityDocument } from '../../kernel/words.js';
import { forUpdate, insertAll, insertOrUpdate } from '../../platform/database/dialect.js';
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

  /** The record, which nobody changes or confirms before this transaction ends. */
  lock(tx: Tx, id: string): Promise<StudentRecord | null> {
    return forUpdate(tx.manager.createQueryBuilder(StudentRecord, 'record').where({ id })).getOne();
  }

  /**
   * The record found before, locked, as it stands now; null if it was deleted since, or is another student's by now.
   * Between the two somebody may have mended the roster.
   */
  async lockAsFound(tx: Tx, { id, details: found }: StudentRecord): Promise<StudentRecord | null> {
    const record = await this.lock(tx, id);
    if (!record) return null;
    const { documentType, documentNumber, name } = record.details;
    const same = documentType === found.documentType && documentNumber === found.documentNumber;
    return same && sameName(name, found.name) ? record : null;
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<StudentRecord[]> {
    return reader.manager.findBy(StudentRecord, { id: In([...ids]) });
  }

  byDocumentNumbers(reader: Reader, sittingId: string, numbers: readonly string[]): Promise<StudentRecord[]> {
    return reader.manager.findBy(StudentRecord, {
      sittingId,
      details: { documentNumber: In([...new Set(numbers)]) },
    });
  }

  /** How many students of a sitting are reached at this number. */
  countWithPhone(reader: Reader, sittingId: string, phone: string): Promise<number> {
    return reader.manager.countBy(StudentRecord, { sittingId, phone });
  }

  byStudentNumbers(reader: Reader, sittingId: string, numbers: readonly string[]): Promise<StudentRecord[]> {
    return reader.manager.findBy(StudentRecord, {
      sittingId,
      details: { studentNumber: In([...new Set(numbers)]) },
    });
  }

  /** Changes what a record says; the database refuses a document that another record of the sitting has. */
  async edit(tx: Tx, { id, details, phone }: StudentRecord): Promise<void> {
    await tx.manager.update(StudentRecord, { id }, { details, phone });
  }

  async delete(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(StudentRecord, { id });
  }

  /** Adds records; the database refuses a document that another record of the sitting has. */
  add(tx: Tx, records: readonly StudentRecord[]): Promise<void> {
    return insertAll<StudentRecord>(tx.manager, StudentRecord, records);
  }

  /** Changes many records, known by their documents. */
  save(tx: Tx, records: readonly StudentRecord[]): Promise<void> {
    return insertOrUpdate(tx.manager, StudentRecord, records, {
      key: ['sittingId', 'documentNumber', 'documentType'],
      keep: ['id'],
    });
  }
}
