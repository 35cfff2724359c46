import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { insertOrUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SubjectListLine } from './subject-list-line.entity.js';

@Injectable()
export class SubjectListLineRepository {
  /** False if the student is on this list for this subject already. */
  async add(tx: Tx, line: Omit<SubjectListLine, 'id' | 'createdAt'>): Promise<boolean> {
    try {
      await tx.manager.insert(SubjectListLine, { ...line, id: newId(), createdAt: tx.now });
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }

  byDocumentNumbers(
    reader: Reader,
    sittingId: string,
    numbers: readonly string[],
  ): Promise<SubjectListLine[]> {
    return reader.manager.findBy(SubjectListLine, { sittingId, documentNumber: In([...new Set(numbers)]) });
  }

  /** Adds lines, or changes school and reason of those that say the same. */
  save(tx: Tx, lines: readonly SubjectListLine[]): Promise<void> {
    return insertOrUpdate(tx.manager, SubjectListLine, lines, {
      key: ['sittingId', 'documentNumber', 'documentType', 'subjectCode', 'list'],
      keep: ['id', 'createdAt'],
    });
  }
}
