import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import {
  LoadChoosingFacts,
  RegistrationRepository,
  SeatHolding,
  WaitlistEntryRepository,
  WaitlistEntryShown,
} from '../registration/index.js';
import { noSeatIsFree, SEATS_AVAILABLE, VenueRepository } from '../sitting/index.js';
import { candidateMayWaitFor } from './waiting.rules.js';

/** 提交候补: joins the queue of a venue that has no seat left, at its end (R-WL-1, R-WL-2). */
@Injectable()
export class JoinWaitlist {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly venues: VenueRepository,
    private readonly holding: SeatHolding,
    private readonly entries: WaitlistEntryRepository,
  ) {}

  /** @throws NOT_REGISTERED, NOT_FOUND, SEATS_AVAILABLE and the refusals of enrolling */
  async execute({ venueId }: { venueId: string }, actor: CandidateActor): Promise<WaitlistEntryShown> {
    const joined = await this.unitOfWork.run(async (tx) => {
      const { registration, sitting } = await this.registrations.lockCurrentOf(tx, actor.accountId);
      const facts = await this.facts.of(tx, registration, sitting);
      const venue = await this.venues.byId(tx, venueId);
      if (venue?.sittingId !== sitting.id) throw NOT_FOUND();

      candidateMayWaitFor(facts, venue, tx.now);
      noSeatIsFree(venue);

      const entry = await this.holding.join(tx, registration, venue, actorLabel(actor));
      if (!entry) throw SEATS_AVAILABLE();
      return entry;
    });
    const shown = await this.entries.withPlaces(this.unitOfWork.read(), joined.registrationId);
    return WaitlistEntryShown.of(shown.find(({ id }) => id === joined.id)!);
  }
}
