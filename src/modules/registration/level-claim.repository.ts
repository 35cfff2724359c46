import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LevelClaim } from './level-claim.entity.js';
import { LEVEL_CONFLICT } from './registration.rules.js';

@Injectable()
export class LevelClaimRepository {
  /** Takes the level for an enrolment or a waitlist entry. @throws LEVEL_CONFLICT if something holds it */
  async take(tx: Tx, claim: LevelClaim): Promise<void> {
    try {
      await tx.manager.insert(LevelClaim, claim);
    } catch (error) {
      if (isUniqueViolation(error)) throw LEVEL_CONFLICT();
      throw error;
    }
  }

  /** The waitlist entry has become an enrolment. */
  async pass(tx: Tx, entryId: string, claim: LevelClaim): Promise<void> {
    const { affected } = await tx.manager.update(
      LevelClaim,
      { registrationId: claim.registrationId, kind: claim.kind, level: claim.level, holderId: entryId },
      { holder: claim.holder, holderId: claim.holderId },
    );
    if (affected !== 1) throw new Error(`Waitlist entry ${entryId} did not hold its level.`);
  }

  /** Gives the level back. True: the registration holds nothing any more. */
  async giveBack(tx: Tx, held: Pick<LevelClaim, 'registrationId' | 'holderId'>): Promise<boolean> {
    const { registrationId, holderId } = held;
    await tx.manager.delete(LevelClaim, { registrationId, holderId });
    return !(await tx.manager.existsBy(LevelClaim, { registrationId }));
  }
}
