import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import {
  type Enrolment,
  EnrolmentRepository,
  enrolmentIsUnpaid,
  payByOf,
  RegistrationRepository,
} from '../registration/index.js';
import { SittingRepository } from '../sitting/index.js';
import { theEnrolmentIsOfTheirSchool } from './enrolment-of-school.rules.js';
import { PaymentBatchRepository } from './payment-batch.repository.js';
import { enrolmentIsLocked, noBatchHoldsIt } from './payment-batch.rules.js';

/** R-PA-9: the school gives an enrolment back to the candidate, who has the policy's hours to pay from now on. */
@Injectable()
export class UnlockEnrolment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly batches: PaymentBatchRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, ENROLMENT_PAID, ENROLMENT_ENDED, NOT_LOCKED, IN_A_PAYMENT_BATCH */
  async execute({ enrolmentId, asShown }: { enrolmentId: string } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    const { registrationId } = await this.theirs(this.unitOfWork.read(), enrolmentId, actor);
    await this.unitOfWork.run(async (tx) => {
      await this.registrations.lockIfActive(tx, registrationId);
      await asShown?.(tx);
      const enrolment = await this.theirs(tx, enrolmentId, actor);
      enrolmentIsUnpaid(enrolment);
      enrolmentIsLocked(enrolment);
      noBatchHoldsIt((await this.batches.waiting(tx, [enrolmentId])).has(enrolmentId));
      const sitting = await this.sittings.byId(tx, enrolment.sittingId);
      const after = { lockedBySchool: false, payBy: payByOf(sitting, sitting.payHours, tx.now) };
      await this.enrolments.changeUnpaid(tx, enrolmentId, after);
      await this.auditTrail.record(tx, actor, {
        action: 'enrolment.unlock',
        rowId: enrolmentId,
        provinceCode: enrolment.candidateProvinceCode,
        schoolCode: enrolment.candidateSchoolCode,
        before: { lockedBySchool: enrolment.lockedBySchool, payBy: enrolment.payBy },
        after: { ...after, subjectCode: enrolment.subjectCode, campusCode: enrolment.campusCode },
      });
    });
  }

  private async theirs(reader: Reader, enrolmentId: string, actor: StaffActor): Promise<Enrolment> {
    const enrolment = await this.enrolments.byId(reader, enrolmentId);
    theEnrolmentIsOfTheirSchool(enrolment, actor);
    return enrolment;
  }
}
