import { Injectable } from '@nestjs/common';
import { actorLabel, type CandidateActor } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { ExamKind } from '../../kernel/words.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Together } from '../../platform/together.js';
import {
  aSeatIsFree,
  SchoolRepository,
  type Venue,
  VenueRepository,
  type VenueWithPlaces,
} from '../sitting/index.js';
import type { ChoosingFacts } from './choosing.rules.js';
import { payByOf } from './deadlines.rules.js';
import { EnrolmentShown } from './enrolment.dto.js';
import type { Enrolment } from './enrolment.entity.js';
import { LoadChoosingFacts } from './load-choosing-facts.js';
import { RegistrationRepository } from './registration.repository.js';
import { NOT_REGISTERED } from './registration.rules.js';
import { type Enrolling, type PricedVenue, SeatHolding } from './seat-holding.js';

/** The rules of choosing these venues, all of them together. */
export type MayChoose = (
  facts: ChoosingFacts,
  venues: readonly Venue[],
  now: Date,
) => asserts venues is readonly PricedVenue[];

interface Choice {
  actor: CandidateActor;
  venueIds: readonly string[];
  kind: ExamKind;
  mayChoose: MayChoose;
}

interface Admitted extends Enrolling {
  venues: readonly PricedVenue[];
}

/**
 * Direct enrolment, written or oral. Those who choose while others are being served are served next and together: one
 * transaction locks their registrations, reads what the rules need, asks the rules of each, and claims the seats of
 * all who may, in the order they came. A refusal is its candidate's alone.
 */
@Injectable()
export class ChooseSubjects {
  private readonly together = new Together<Choice, EnrolmentShown[]>((choices) => this.serve(choices), {
    most: 50,
    rounds: 2,
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly registrations: RegistrationRepository,
    private readonly facts: LoadChoosingFacts,
    private readonly venues: VenueRepository,
    private readonly schools: SchoolRepository,
    private readonly holding: SeatHolding,
  ) {}

  /**
   * Enrols in all of these venues, or in none.
   * @throws NOT_REGISTERED, NOT_FOUND, what `mayChoose` throws, LEVEL_CONFLICT, SEATS_FULL, QUEUE_AHEAD
   */
  execute(choice: Choice): Promise<EnrolmentShown[]> {
    return this.together.ask(choice);
  }

  private async serve(choices: readonly Choice[]): Promise<(EnrolmentShown[] | Error)[]> {
    try {
      return await this.unitOfWork.run((tx) => this.serveAll(tx, choices));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (choices.length === 1) return [error];
      // not seats enough for all of them: who comes first is served first, each in a transaction of their own
      const answers: (EnrolmentShown[] | Error)[] = [];
      for (const choice of choices) answers.push(...(await this.serve([choice])));
      return answers;
    }
  }

  private async serveAll(tx: Tx, choices: readonly Choice[]): Promise<(EnrolmentShown[] | Error)[]> {
    const { sitting, registrations } = await this.registrations.lockCurrentOfAll(
      tx,
      choices.map(({ actor }) => actor.accountId),
    );
    const allFacts = await this.facts.ofAll(tx, [...registrations.values()], sitting);
    const factsByAccount = new Map(allFacts.map((facts) => [facts.registration.accountId, facts]));
    const venues = await this.venues.withPlaces(
      tx,
      choices.flatMap(({ venueIds }) => venueIds),
    );

    const decided = choices.map((choice) => {
      try {
        return this.admit(choice, factsByAccount.get(choice.actor.accountId), venues, tx.now);
      } catch (error) {
        if (error instanceof DomainError) return error;
        throw error;
      }
    });

    const admitted = decided.filter((one): one is Admitted => !(one instanceof Error));
    const made = await this.holding.enrolAll(tx, admitted);
    const oralTicketTimes = await this.schools.oralTicketTimes(tx, sitting.id, provincesOf(made.flat()));
    const shown = new Map(
      admitted.map((one, i) => [
        one,
        made[i]!.map((enrolment) => {
          const { campus, school, ...venue } = venues.get(enrolment.venueId)!;
          return EnrolmentShown.of(
            { ...enrolment, venue, campus, school },
            oralTicketTimes.get(one.registration.details.provinceCode) ?? null,
          );
        }),
      ]),
    );
    return decided.map((one) => (one instanceof Error ? one : shown.get(one)!));
  }

  private admit(
    choice: Choice,
    facts: ChoosingFacts | undefined,
    venues: ReadonlyMap<string, VenueWithPlaces>,
    now: Date,
  ): Admitted {
    if (!facts) throw NOT_REGISTERED();
    const { registration, sitting } = facts;
    const { actor, venueIds, kind } = choice;
    const chosen: readonly Venue[] = venueIds.map((id) => {
      const venue = venues.get(id);
      if (venue?.sittingId !== sitting.id || venue.kind !== kind) throw NOT_FOUND();
      return venue;
    });
    choice.mayChoose(facts, chosen, now);
    // the claim itself decides; asked before it, so that a sold-out venue costs nothing but reading
    for (const venue of chosen) aSeatIsFree(venue);
    const payBy = payByOf(sitting, sitting.payHours, now);
    return { registration, payBy, enrolledBy: 'CANDIDATE', cause: actorLabel(actor), venues: chosen };
  }
}

/** Provinces whose oral tickets these are; written ones have their school's time. */
function provincesOf(enrolments: readonly Enrolment[]): string[] {
  return enrolments.filter(({ kind }) => kind === 'ORAL').map(({ provinceCode }) => provinceCode);
}
