import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { OneTimeCode } from './one-time-code.entity.js';
import { CODE_TRIES, type Tries } from './one-time-code.rules.js';

@Injectable()
export class OneTimeCodeRepository {
  /** Puts a fresh code in the place of an earlier one of the same asker. */
  async put(tx: Tx, code: Pick<OneTimeCode, 'id' | 'targetKey' | 'codeHash' | 'expiresAt'>): Promise<void> {
    await tx.manager.upsert(OneTimeCode, { ...code, attempts: 0, strangersAttempts: 0 }, ['id']);
  }

  /** Whoever asked for them. */
  live(reader: Reader, targetKey: string): Promise<OneTimeCode[]> {
    const where = { targetKey, expiresAt: MoreThan(reader.now) };
    return reader.manager.find(OneTimeCode, { where, order: { id: 'ASC' } });
  }

  /** Counts a try; false if there is none left of this kind. */
  async countTry(tx: Tx, id: string, kind: Tries): Promise<boolean> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(OneTimeCode)
      .set({ [kind]: () => `${kind === 'attempts' ? 'attempts' : 'strangers_attempts'} + 1` })
      .where(`id = :id AND ${kind} < :tries AND expiresAt > :now`, {
        id,
        tries: CODE_TRIES,
        now: tx.now,
      })
      .execute();
    return affected === 1;
  }

  /** Uses the code up, and with it all others of its target; false if somebody else has, or a newer one took its place. */
  async remove(
    tx: Tx,
    { id, targetKey, codeHash }: Pick<OneTimeCode, 'id' | 'targetKey' | 'codeHash'>,
  ): Promise<boolean> {
    const { affected } = await tx.manager.delete(OneTimeCode, { id, codeHash });
    if (affected !== 1) return false;
    await tx.manager.delete(OneTimeCode, { targetKey });
    return true;
  }
}
