import { Injectable } from '@nestjs/common';
import { assertMove } from '../../kernel/state-machine.js';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { OwnerChange } from './owner-change.entity.js';
import { OWNER_CHANGE_STATES, type OwnerChangeState } from './owner-change.machine.js';
import { OWNER_CHANGE_WAITING } from './owner-change.rules.js';

@Injectable()
export class OwnerChangeRepository {
  /** @throws OWNER_CHANGE_WAITING as the unique index says: of one account one change waits at a time */
  async add(tx: Tx, change: OwnerChange): Promise<void> {
    try {
      await tx.manager.insert(OwnerChange, change);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw OWNER_CHANGE_WAITING();
    }
  }

  byId(reader: Reader, id: string): Promise<OwnerChange | null> {
    return reader.manager.findOneBy(OwnerChange, { id });
  }

  /** Compare-and-swap; false when it was not in that state any more. */
  async move(
    tx: Tx,
    { id, state }: Pick<OwnerChange, 'id' | 'state'>,
    to: OwnerChangeState,
    changes: Pick<Partial<OwnerChange>, 'decidedBy' | 'decisionReason'>,
  ): Promise<boolean> {
    assertMove(OWNER_CHANGE_STATES, state, to);
    const { affected } = await tx.manager.update(
      OwnerChange,
      { id, state },
      { ...changes, state: to, decidedAt: tx.now },
    );
    return affected === 1;
  }
}
