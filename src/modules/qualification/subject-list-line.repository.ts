import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { forUpdate, insertAll, insertOrUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SubjectListLine } from './subject-list-line.entity.js';

@Injectable()
export class SubjectListLineRepository {
  /** Undefined if the student is on this list of the school for this subject already. */
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

  /** What these schools' lists say of these documents. */
  ofSchools(
    reader: Reader,
    sittingId: string,
    named: readonly Pick<SubjectListLine, 'schoolCode' | 'documentNumber'>[],
  ): Promise<SubjectListLine[]> {
    return reader.manager.findBy(SubjectListLine, {
      sittingId,
      schoolCode: In([...new Set(named.map(({ schoolCode }) => schoolCode))]),
      documentNumber: In([...new Set(named.map(({ documentNumber }) => documentNumber))]),
    });
  }

  /** Adds lines; the database refuses one that is there already. */
  addAll(tx: Tx, lines: readonly SubjectListLine[]): Promise<void> {
    return insertAll<SubjectListLine>(tx.manager, SubjectListLine, lines);
  }

  /** Changes the reason of those that say the same. */
  save(tx: Tx, lines: readonly SubjectListLine[]): Promise<void> {
    return insertOrUpdate(tx.manager, SubjectListLine, lines, {
      key: ['sittingId', 'documentNumber', 'documentType', 'schoolCode', 'subjectCode', 'list'],
      keep: ['id', 'createdAt'],
    });
  }
}
