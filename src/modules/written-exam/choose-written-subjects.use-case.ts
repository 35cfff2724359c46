import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type EnrolmentShown,
  LoadChoosingFacts,
  payByOf,
  RegistrationRepository,
  SeatHolding,
  ShowEnrolments,
} from '../registration/index.js';
import { VenueRepository } from '../sitting/index.js';
import { writtenSubjectsCanBeChosen } from './written-choice.rules.js';

/** 笔试报考: enrols in all chosen subjects, or in none (R-WE-1 to 3, R-WE-9). */
@Injectable()
export class ChooseWrittenSubjects {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly venues: VenueRepository,
    private readonly holding: SeatHolding,
    private readonly showEnrolments: ShowEnrolments,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, the refusals of `writtenSubjectCanBeChosen`, SEATS_FULL, QUEUE_AHEAD */
  async execute(
    { venueIds }: { venueIds: readonly string[] },
    actor: CandidateActor,
  ): Promise<EnrolmentShown[]> {
    const { registration, enrolments } = await this.unitOfWork.run(async (tx) => {
      const { registration, sitting } = await this.registrations.lockCurrentOf(tx, actor.accountId);
      const facts = await this.facts.of(tx, registration, sitting);
      const venues = await this.venues.chosen(tx, { ids: venueIds, sittingId: sitting.id, kind: 'WRITTEN' });

      writtenSubjectsCanBeChosen(facts, venues, tx.now);

      const enrolling = {
        registration,
        payBy: payByOf(sitting, sitting.payHours, tx.now),
        enrolledBy: 'CANDIDATE' as const,
        cause: actorLabel(actor),
      };
      return { registration, enrolments: await this.holding.enrol(tx, enrolling, venues) };
    });
    return this.showEnrolments.execute(
      registration,
      enrolments.map(({ id }) => id),
    );
  }
}
