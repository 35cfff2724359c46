import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Agreement } from '../sitting/index.js';
import { AgreementAcceptance } from './agreement-acceptance.entity.js';

@Injectable()
export class AgreementAcceptanceRepository {
  of(reader: Reader, accountId: string, version: number): Promise<AgreementAcceptance | null> {
    return reader.manager.findOneBy(AgreementAcceptance, { accountId, version });
  }

  /** How many accounts have accepted a version. */
  count(reader: Reader, version: number): Promise<number> {
    return reader.manager.countBy(AgreementAcceptance, { version });
  }

  /** Which of these accounts have accepted the version in force; one statement, because every call asks. */
  async ofTheNewest(reader: Reader, accountIds: readonly string[]): Promise<Set<string>> {
    const accepted = await reader.manager
      .createQueryBuilder(AgreementAcceptance, 'acceptance')
      .select('acceptance.accountId', 'accountId')
      .where({ accountId: In([...accountIds]) })
      .andWhere(
        (query) =>
          `acceptance.version = ${query
            .subQuery()
            .select('MAX(agreement.version)')
            .from(Agreement, 'agreement')
            .where('agreement.publishedAt <= :now', { now: reader.now })
            .getQuery()}`,
      )
      .getRawMany<{ accountId: string }>();
    return new Set(accepted.map(({ accountId }) => accountId));
  }

  /** False if it was accepted already; the first time stands. */
  async add(tx: Tx, accountId: string, version: number): Promise<boolean> {
    try {
      await tx.manager.insert(AgreementAcceptance, { accountId, version, acceptedAt: tx.now });
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }
}
