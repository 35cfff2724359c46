import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
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
    const accepted = await reader.manager.query<{ account_id: string }[]>(
      `SELECT account_id FROM agreement_acceptance WHERE account_id IN (${placeholders(accountIds)})
         AND version = (SELECT MAX(version) FROM agreement WHERE published_at <= ?)`,
      [...accountIds, reader.now],
    );
    return new Set(accepted.map((row) => row.account_id));
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
