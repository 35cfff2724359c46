import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import type { Fen } from '../../kernel/money.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { ExamKind, ReportForm } from '../../kernel/words.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import {
  type Enrolment,
  EnrolmentRepository,
  type Registration,
  RegistrationRepository,
} from '../registration/index.js';
import { type Sitting, SittingRepository } from '../sitting/index.js';
import { HoldWhileUndecided } from './hold-while-undecided.js';
import { LoadPayableEnrolments, type PayableEnrolments } from './load-payable-enrolments.js';
import type { PaymentBatch } from './payment-batch.entity.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { theTransferPaysForAll } from './payment-batch.rules.js';
import type { PaymentBatchLine } from './payment-batch-line.entity.js';

export interface SubmitPaymentBatchCommand extends Shown {
  kind: ExamKind;
  /** What was transferred; the total of what the batch pays for, to the fen. */
  amountFen: Fen;
  transferReference: string;
  /** For written enrolments whose candidates have chosen none: R-SR-2 asks for one before paying. */
  reportForm: ReportForm;
}

/** R-PA-9: a school tells of the transfer that pays for all it has locked of one kind. Nothing is paid before a second person approves. */
@Injectable()
export class SubmitPaymentBatch {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly payable: LoadPayableEnrolments,
    private readonly batches: PaymentBatchRepository,
    private readonly holdWhileUndecided: HoldWhileUndecided,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NO_CURRENT_SITTING, NOTHING_LOCKED_TO_PAY, BATCH_AMOUNT_DIFFERS, TRANSFER_REFERENCE_USED */
  async execute(command: SubmitPaymentBatchCommand, actor: StaffActor): Promise<PaymentBatch> {
    onlyStaffOf(actor, 'SCHOOL');
    const schoolCode = actor.schoolCode!;
    return this.unitOfWork.run(async (tx) => {
      const sitting = await this.sittings.current(tx);
      const of = { sitting, schoolCode, kind: command.kind };
      const { registrations, payable, totalFen } = await this.lockPayable(tx, of);
      theTransferPaysForAll(payable, command.amountFen);
      await command.asShown?.(tx);

      const batch: PaymentBatch = {
        id: newId(),
        sittingId: sitting.id,
        provinceCode: actor.provinceCode ?? schoolCode.slice(0, 2),
        schoolCode,
        kind: command.kind,
        state: 'SUBMITTED',
        lineCount: payable.length,
        amountFen: totalFen,
        transferReference: command.transferReference.trim(),
        submittedBy: actor.staffId,
        submitterInvitedBy: actor.invitedBy ?? null,
        submittedAt: tx.now,
        decidedBy: null,
        decidedAt: null,
        reason: null,
        settledAt: null,
      };
      const names = new Map(registrations.map(({ id, details }) => [id, details.name]));
      await this.batches.add(
        tx,
        batch,
        payable.map((enrolment) => lineOf(batch, enrolment, names.get(enrolment.registrationId) ?? '')),
      );
      await this.holdWhileUndecided.begin(tx, payable);
      await this.chooseReportForms(tx, payable, command.reportForm);
      const { transferReference, lineCount, amountFen, kind } = batch;
      await this.auditTrail.record(tx, actor, {
        action: 'payment-batch.submit',
        rowId: batch.id,
        provinceCode: batch.provinceCode,
        schoolCode,
        after: { state: batch.state, kind, transferReference, lineCount, amountFen },
      });
      return batch;
    });
  }

  /**
   * Whoever unlocks or pays one of them holds its registration's lock too. What the school locks while this waits for
   * the others' comes in with the next look, and is locked then.
   */
  private async lockPayable(
    tx: Tx,
    of: { sitting: Sitting; schoolCode: string; kind: ExamKind },
  ): Promise<PayableEnrolments & { registrations: Registration[] }> {
    const asked = new Set<string>();
    for (let registrations: Registration[] = []; ; ) {
      const found = await this.payable.of(tx, of);
      const ids = found.payable.map(({ registrationId }) => registrationId);
      if (ids.every((id) => asked.has(id))) return { ...found, registrations };
      for (const id of ids) asked.add(id);
      registrations = await this.registrations.lockAll(tx, [...asked]);
    }
  }

  private async chooseReportForms(
    tx: Tx,
    enrolments: readonly Enrolment[],
    reportForm: ReportForm,
  ): Promise<void> {
    const without = enrolments.filter((enrolment) => enrolment.kind === 'WRITTEN' && !enrolment.reportForm);
    await this.enrolments.setReportForms(
      tx,
      without.map(({ id }) => id),
      reportForm,
    );
  }
}

function lineOf(batch: PaymentBatch, enrolment: Enrolment, name: string): PaymentBatchLine {
  const { id: enrolmentId, registrationId, subjectCode, campusCode, feeFen } = enrolment;
  const { provinceCode, schoolCode } = batch;
  return {
    id: newId(),
    batchId: batch.id,
    enrolmentId,
    registrationId,
    provinceCode,
    schoolCode,
    name,
    subjectCode,
    campusCode,
    feeFen,
    state: 'WAITING',
    orderId: null,
  };
}
