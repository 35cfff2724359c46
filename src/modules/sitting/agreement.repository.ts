import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Agreement } from './agreement.entity.js';

@Injectable()
export class AgreementRepository {
  /** The newest published version; the migrations publish the first. */
  current(reader: Reader): Promise<Agreement> {
    return reader.manager.findOneOrFail(Agreement, {
      where: { publishedAt: LessThanOrEqual(reader.now) },
      order: { version: 'DESC' },
    });
  }

  /** The version in force, held still until the transaction ends: whoever publishes the next waits. */
  lockCurrent(tx: Tx): Promise<Agreement> {
    return forUpdate(
      tx.manager
        .createQueryBuilder(Agreement, 'agreement')
        .where({ publishedAt: LessThanOrEqual(tx.now) })
        .orderBy('agreement.version', 'DESC')
        .limit(1),
    ).getOneOrFail();
  }

  /** Publishes a version now. */
  async add(tx: Tx, agreement: Omit<Agreement, 'publishedAt'>): Promise<void> {
    await tx.manager.insert(Agreement, { ...agreement, publishedAt: tx.now });
  }
}
