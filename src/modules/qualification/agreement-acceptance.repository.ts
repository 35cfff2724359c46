import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Agreement } from '../sitting/index.js';
import { AgreementAcceptance } from './agreement-acceptance.entity.js';

@Injectable()
export class AgreementAcceptanceRepository {
  of(reader: Reader, accountId: string, version: number): Promise<AgreementAcceptance | null> {
    return reader.manager.findOneBy(AgreementAcceptance, { accountId, version });
  }

  /** When the account accepted the version in force; one statement, because every call asks. */
  async ofTheNewest(reader: Reader, accountId: string): Promise<Date | undefined> {
    const newest = (await reader.manager
      .createQueryBuilder(Agreement, 'agreement')
      .select('agreement.version')
      .leftJoinAndMapOne(
        'agreement.acceptance',
        AgreementAcceptance,
        'acceptance',
        'acceptance.version = agreement.version AND acceptance.accountId = :accountId',
        { accountId },
      )
      .where('agreement.publishedAt <= :now', { now: reader.now })
      .orderBy('agreement.version', 'DESC')
      .limit(1)
      .getOne()) as (Agreement & { acceptance: AgreementAcceptance | null }) | null;
    return newest?.acceptance?.acceptedAt;
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
