import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import {
  type Enrolment,
  EnrolmentRepository,
  payByWhileLocked,
  WithOrdersClosed,
} from '../registration/index.js';
import { type Sitting, SittingRepository, VenueRepository } from '../sitting/index.js';
import { theEnrolmentIsOfTheirSchool } from './enrolment-of-school.rules.js';
import { enrolmentCanBeLocked } from './payment-batch.rules.js';

/**
 * R-PA-9: the school takes an unpaid enrolment over to pay for it: the candidate can neither pay nor give it up. An
 * order they could still pay is closed at the platform first; if they have paid it, nothing is locked (R-PA-7).
 */
@Injectable()
export class LockEnrolment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, the refusals of `enrolmentCanBeLocked`, GATEWAY_UNAVAILABLE, TRY_AGAIN */
  async execute({ enrolmentId, asShown }: { enrolmentId: string } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    const { registrationId } = (await this.lockable(this.unitOfWork.read(), enrolmentId, actor)).enrolment;
    await this.withOrdersClosed.run({ id: registrationId }, [enrolmentId], async (tx) => {
      const { enrolment, sitting } = await this.lockable(tx, enrolmentId, actor);
      await asShown?.(tx);
      const venue = await this.venues.get(tx, enrolment.venueId);
      const after = { lockedBySchool: true, payBy: payByWhileLocked(enrolment, sitting, venue) };
      await this.enrolments.changeUnpaid(tx, enrolmentId, after);
      await this.auditTrail.record(tx, actor, {
        action: 'enrolment.lock',
        rowId: enrolmentId,
        provinceCode: enrolment.candidateProvinceCode,
        schoolCode: enrolment.candidateSchoolCode,
        before: { lockedBySchool: enrolment.lockedBySchool, payBy: enrolment.payBy },
        after: { ...after, subjectCode: enrolment.subjectCode, campusCode: enrolment.campusCode },
      });
    });
  }

  private async lockable(
    reader: Reader,
    enrolmentId: string,
    actor: StaffActor,
  ): Promise<{ enrolment: Enrolment; sitting: Sitting }> {
    const enrolment = await this.enrolments.byId(reader, enrolmentId);
    theEnrolmentIsOfTheirSchool(enrolment, actor);
    const sitting = await this.sittings.byId(reader, enrolment.sittingId);
    enrolmentCanBeLocked(enrolment, sitting, reader.now);
    return { enrolment, sitting };
  }
}
