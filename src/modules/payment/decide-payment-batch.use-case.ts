import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import type { Fen } from '../../kernel/money.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { aSecondPersonDecides, nobodyApprovesForWhomTheyInvited } from '../../kernel/second-person.rules.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { HoldWhileUndecided } from './hold-while-undecided.js';
import type { PaymentBatch } from './payment-batch.entity.js';
import type { PaymentBatchState } from './payment-batch.machine.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { BATCH_DECIDED, theBatchAwaitsADecision, theWholeAmountWasReceived } from './payment-batch.rules.js';

/**
 * R-PA-9: a second person, who sees the account the money comes to (province or authority), approves a batch or rejects
 * it; the school may take it back before that. Of several at the same moment one decides.
 */
@Injectable()
export class DecidePaymentBatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly batches: PaymentBatchRepository,
    private readonly holdWhileUndecided: HoldWhileUndecided,
    private readonly auditTrail: AuditTrail,
  ) {}

  /**
   * Everything it holds is paid for, one registration after the other, right after this.
   * @throws NOT_YOUR_ROLE, NOT_FOUND, BATCH_DECIDED, SECOND_PERSON_NEEDED, SUBMITTER_INVITED_BY_YOU,
   * RECEIVED_AMOUNT_DIFFERS
   */
  async approve(
    { batchId, receivedFen, asShown }: { batchId: string; receivedFen: Fen } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    onlyStaffOf(actor, 'PROVINCE', 'CENTRAL');
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.undecided(tx, batchId, actor);
      aSecondPersonDecides(batch, actor);
      nobodyApprovesForWhomTheyInvited(batch, actor);
      theWholeAmountWasReceived(batch, receivedFen);
      await asShown?.(tx);
      await this.decide(tx, batch, 'APPROVED', actor);
      tx.wake('payment.settle-batches', { batchId });
    });
  }

  /** Its enrolments stay locked, for another batch. @throws NOT_YOUR_ROLE, NOT_FOUND, BATCH_DECIDED, SECOND_PERSON_NEEDED */
  async reject(
    { batchId, reason, asShown }: { batchId: string; reason: string } & Shown,
    actor: StaffActor,
  ): Promise<void> {
    onlyStaffOf(actor, 'PROVINCE', 'CENTRAL');
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.undecided(tx, batchId, actor);
      aSecondPersonDecides(batch, actor);
      await asShown?.(tx);
      await this.decide(tx, batch, 'REJECTED', actor, reason);
      await this.holdWhileUndecided.end(tx, batch);
      await this.batches.releaseLines(tx, batchId);
    });
  }

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, BATCH_DECIDED */
  async withdraw({ batchId, asShown }: { batchId: string } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    return this.unitOfWork.run(async (tx) => {
      const batch = await this.undecided(tx, batchId, actor);
      await asShown?.(tx);
      await this.decide(tx, batch, 'WITHDRAWN', actor);
      await this.holdWhileUndecided.end(tx, batch);
      await this.batches.releaseLines(tx, batchId);
    });
  }

  private async undecided(tx: Tx, batchId: string, actor: StaffActor): Promise<PaymentBatch> {
    const batch = await this.batches.byId(tx, batchId);
    if (!batch || !covers(scopeOf(actor), batch)) throw NOT_FOUND();
    theBatchAwaitsADecision(batch);
    return batch;
  }

  private async decide(
    tx: Tx,
    batch: PaymentBatch,
    state: PaymentBatchState,
    actor: StaffActor,
    reason: string | null = null,
  ): Promise<void> {
    if (!(await this.batches.move(tx, batch, state, { decidedBy: actor.staffId, reason })))
      throw BATCH_DECIDED();
    await this.auditTrail.record(tx, actor, {
      action: 'payment-batch.decide',
      rowId: batch.id,
      provinceCode: batch.provinceCode,
      schoolCode: batch.schoolCode,
      before: { state: batch.state, reason: null },
      after: { state, reason, ...whatItPays(batch) },
    });
  }
}

/** What was decided on. */
function whatItPays({ kind, transferReference, lineCount, amountFen }: PaymentBatch) {
  return { kind, transferReference, lineCount, amountFen };
}
