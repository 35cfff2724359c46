import { Injectable, Logger } from '@nestjs/common';
import { newId, newNeeaId } from '../../kernel/ids.js';
import { totalFen } from '../../kernel/money.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EnrolmentRepository, type Registration, RegistrationRepository } from '../registration/index.js';
import { type Sitting, SittingRepository } from '../sitting/index.js';
import { BANK_TRANSFER } from './gateways/bank-transfer-gateway.js';
import type { PaymentBatch } from './payment-batch.entity.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import type { PaymentBatchLine } from './payment-batch-line.entity.js';
import { type OrderWithLines, PaymentOrderRepository } from './payment-order.repository.js';
import { purposeOf } from './payment-texts.js';
import { SettlePayment } from './settle-payment.use-case.js';
import { allLinesArePayable } from './settlement.rules.js';
import { TellMoneyDueBack } from './tell-money-due-back.js';

const BATCH = 100;

interface Settled {
  registrations: number;
  /** In trouble; the next run tries again. */
  postponed: number;
}

/**
 * R-PA-9: an approved transfer pays for each registration by an order of its own, settled like every other; what has
 * ended meanwhile gets an order too, whose money is due back. Killed, run twice or side by side, each line is paid once.
 */
@Injectable()
export class SettlePaymentBatches {
  private readonly logger = new Logger(SettlePaymentBatches.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly batches: PaymentBatchRepository,
    private readonly orders: PaymentOrderRepository,
    private readonly settlePayment: SettlePayment,
    private readonly tellMoneyDueBack: TellMoneyDueBack,
  ) {}

  /** One batch, or every batch that is approved and not settled. */
  async execute({ batchId }: { batchId?: string } = {}): Promise<Settled> {
    const total: Settled = { registrations: 0, postponed: 0 };
    const ids = batchId ? [batchId] : await this.batches.idsToSettle(this.unitOfWork.read());
    for (const id of ids) await this.settleBatch(id, total);
    return total;
  }

  /** What an approved batch pays for one registration, all of it once. False: there was nothing left to pay. */
  settleRegistration(batchId: string, registrationId: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      // the lock that everybody takes first who changes what a registration holds; also the lines are read under it
      const registration = await this.registrations.lockEvenIfDeleted(tx, registrationId);
      const batch = await this.batches.byId(tx, batchId);
      const lines = await this.batches.linesToSettle(tx, batchId, registrationId);
      if (batch?.state !== 'APPROVED' || lines.length === 0) return false;

      const sitting = await this.sittings.byId(tx, batch.sittingId);
      const enrolments = await this.enrolments.byIds(
        tx,
        lines.map(({ enrolmentId }) => enrolmentId),
      );
      const payable = lines.filter((line) => allLinesArePayable([line], enrolments));
      const ended = lines.filter((line) => !payable.includes(line));
      for (const some of [payable, ended]) {
        if (some.length > 0)
          await this.payFor(tx, { batch, lines: some, registration: registration!, sitting });
      }
      return true;
    });
  }

  private async settleBatch(batchId: string, total: Settled): Promise<void> {
    let postponed = 0;
    for (let behind = ''; ; ) {
      const reader = this.unitOfWork.read();
      const ids = await this.batches.registrationsToSettle(reader, batchId, { behind, limit: BATCH });
      for (const id of ids) {
        try {
          if (await this.settleRegistration(batchId, id)) total.registrations++;
        } catch (error) {
          postponed++;
          this.logger.warn(`Batch ${batchId} could not pay for registration ${id} yet: ${String(error)}`);
        }
      }
      if (ids.length < BATCH) break;
      behind = ids.at(-1)!;
    }
    total.postponed += postponed;
    if (postponed === 0) await this.unitOfWork.run((tx) => this.batches.markSettled(tx, batchId));
  }

  private async payFor(
    tx: Tx,
    paid: {
      batch: PaymentBatch;
      lines: readonly PaymentBatchLine[];
      registration: Registration;
      sitting: Sitting;
    },
  ): Promise<void> {
    const { batch, lines, registration } = paid;
    const order = orderFor(paid, tx.now);
    await this.orders.add(tx, order);
    const verdict = await this.settlePayment.settleWithin(tx, {
      gateway: BANK_TRANSFER,
      claim: {
        neeaId: order.neeaId,
        amountFen: order.amountFen,
        tradeNumber: batch.transferReference,
        method: BANK_TRANSFER,
        paidAt: batch.decidedAt ?? tx.now,
      },
      evidence: JSON.stringify({
        batchId: batch.id,
        submittedBy: batch.submittedBy,
        approvedBy: batch.decidedBy,
      }),
    });
    if (verdict !== 'APPLIED' && verdict !== 'ESCALATED')
      throw new Error(`An order of our own was found to be ${verdict}.`);
    const state = verdict === 'APPLIED' ? 'PAID' : 'UNPAYABLE';
    for (const line of lines)
      if (!(await this.batches.moveLine(tx, line, state, order.id)))
        throw new Error('A line moved although its registration was locked.');
    if (state === 'UNPAYABLE')
      await this.tellMoneyDueBack.execute(tx, { order, accountId: registration.accountId });
  }
}

function orderFor(
  {
    batch,
    lines,
    registration,
    sitting,
  }: {
    batch: PaymentBatch;
    lines: readonly PaymentBatchLine[];
    registration: Registration;
    sitting: Sitting;
  },
  now: Date,
): OrderWithLines {
  const id = newId();
  return {
    id,
    neeaId: newNeeaId(),
    registrationId: registration.id,
    batchId: batch.id,
    repeatedOrderId: null,
    sittingId: batch.sittingId,
    provinceCode: batch.provinceCode,
    schoolCode: batch.schoolCode,
    kind: batch.kind,
    gateway: BANK_TRANSFER,
    purpose: purposeOf(sitting),
    payerName: registration.details.name,
    amountFen: totalFen(lines.map(({ feeFen }) => feeFen)),
    state: 'OPEN',
    outcome: null,
    platformTradeNumber: null,
    method: null,
    expiresAt: now,
    createdAt: now,
    paidAt: null,
    closedAt: null,
    lines: lines.map(({ enrolmentId, subjectCode, campusCode, feeFen }) => ({
      orderId: id,
      enrolmentId,
      subjectCode,
      campusCode,
      feeFen,
      reportForm: null,
    })),
  };
}
