import { Injectable } from '@nestjs/common';
import { In, LessThan, type ObjectLiteral } from 'typeorm';
import { DAYS, later } from '../../kernel/clock.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { StoredAnswer } from '../../platform/http/stored-answer.entity.js';
import { OneTimeCode } from './one-time-code.entity.js';
import { Session } from './session.entity.js';
import { UsedChallenge } from './used-challenge.entity.js';

/** What is kept for a time only: from which moment, and how long past it. */
const KEPT_FOR_A_TIME = {
  sessions: { entity: Session, id: 'id', moment: 'expiresAt', keptMs: 0 },
  codes: { entity: OneTimeCode, id: 'id', moment: 'expiresAt', keptMs: 0 },
  challenges: { entity: UsedChallenge, id: 'id', moment: 'expiresAt', keptMs: 0 },
  answers: { entity: StoredAnswer, id: 'id', moment: 'createdAt', keptMs: 1 * DAYS },
} as const;

export type KeptForATime = keyof typeof KEPT_FOR_A_TIME;
export const KEPT_FOR_A_TIME_KINDS = Object.keys(KEPT_FOR_A_TIME) as KeptForATime[];

@Injectable()
export class ExpiredRepository {
  /** Deletes at most `limit` rows whose time is over; says how many. Neither engine's DELETE has a portable limit. */
  async deleteSome(tx: Tx, kind: KeptForATime, limit: number): Promise<number> {
    const { entity, id, moment, keptMs } = KEPT_FOR_A_TIME[kind];
    const rows: ObjectLiteral[] = await tx.manager.find<ObjectLiteral>(entity, {
      select: { [id]: true },
      where: { [moment]: LessThan(later(tx.now, -keptMs)) },
      take: limit,
    });
    if (rows.length > 0)
      await tx.manager.delete<ObjectLiteral>(entity, { [id]: In(rows.map((row) => row[id])) });
    return rows.length;
  }
}
