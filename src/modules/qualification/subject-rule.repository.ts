import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { forUpdate, insertOrUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SubjectRule } from './subject-rule.entity.js';

@Injectable()
export class SubjectRuleRepository {
  ofSchools(reader: Reader, sittingId: string, schoolCodes: readonly string[]): Promise<SubjectRule[]> {
    return reader.manager.findBy(SubjectRule, { sittingId, schoolCode: In([...new Set(schoolCodes)]) });
  }

  /** Adds rules, or changes those of the same school and subject. */
  save(tx: Tx, rules: readonly SubjectRule[]): Promise<void> {
    return insertOrUpdate(tx.manager, SubjectRule, rules, {
      key: ['sittingId', 'schoolCode', 'subjectCode'],
      keep: ['id'],
    });
  }

  /** Those of these rules that are there, held still until the transaction ends. */
  lockAll(tx: Tx, ids: readonly string[]): Promise<SubjectRule[]> {
    return forUpdate(
      tx.manager
        .createQueryBuilder(SubjectRule, 'rule')
        .where({ id: In([...ids]) })
        .orderBy('rule.id'),
    ).getMany();
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(SubjectRule, { id });
  }
}
