import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { OneTimeCode } from './one-time-code.entity.js';
import { CODE_TRIES } from './one-time-code.rules.js';

@Injectable()
export class OneTimeCodeRepository {
  /** Puts a fresh code in the place of an earlier one. */
  async put(tx: Tx, code: { targetKey: string; codeHash: string; expiresAt: Date }): Promise<void> {
    await tx.manager.upsert(OneTimeCode, { ...code, attempts: 0 }, ['targetKey']);
  }

  /** Counts a try and gives what it is to be compared with; undefined if there is no code left to try. */
  async countTry(tx: Tx, targetKey: string): Promise<OneTimeCode | undefined> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(OneTimeCode)
      .set({ attempts: () => 'attempts + 1' })
      .where('targetKey = :targetKey AND attempts < :tries AND expiresAt > :now', {
        targetKey,
        tries: CODE_TRIES,
        now: tx.now,
      })
      .execute();
    if (affected !== 1) return undefined;
    return (await tx.manager.findOneBy(OneTimeCode, { targetKey })) ?? undefined;
  }

  /** Uses the code up; false if somebody else has, or a newer one has taken its place. */
  async remove(tx: Tx, code: Pick<OneTimeCode, 'targetKey' | 'codeHash'>): Promise<boolean> {
    const { targetKey, codeHash } = code;
    const { affected } = await tx.manager.delete(OneTimeCode, { targetKey, codeHash });
    return affected === 1;
  }
}
