import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EndRegistration } from './end-registration.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { RegistrationRepository } from './registration.repository.js';
import { nothingIsPaid, notLockedBySchool } from './registration.rules.js';
import { WithOrdersClosed } from './with-orders-closed.js';

/** R-QU-8, 删除报名信息: while nothing is paid; seats go back, waitlist entries end. */
@Injectable()
export class DeleteRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly endRegistration: EndRegistration,
  ) {}

  /** @throws NOT_REGISTERED, HAS_PAID_ENROLMENT, LOCKED_BY_SCHOOL, GATEWAY_UNAVAILABLE */
  async execute(actor: CandidateActor): Promise<void> {
    const reader = this.unitOfWork.read();
    const { registration } = await this.registrations.currentOf(reader, actor.accountId);
    const before = await this.enrolments.liveOf(reader, registration.id);
    nothingIsPaid(before);
    before.forEach(notLockedBySchool);

    await this.withOrdersClosed.run(registration, 'ALL', async (tx, locked) => {
      const enrolments = await this.enrolments.liveOf(tx, locked.id);
      nothingIsPaid(enrolments);
      enrolments.forEach(notLockedBySchool);
      await this.endRegistration.execute(tx, locked, { because: 'CANDIDATE', cause: actorLabel(actor) });
    });
  }
}
