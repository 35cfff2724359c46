import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type Enrolment,
  EnrolmentRepository,
  enrolmentIsUnpaid,
  notLockedBySchool,
  type Registration,
  RegistrationRepository,
  SeatHolding,
  WithOrdersClosed,
} from '../registration/index.js';
import { campusIsInsideItsWindow, VenueRepository } from '../sitting/index.js';
import { anotherWrittenSubjectRemains, noOralDependsOn } from './written-choice.rules.js';

/** R-WE-4: an unpaid written subject is given up inside the window, and its seat goes back. */
@Injectable()
export class GiveUpWrittenSubject {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly venues: VenueRepository,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly holding: SeatHolding,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, ENROLMENT_PAID, ENROLMENT_ENDED, LOCKED_BY_SCHOOL, WINDOW_NOT_OPEN, ORAL_DEPENDS, LAST_WRITTEN */
  async execute({ enrolmentId }: { enrolmentId: string }, actor: CandidateActor): Promise<void> {
    const reader = this.unitOfWork.read();
    const { registration } = await this.registrations.currentOf(reader, actor.accountId);
    await this.givable(reader, registration, enrolmentId);

    await this.withOrdersClosed.run(registration, [enrolmentId], async (tx, locked) => {
      const enrolment = await this.givable(tx, locked, enrolmentId);
      await this.holding.endEnrolment(tx, enrolment, 'GIVEN_UP', actorLabel(actor));
    });
  }

  private async givable(reader: Reader, registration: Registration, enrolmentId: string): Promise<Enrolment> {
    const enrolment = await this.enrolments.ofRegistration(reader, registration.id, enrolmentId, 'WRITTEN');
    const venue = await this.venues.get(reader, enrolment.venueId);
    const live = await this.enrolments.liveOf(reader, registration.id);
    enrolmentIsUnpaid(enrolment);
    notLockedBySchool(enrolment);
    campusIsInsideItsWindow(venue, reader.now);
    noOralDependsOn(enrolment, live);
    anotherWrittenSubjectRemains(live, enrolment);
    return enrolment;
  }
}
