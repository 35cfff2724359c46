import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { forUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { DEFAULT_POLICIES, Sitting } from './sitting.entity.js';
import { NO_CURRENT_SITTING, SITTING_NOT_FOUND } from './sitting.rules.js';

@Injectable()
export class SittingRepository {
  /** The sitting candidates register for now. @throws NO_CURRENT_SITTING */
  async current(reader: Reader): Promise<Sitting> {
    const sitting = await this.currentIfAny(reader);
    if (!sitting) throw NO_CURRENT_SITTING();
    return sitting;
  }

  currentIfAny(reader: Reader): Promise<Sitting | null> {
    return reader.manager.findOneBy(Sitting, { current: true });
  }

  byId(reader: Reader, id: string): Promise<Sitting> {
    return reader.manager.findOneByOrFail(Sitting, { id });
  }

  /** A sitting by the id staff sent. @throws NOT_FOUND */
  async asked(reader: Reader, id: string): Promise<Sitting> {
    const sitting = await reader.manager.findOneBy(Sitting, { id });
    if (!sitting) throw NOT_FOUND();
    return sitting;
  }

  /** The same, held still until the transaction ends. @throws NOT_FOUND */
  async lock(tx: Tx, id: string): Promise<Sitting> {
    const sitting = await forUpdate(tx.manager.createQueryBuilder(Sitting, 'sitting').where({ id })).getOne();
    if (!sitting) throw NOT_FOUND();
    return sitting;
  }

  async change(tx: Tx, id: string, changes: Partial<Sitting>): Promise<void> {
    if (Object.keys(changes).length > 0) await tx.manager.update(Sitting, { id }, changes);
  }

  all(reader: Reader): Promise<Sitting[]> {
    return reader.manager.find(Sitting, { order: { number: 'ASC' } });
  }

  byNumber(reader: Reader, number: number): Promise<Sitting | null> {
    return reader.manager.findOneBy(Sitting, { number });
  }

  /** The sitting of this number, or the current one when none is given. @throws SITTING_NOT_FOUND, NO_CURRENT_SITTING */
  async numbered(reader: Reader, number: number | undefined): Promise<Sitting> {
    if (number === undefined) return this.current(reader);
    const sitting = await this.byNumber(reader, number);
    if (!sitting) throw SITTING_NOT_FOUND({ values: { number } });
    return sitting;
  }

  /** Adds a sitting with the default policies where none are given. */
  async add(tx: Tx, sitting: Pick<Sitting, 'number' | 'name'> & Partial<Sitting>): Promise<Sitting> {
    const row = tx.manager.create(Sitting, {
      ...DEFAULT_POLICIES,
      paymentEndsAt: null,
      reportChangeOpensAt: null,
      reportChangeClosesAt: null,
      current: false,
      ...sitting,
      id: newId(),
      createdAt: tx.now,
    });
    await tx.manager.insert(Sitting, row);
    return row;
  }

  /** Makes this sitting the one candidates register for. */
  async makeCurrent(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(Sitting, { current: true }, { current: false });
    await tx.manager.update(Sitting, { id }, { current: true });
  }
}
