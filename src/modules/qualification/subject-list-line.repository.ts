import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { forUpdate, insertAll, insertOrUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SubjectListLine } from './subject-list-line.entity.js';

@Injectable()
export class SubjectListLineRepository {
  /** Undefined if the student is on this list for this subject already. */
  async add(tx: Tx, line: Omit<SubjectListLine, 'id' | 'createdAt'>): Promise<SubjectListLine | undefined> {
    const added = { ...line, id: newId(), createdAt: tx.now };
    try {
      await tx.manager.insert(SubjectListLine, added);
      return added;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return undefined;
    }
  }

  lock(tx: Tx, id: string): Promise<SubjectListLine | null> {
    return forUpdate(tx.manager.createQueryBuilder(SubjectListLine, 'line').where({ id })).getOne();
  }

  async delete(tx: Tx, { id }: SubjectListLine): Promise<void> {
    await tx.manager.delete(SubjectListLine, { id });
  }

  byDocumentNumbers(
    reader: Reader,
    sittingId: string,
    numbers: readonly string[],
  ): Promise<SubjectListLine[]> {
    return reader.manager.findBy(SubjectListLine, { sittingId, documentNumber: In([...new Set(numbers)]) });
  }

  /** Adds lines; the database refuses one that is there already. */
  addAll(tx: Tx, lines: readonly SubjectListLine[]): Promise<void> {
    return insertAll<SubjectListLine>(tx.manager, SubjectListLine, lines);
  }

  /** Changes school and reason of those that say the same. */
  save(tx: Tx, lines: readonly SubjectListLine[]): Promise<void> {
    return insertOrUpdate(tx.manager, SubjectListLine, lines, {
      key: ['sittingId', 'documentNumber', 'documentType', 'subjectCode', 'list'],
      keep: ['id', 'createdAt'],
    });
  }
}
