import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LookedUpRecords } from '../qualification/index.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { RegistrationRepository } from './registration.repository.js';
import { nothingIsPaid, notLockedBySchool } from './registration.rules.js';
import { SeatHolding } from './seat-holding.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';
import { WithOrdersClosed } from './with-orders-closed.js';

/** R-QU-8, 删除报名信息: while nothing is paid; seats go back, waitlist entries end. */
@Injectable()
export class DeleteRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
    private readonly holding: SeatHolding,
    private readonly lookedUp: LookedUpRecords,
  ) {}

  /** @throws NOT_REGISTERED, HAS_PAID_ENROLMENT, LOCKED_BY_SCHOOL, GATEWAY_UNAVAILABLE */
  async execute(actor: CandidateActor): Promise<void> {
    const reader = this.unitOfWork.read();
    const { registration } = await this.registrations.currentOf(reader, actor.accountId);
    const before = await this.enrolments.liveOf(reader, registration.id);
    nothingIsPaid(before);
    before.forEach(notLockedBySchool);

    await this.withOrdersClosed.run(registration.id, 'ALL', async (tx, locked) => {
      const enrolments = await this.enrolments.liveOf(tx, locked.id);
      nothingIsPaid(enrolments);
      enrolments.forEach(notLockedBySchool);
      const entries = await this.entries.waitingOf(tx, locked.id);

      const cause = actorLabel(actor);
      const endings = [
        ...enrolments.map((enrolment) => ({
          venueId: enrolment.venueId,
          end: () => this.holding.endEnrolment(tx, enrolment, 'GIVEN_UP', cause),
        })),
        ...entries.map((entry) => ({
          venueId: entry.venueId,
          end: () => this.holding.endEntry(tx, entry, 'CANCELLED', 'REGISTRATION_DELETED', cause),
        })),
      ].sort((a, b) => (a.venueId < b.venueId ? -1 : 1));
      // before any venue is touched: a round that passes over this registration still holds its entry in the index
      await this.registrations.markDeleted(tx, locked, 'CANDIDATE');
      for (const { end } of endings) await end();
      await this.lookedUp.unconfirm(tx, locked.accountId, locked.sittingId);
    });
  }
}
