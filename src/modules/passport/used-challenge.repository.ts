import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { UsedChallenge } from './used-challenge.entity.js';

@Injectable()
export class UsedChallengeRepository {
  /** False if it was used before; the primary key decides. */
  async use(tx: Tx, challenge: { id: string; expiresAt: Date }): Promise<boolean> {
    try {
      await tx.manager.insert(UsedChallenge, challenge);
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }
}
