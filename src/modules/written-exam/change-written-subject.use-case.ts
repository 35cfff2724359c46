import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { type Reader, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type Enrolment,
  EnrolmentRepository,
  type EnrolmentShown,
  enrolmentIsUnpaid,
  LoadChoosingFacts,
  notLockedBySchool,
  type PricedVenue,
  type Registration,
  RegistrationRepository,
  SeatHolding,
  ShowEnrolments,
  WithOrdersClosed,
} from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';
import { campusIsInsideItsWindow, VenueRepository } from '../sitting/index.js';
import { noOralDependsOn, writtenSubjectCanBeChosen } from './written-choice.rules.js';

/** R-WE-4: an unpaid written subject is changed for another in one step; without the new seat nothing changes. */
@Injectable()
export class ChangeWrittenSubject {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly venues: VenueRepository,
    private readonly withOrdersClosed: WithOrdersClosed,
    private readonly holding: SeatHolding,
    private readonly showEnrolments: ShowEnrolments,
  ) {}

  /** @throws what giving up and choosing throw; its own venue again changes nothing */
  async execute(
    command: { enrolmentId: string; venueId: string },
    actor: CandidateActor,
  ): Promise<EnrolmentShown> {
    const { enrolmentId, venueId } = command;
    const reader = this.unitOfWork.read();
    const { registration, sitting } = await this.registrations.currentOf(reader, actor.accountId);
    const before = await this.changeable(reader, registration, sitting, command);
    if (before.enrolment.venueId !== venueId) {
      await this.withOrdersClosed.run(registration, [enrolmentId], async (tx, locked) => {
        const { enrolment, venue } = await this.changeable(tx, locked, sitting, command);
        await this.holding.change(tx, enrolment, venue, actorLabel(actor));
      });
    }
    const [shown] = await this.showEnrolments.execute(registration, [enrolmentId]);
    return shown!;
  }

  private async changeable(
    reader: Reader,
    registration: Registration,
    sitting: Sitting,
    { enrolmentId, venueId }: { enrolmentId: string; venueId: string },
  ): Promise<{ enrolment: Enrolment; venue: PricedVenue }> {
    const enrolment = await this.enrolments.ofRegistration(reader, registration.id, enrolmentId, 'WRITTEN');
    const from = await this.venues.get(reader, enrolment.venueId);
    const [venue] = await this.venues.chosen(reader, {
      ids: [venueId],
      sittingId: sitting.id,
      kind: 'WRITTEN',
    });
    const facts = await this.facts.of(reader, registration, sitting);
    enrolmentIsUnpaid(enrolment);
    notLockedBySchool(enrolment);
    campusIsInsideItsWindow(from, reader.now);
    noOralDependsOn(enrolment, facts.enrolments);
    const to: Parameters<typeof writtenSubjectCanBeChosen>[1] = venue!;
    writtenSubjectCanBeChosen(facts, to, reader.now, enrolment.id);
    return { enrolment, venue: to };
  }
}
