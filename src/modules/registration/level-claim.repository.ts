import { Injectable } from '@nestjs/common';
import { insertAll, isUniqueViolation, updateCounting } from '../../platform/database/dialect.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LevelClaim } from './level-claim.entity.js';
import { LEVEL_CONFLICT } from './registration.rules.js';

@Injectable()
export class LevelClaimRepository {
  /** Takes levels for enrolments or waitlist entries. @throws LEVEL_CONFLICT if something holds one of them */
  async take(tx: Tx, ...claims: readonly LevelClaim[]): Promise<void> {
    try {
      await insertAll(tx.manager, LevelClaim, claims);
    } catch (error) {
      if (isUniqueViolation(error)) throw LEVEL_CONFLICT();
      throw error;
    }
  }

  /** Waitlist entries of these registrations have each become an enrolment, which holds the level from now on. */
  async pass(tx: Tx, registrationIds: readonly string[], became: ReadonlyMap<string, string>): Promise<void> {
    const passed = await updateCounting(
      tx.manager,
      `UPDATE level_claim SET holder = 'ENROLMENT', holder_id = CASE holder_id ${'WHEN ? THEN ? '.repeat(became.size)}END
       WHERE registration_id IN (${registrationIds.map(() => '?')})
         AND holder_id IN (${[...became].map(() => '?')})`,
      [...[...became].flat(), ...registrationIds, ...became.keys()],
    );
    if (passed !== became.size) throw new Error('A waitlist entry did not hold its level.');
  }

  /** Gives the level back. True: the registration holds nothing any more. */
  async giveBack(tx: Tx, held: Pick<LevelClaim, 'registrationId' | 'holderId'>): Promise<boolean> {
    const { registrationId, holderId } = held;
    await tx.manager.delete(LevelClaim, { registrationId, holderId });
    return !(await tx.manager.existsBy(LevelClaim, { registrationId }));
  }
}
