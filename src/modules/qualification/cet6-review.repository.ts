import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import type { Scope } from '../../kernel/scope.js';
import { assertMove } from '../../kernel/state-machine.js';
import { forUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import type { GivenDecision } from './cet6-given-decision.js';
import { Cet6Review } from './cet6-review.entity.js';
import { CET6_REVIEW_STATES, type Cet6ReviewState } from './cet6-review.machine.js';
import { REVIEW_EXISTS } from './cet6-review.rules.js';

@Injectable()
export class Cet6ReviewRepository {
  /** The account's review, unless it was deleted. */
  liveOf(reader: Reader, accountId: string): Promise<Cet6Review | null> {
    return reader.manager.findOneBy(Cet6Review, { accountId, state: Not('DELETED') });
  }

  /** The account's one row, a deleted one too, locked. */
  lockOf(tx: Tx, accountId: string): Promise<Cet6Review | null> {
    return forUpdate(tx.manager.createQueryBuilder(Cet6Review, 'review').where({ accountId })).getOne();
  }

  lock(tx: Tx, id: string): Promise<Cet6Review | null> {
    return forUpdate(tx.manager.createQueryBuilder(Cet6Review, 'review').where({ id })).getOne();
  }

  byId(reader: Reader, id: string): Promise<Cet6Review | null> {
    return reader.manager.findOneBy(Cet6Review, { id });
  }

  /** Those that are there, oldest submission first. */
  byIds(reader: Reader, ids: readonly string[]): Promise<Cet6Review[]> {
    return reader.manager.find(Cet6Review, {
      where: { id: In([...ids]) },
      order: { submittedAt: 'ASC', id: 'ASC' },
    });
  }

  /** Those with a decision that may still be taken back, or is about to be made. */
  given(reader: Reader): Promise<Cet6Review[]> {
    return reader.manager.findBy(Cet6Review, { finalAt: Not(IsNull()) });
  }

  /** Whose decisions are to be made by now, the first given first. */
  async due(reader: Reader, most: number): Promise<string[]> {
    const due = await reader.manager.find(Cet6Review, {
      select: { id: true },
      where: { finalAt: LessThanOrEqual(reader.now) },
      order: { finalAt: 'ASC', id: 'ASC' },
      take: most,
    });
    return due.map(({ id }) => id);
  }

  /** Oldest submission first. More than `countedTo` are not counted. */
  async queue(
    reader: Reader,
    scope: Scope,
    asked: { state: Cet6ReviewState; until?: Date; skip: number; take: number; countedTo: number },
  ): Promise<{ reviews: Cet6Review[]; total: number }> {
    if ('none' in scope) return { reviews: [], total: 0 };
    const { state, until, skip, take, countedTo } = asked;
    const where = {
      state,
      ...('all' in scope ? {} : scope),
      ...(until ? { submittedAt: LessThanOrEqual(until) } : {}),
    };
    const order = { submittedAt: 'ASC', id: 'ASC' } as const;
    const reviews = await reader.manager.find(Cet6Review, { where, order, skip, take });
    const [query, parameters] = reader.manager
      .createQueryBuilder(Cet6Review, 'review')
      .select('review.id', 'id')
      .where(where)
      .limit(countedTo)
      .getQueryAndParameters();
    const [counted] = await reader.manager.query<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM (${query}) counted`,
      parameters,
    );
    return { reviews, total: Number(counted!.n) };
  }

  /** The account's first. @throws REVIEW_EXISTS if another tab was quicker */
  async add(tx: Tx, review: Omit<Cet6Review, 'id'>): Promise<void> {
    try {
      await tx.manager.insert(Cet6Review, { ...review, id: newId() });
    } catch (error) {
      if (isUniqueViolation(error)) throw REVIEW_EXISTS();
      throw error;
    }
  }

  /** The review is this account's from now on, and what that account had the other's; both are locked. */
  async exchange(tx: Tx, review: Cet6Review, own: Cet6Review | null, accountId: string): Promise<void> {
    const give = (id: string, to: string) => tx.manager.update(Cet6Review, { id }, { accountId: to });
    // an account has one at most, at every moment
    if (own) await give(own.id, newId());
    await give(review.id, accountId);
    if (own) await give(own.id, review.accountId);
  }

  /** Compare-and-swap: false if another claim stands there, or somebody else has decided it. */
  async give(
    tx: Tx,
    { id, submissions }: Pick<Cet6Review, 'id' | 'submissions'>,
    given: GivenDecision,
    finalAt: Date,
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(
      Cet6Review,
      { id, submissions, state: 'PENDING', finalAt: IsNull() },
      { given, finalAt },
    );
    return affected === 1;
  }

  async dropGiven(tx: Tx, { id }: Pick<Cet6Review, 'id'>): Promise<void> {
    await tx.manager.update(Cet6Review, { id }, { given: null, finalAt: null });
  }

  /** Compare-and-swap; false if it is no longer in the state it was read in. */
  async move(
    tx: Tx,
    review: Pick<Cet6Review, 'id' | 'state'>,
    to: Cet6ReviewState,
    changes: Partial<Omit<Cet6Review, 'id' | 'state'>>,
  ): Promise<boolean> {
    assertMove(CET6_REVIEW_STATES, review.state, to);
    const { affected } = await tx.manager.update(
      Cet6Review,
      { id: review.id, state: review.state },
      { ...changes, state: to },
    );
    return affected === 1;
  }
}
