import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { forUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { LookedUpRecord } from './looked-up-record.entity.js';

@Injectable()
export class LookedUpRecords {
  of(reader: Reader, accountId: string, sittingId: string): Promise<LookedUpRecord | null> {
    return reader.manager.findOneBy(LookedUpRecord, { accountId, sittingId });
  }

  /** The same, locked: what the account asks about its student happens one after the other. */
  lock(tx: Tx, accountId: string, sittingId: string): Promise<LookedUpRecord | null> {
    return forUpdate(
      tx.manager.createQueryBuilder(LookedUpRecord, 'seen').where({ accountId, sittingId }),
    ).getOne();
  }

  /** Who has confirmed to be the student of this record, and so has a registration with a copy of it. */
  confirmedFor(reader: Reader, recordId: string): Promise<LookedUpRecord | null> {
    return reader.manager.findOneBy(LookedUpRecord, { recordId, confirmed: true });
  }

  /** Which of these records somebody has confirmed to be. */
  async confirmedAmong(reader: Reader, recordIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (recordIds.length === 0) return new Set();
    const seen = await reader.manager.findBy(LookedUpRecord, {
      recordId: In([...recordIds]),
      confirmed: true,
    });
    return new Set(seen.map(({ recordId }) => recordId));
  }

  /** Remembers whom the account looked up last, unless it has confirmed somebody (R-QU-5). */
  async remember(tx: Tx, accountId: string, sittingId: string, recordId: string): Promise<void> {
    const seen = { recordId, lookedUpAt: tx.now };
    const moved = await tx.manager.update(LookedUpRecord, { accountId, sittingId, confirmed: false }, seen);
    if (moved.affected) return;
    try {
      await tx.manager.insert(LookedUpRecord, { accountId, sittingId, confirmed: false, ...seen });
    } catch (error) {
      // confirmed already, or looked up in another tab at this moment: either stands
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** From now on the account is about this student (R-QU-6). */
  async confirm(tx: Tx, accountId: string, sittingId: string, recordId: string): Promise<void> {
    await tx.manager.upsert(
      LookedUpRecord,
      { accountId, sittingId, recordId, confirmed: true, lookedUpAt: tx.now },
      ['accountId', 'sittingId'],
    );
  }

  /** The registration is gone: later look-ups may move on to another student. */
  async unconfirm(tx: Tx, accountId: string, sittingId: string): Promise<void> {
    await tx.manager.update(LookedUpRecord, { accountId, sittingId }, { confirmed: false });
  }
}
