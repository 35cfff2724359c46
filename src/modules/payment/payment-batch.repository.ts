import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { inPieces } from '../../kernel/in-pieces.js';
import { assertMove } from '../../kernel/state-machine.js';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { PaymentBatch } from './payment-batch.entity.js';
import {
  PAYMENT_BATCH_LINE_STATES,
  PAYMENT_BATCH_STATES,
  type PaymentBatchLineState,
  type PaymentBatchState,
} from './payment-batch.machine.js';
import { IN_A_PAYMENT_BATCH, TRANSFER_REFERENCE_USED } from './payment-batch.rules.js';
import { PaymentBatchLine } from './payment-batch-line.entity.js';

/** Rows in one statement: far from what either engine takes. */
const AT_ONCE = 500;

/** What has become of the lines of a batch. */
export interface BatchOutcome {
  paid: { count: number; fen: number };
  unpayable: { count: number; fen: number };
}

@Injectable()
export class PaymentBatchRepository {
  /** @throws TRANSFER_REFERENCE_USED, IN_A_PAYMENT_BATCH as the unique indexes say */
  async add(tx: Tx, batch: PaymentBatch, lines: readonly PaymentBatchLine[]): Promise<void> {
    await unlessTaken(() => tx.manager.insert(PaymentBatch, batch), TRANSFER_REFERENCE_USED);
    for (const some of inPieces(lines, AT_ONCE))
      await unlessTaken(() => tx.manager.insert(PaymentBatchLine, some), IN_A_PAYMENT_BATCH);
  }

  byId(reader: Reader, id: string): Promise<PaymentBatch | null> {
    return reader.manager.findOneBy(PaymentBatch, { id });
  }

  /** Compare-and-swap; false when it was not in the state it was thought to be in. */
  async move(
    tx: Tx,
    batch: Pick<PaymentBatch, 'id' | 'state'>,
    to: PaymentBatchState,
    changes: Pick<Partial<PaymentBatch>, 'decidedBy' | 'reason'>,
  ): Promise<boolean> {
    assertMove(PAYMENT_BATCH_STATES, batch.state, to);
    const { affected } = await tx.manager.update(
      PaymentBatch,
      { id: batch.id, state: batch.state },
      { ...changes, state: to, decidedAt: tx.now },
    );
    return affected === 1;
  }

  /** A batch that came to nothing: its enrolments may stand in another one, or be unlocked. */
  async releaseLines(tx: Tx, batchId: string): Promise<void> {
    await tx.manager.update(PaymentBatchLine, { batchId, state: 'WAITING' }, { state: 'RELEASED' });
  }

  /** The enrolments of a batch that wait for what becomes of it. */
  async waitingIn(reader: Reader, batchId: string): Promise<string[]> {
    const lines = await reader.manager.findBy(PaymentBatchLine, { batchId, state: 'WAITING' });
    return lines.map(({ enrolmentId }) => enrolmentId);
  }

  /** Of these enrolments, those that wait in a batch. */
  async waiting(reader: Reader, enrolmentIds: readonly string[]): Promise<Set<string>> {
    const held = new Set<string>();
    for (const some of inPieces(enrolmentIds, AT_ONCE)) {
      const lines = await reader.manager.findBy(PaymentBatchLine, {
        enrolmentId: In(some),
        state: 'WAITING',
      });
      for (const { enrolmentId } of lines) held.add(enrolmentId);
    }
    return held;
  }

  /** The approved batches that are still to pay for one of these enrolments, and the registration each pays for. */
  approvedHolding(
    reader: Reader,
    enrolmentIds: readonly string[],
  ): Promise<{ batchId: string; registrationId: string }[]> {
    if (enrolmentIds.length === 0) return Promise.resolve([]);
    return reader.manager
      .createQueryBuilder(PaymentBatchLine, 'line')
      .innerJoin(PaymentBatch, 'batch', 'batch.id = line.batchId')
      .select('line.batchId', 'batchId')
      .addSelect('line.registrationId', 'registrationId')
      .where({ enrolmentId: In([...enrolmentIds]), state: 'WAITING' })
      .andWhere("batch.state = 'APPROVED'")
      .getRawMany();
  }

  /** Approved batches with lines that are still to be paid, oldest first. */
  async idsToSettle(reader: Reader): Promise<string[]> {
    const batches = await reader.manager.find(PaymentBatch, {
      select: { id: true },
      where: { state: 'APPROVED', settledAt: IsNull() },
      order: { id: 'ASC' },
    });
    return batches.map(({ id }) => id);
  }

  /** Registrations with lines of the batch that are still to be paid, in the order of their ids. */
  async registrationsToSettle(
    reader: Reader,
    batchId: string,
    { behind, limit }: { behind: string; limit: number },
  ): Promise<string[]> {
    const rows = await reader.manager
      .createQueryBuilder(PaymentBatchLine, 'line')
      .select('line.registrationId', 'registrationId')
      .where({ batchId, state: 'WAITING' })
      .andWhere('line.registrationId > :behind', { behind })
      .groupBy('line.registrationId')
      .orderBy('line.registrationId')
      .limit(limit)
      .getRawMany<{ registrationId: string }>();
    return rows.map(({ registrationId }) => registrationId);
  }

  /** What the batch is still to pay for a registration. */
  linesToSettle(reader: Reader, batchId: string, registrationId: string): Promise<PaymentBatchLine[]> {
    return reader.manager.find(PaymentBatchLine, {
      where: { batchId, registrationId, state: 'WAITING' },
      order: { id: 'ASC' },
    });
  }

  /** Compare-and-swap; false when the line does not wait any more. */
  async moveLine(
    tx: Tx,
    { id, state }: Pick<PaymentBatchLine, 'id' | 'state'>,
    to: PaymentBatchLineState,
    orderId: string,
  ): Promise<boolean> {
    assertMove(PAYMENT_BATCH_LINE_STATES, state, to);
    const { affected } = await tx.manager.update(PaymentBatchLine, { id, state }, { state: to, orderId });
    return affected === 1;
  }

  /** Every line has its outcome. */
  async markSettled(tx: Tx, batchId: string): Promise<void> {
    await tx.manager.update(PaymentBatch, { id: batchId, settledAt: IsNull() }, { settledAt: tx.now });
  }

  /** What each batch has paid and could not pay; one statement. */
  async outcomes(reader: Reader, batchIds: readonly string[]): Promise<ReadonlyMap<string, BatchOutcome>> {
    const outcomes = new Map<string, BatchOutcome>(
      batchIds.map((id) => [id, { paid: { count: 0, fen: 0 }, unpayable: { count: 0, fen: 0 } }]),
    );
    if (batchIds.length === 0) return outcomes;
    const rows = await reader.manager
      .createQueryBuilder(PaymentBatchLine, 'line')
      .select('line.batchId', 'batchId')
      .addSelect('line.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .addSelect('SUM(line.feeFen)', 'fen')
      .where({ batchId: In([...batchIds]), state: In(['PAID', 'UNPAYABLE']) })
      .groupBy('line.batchId')
      .addGroupBy('line.state')
      .getRawMany<{
        batchId: string;
        state: 'PAID' | 'UNPAYABLE';
        count: number | string;
        fen: number | string;
      }>();
    for (const { batchId, state, count, fen } of rows) {
      const sum = { count: Number(count), fen: Number(fen) };
      outcomes.get(batchId)![state === 'PAID' ? 'paid' : 'unpayable'] = sum;
    }
    return outcomes;
  }
}

async function unlessTaken(write: () => Promise<unknown>, taken: () => Error): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw taken();
  }
}
