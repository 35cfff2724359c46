import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { inPieces } from '../../kernel/in-pieces.js';
import { assertMove } from '../../kernel/state-machine.js';
import { forUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { CollectiveRegistration } from './collective-registration.entity.js';
import {
  COLLECTIVE_REGISTRATION_LINE_STATES,
  COLLECTIVE_REGISTRATION_STATES,
  type CollectiveRegistrationLineState,
  type CollectiveRegistrationState,
} from './collective-registration.machine.js';
import { CollectiveRegistrationLine } from './collective-registration-line.entity.js';

/** Rows in one statement: far from what either engine takes. */
const AT_ONCE = 500;

export type LineCounts = Readonly<Partial<Record<CollectiveRegistrationLineState, number>>>;

@Injectable()
export class CollectiveRegistrationRepository {
  async add(
    tx: Tx,
    registration: CollectiveRegistration,
    lines: readonly CollectiveRegistrationLine[],
  ): Promise<void> {
    await tx.manager.insert(CollectiveRegistration, registration);
    for (const some of inPieces(lines, AT_ONCE)) await tx.manager.insert(CollectiveRegistrationLine, some);
  }

  byId(reader: Reader, id: string): Promise<CollectiveRegistration | null> {
    return reader.manager.findOneBy(CollectiveRegistration, { id });
  }

  /** The list, which nobody else works on before this transaction ends. */
  lock(tx: Tx, id: string): Promise<CollectiveRegistration> {
    return forUpdate(
      tx.manager.createQueryBuilder(CollectiveRegistration, 'list').where({ id }),
    ).getOneOrFail();
  }

  /** Lists that have work left, oldest first. */
  async idsToWorkOff(reader: Reader): Promise<string[]> {
    const rows = await reader.manager.find(CollectiveRegistration, {
      select: { id: true },
      where: { state: In(['CHECKING', 'ENROLLING']) },
      order: { id: 'ASC' },
    });
    return rows.map(({ id }) => id);
  }

  /** Compare-and-swap; false when it was not in that state any more. */
  async move(
    tx: Tx,
    { id, state }: Pick<CollectiveRegistration, 'id' | 'state'>,
    to: CollectiveRegistrationState,
  ): Promise<boolean> {
    assertMove(COLLECTIVE_REGISTRATION_STATES, state, to);
    const ended = COLLECTIVE_REGISTRATION_STATES[to].length === 0;
    const { affected } = await tx.manager.update(
      CollectiveRegistration,
      { id, state },
      { state: to, ...(ended ? { endedAt: tx.now } : {}) },
    );
    return affected === 1;
  }

  /** The next lines of a list in this state, behind a position. */
  linesIn(
    reader: Reader,
    id: string,
    state: CollectiveRegistrationLineState,
    { behind, limit }: { behind: number; limit: number },
  ): Promise<CollectiveRegistrationLine[]> {
    return reader.manager
      .createQueryBuilder(CollectiveRegistrationLine, 'line')
      .where({ collectiveRegistrationId: id, state })
      .andWhere('line.position > :behind', { behind })
      .orderBy('line.position')
      .limit(limit)
      .getMany();
  }

  /** The line, which nobody else works on before this transaction ends. */
  lockLine(tx: Tx, id: string): Promise<CollectiveRegistrationLine> {
    return forUpdate(
      tx.manager.createQueryBuilder(CollectiveRegistrationLine, 'line').where({ id }),
    ).getOneOrFail();
  }

  /** Compare-and-swap; false when somebody else has worked on the line. */
  async moveLine(
    tx: Tx,
    { id, state }: Pick<CollectiveRegistrationLine, 'id' | 'state'>,
    to: CollectiveRegistrationLineState,
    changes: Pick<Partial<CollectiveRegistrationLine>, 'reason' | 'venueId' | 'enrolmentId'> = {},
  ): Promise<boolean> {
    assertMove(COLLECTIVE_REGISTRATION_LINE_STATES, state, to);
    const { affected } = await tx.manager.update(
      CollectiveRegistrationLine,
      { id, state },
      { ...changes, state: to, doneAt: tx.now },
    );
    return affected === 1;
  }

  /** Working on the line has failed once more. */
  async noteFailure(tx: Tx, { id, failures }: CollectiveRegistrationLine): Promise<void> {
    await tx.manager.update(CollectiveRegistrationLine, { id, failures }, { failures: failures + 1 });
  }

  /** How many lines of each list are in each state; one statement. */
  async counts(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, LineCounts>> {
    if (ids.length === 0) return new Map();
    const rows = await reader.manager
      .createQueryBuilder(CollectiveRegistrationLine, 'line')
      .select('line.collectiveRegistrationId', 'id')
      .addSelect('line.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .where({ collectiveRegistrationId: In([...ids]) })
      .groupBy('line.collectiveRegistrationId')
      .addGroupBy('line.state')
      .getRawMany<{ id: string; state: CollectiveRegistrationLineState; count: number | string }>();
    const counts = new Map<string, Partial<Record<CollectiveRegistrationLineState, number>>>();
    for (const { id, state, count } of rows) counts.set(id, { ...counts.get(id), [state]: Number(count) });
    return counts;
  }

  /** How many seats of a venue the lines found ready would take. */
  readyAt(reader: Reader, id: string, venueId: string): Promise<number> {
    return reader.manager.countBy(CollectiveRegistrationLine, {
      collectiveRegistrationId: id,
      state: 'READY',
      venueId,
    });
  }
}
