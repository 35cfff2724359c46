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
  type Sitting,
  type Venue,
  VenueRepository,
  type VenueWithPlaces,
} from '../sitting/index.js';
import type { ChoosingFacts } from './choosing.rules.js';
import { payByOf } from './deadlines.rules.js';
import { EnrolmentShown } from './enrolment.dto.js';
import type { Enrolment } from './enrolment.entity.js';
import { LoadChoosingFacts } from './load-choosing-facts.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
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

/** What became of a choice; APART: not in this round, because its registration is not at hand (or there is none). */
type Outcome = EnrolmentShown[] | Error | 'APART';

/**
 * Direct enrolment, written or oral. Those who choose while others are being served are served next and together: one
 * transaction locks their registrations, reads what the rules need, asks the rules of each, and claims the seats of
 * all who may, in the order they came. A refusal is its candidate's alone, and nobody waits for a registration that
 * somebody else holds but its own candidate.
 */
@Injectable()
export class ChooseSubjects {
  /** One after the other, so that whoever comes later does not overtake. */
  private readonly rounds = new Together<Choice, EnrolmentShown[]>((choices) => this.round(choices), {
    most: 50,
    rounds: 1,
  });

  /** For those who have to wait for their registration, and those who have none. */
  private readonly alone = new Together<Choice, EnrolmentShown[]>(
    async ([choice]) => [await this.serveAlone(choice!)],
    { most: 1, rounds: 4 },
  );

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
    return this.rounds.ask(choice);
  }

  private async round(
    choices: readonly Choice[],
  ): Promise<(EnrolmentShown[] | Error | Promise<EnrolmentShown[]>)[]> {
    // who asks twice at once is answered the second time by what the first has come to
    const firstOf = new Map(choices.toReversed().map((choice) => [choice.actor.accountId, choice]));
    const first = choices.filter((choice) => firstOf.get(choice.actor.accountId) === choice);
    const outcomes = await this.serveTogether(first);
    return choices.map((choice) => {
      const outcome = outcomes.get(choice);
      if (!outcome) return this.rounds.ask(choice);
      return outcome === 'APART' ? this.alone.ask(choice) : outcome;
    });
  }

  private async serveTogether(choices: readonly Choice[]): Promise<ReadonlyMap<Choice, Outcome>> {
    try {
      return await this.whileSeatsStay(async (tx) => {
        const accountIds = choices.map(({ actor }) => actor.accountId);
        const locked = await this.registrations.lockFreeOnesOf(tx, accountIds);
        const registrations = new Map(
          locked.map(({ registration }) => [registration.accountId, registration]),
        );
        const atHand = choices.filter(({ actor }) => registrations.has(actor.accountId));
        const outcomes = locked[0] && (await this.serve(tx, locked[0].sitting, registrations, atHand));
        return new Map(choices.map((choice) => [choice, outcomes?.get(choice) ?? 'APART']));
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // a level is held already, and it says not whose: each finds out apart
      return new Map(choices.map((choice) => [choice, 'APART']));
    }
  }

  private async serveAlone(choice: Choice): Promise<EnrolmentShown[]> {
    const { accountId } = choice.actor;
    const outcomes = await this.whileSeatsStay(async (tx) => {
      const { sitting, registration } = await this.registrations.lockCurrentOf(tx, accountId);
      return this.serve(tx, sitting, new Map([[accountId, registration]]), [choice]);
    });
    const outcome = outcomes.get(choice)!;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** Once more whenever another process has taken the last seats between the look at them and the claim. */
  private async whileSeatsStay<Answer>(work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (!(error instanceof SeatsGone)) throw error;
      }
    }
  }

  /** @throws SeatsGone */
  private async serve(
    tx: Tx,
    sitting: Sitting,
    registrations: ReadonlyMap<string, Registration>,
    choices: readonly Choice[],
  ): Promise<Map<Choice, EnrolmentShown[] | Error>> {
    const venues = await this.venues.withPlaces(
      tx,
      choices.flatMap(({ venueIds }) => venueIds),
    );
    const campuses = new Map([...venues.values()].map(({ campus }) => [campus.code, campus]));
    const allFacts = await this.facts.ofAll(tx, [...registrations.values()], sitting, campuses);
    const factsByAccount = new Map(allFacts.map((facts) => [facts.registration.accountId, facts]));

    const outcomes = new Map<Choice, EnrolmentShown[] | Error>();
    const admitted = new Map<Choice, Admitted>();
    const promised = new Map<string, number>();
    for (const choice of choices) {
      try {
        const one = this.admit(choice, factsByAccount.get(choice.actor.accountId)!, venues, promised, tx.now);
        for (const { id } of one.venues) promised.set(id, (promised.get(id) ?? 0) + 1);
        admitted.set(choice, one);
      } catch (error) {
        // whatever it is, it is this candidate's: the others are served
        outcomes.set(choice, error as Error);
      }
    }

    const made = await this.holding.enrolAll(tx, [...admitted.values()]);
    if (!made) throw new SeatsGone();
    const oralTicketTimes = await this.schools.oralTicketTimes(tx, sitting.id, provincesOf(made.flat()));
    for (const [i, [choice, { registration }]] of [...admitted].entries()) {
      const oralTicketTime = oralTicketTimes.get(registration.details.provinceCode) ?? null;
      const shown = made[i]!.map((enrolment) => {
        const { campus, school, ...venue } = venues.get(enrolment.venueId)!;
        return EnrolmentShown.of({ ...enrolment, venue, campus, school }, oralTicketTime);
      });
      outcomes.set(choice, shown);
    }
    return outcomes;
  }

  /** `promised`: seats that those before have taken already, by venue. */
  private admit(
    choice: Choice,
    facts: ChoosingFacts,
    venues: ReadonlyMap<string, VenueWithPlaces>,
    promised: ReadonlyMap<string, number>,
    now: Date,
  ): Admitted {
    const { registration, sitting } = facts;
    const { actor, venueIds, kind } = choice;
    const chosen: readonly Venue[] = venueIds.map((id) => {
      const venue = venues.get(id);
      if (venue?.sittingId !== sitting.id || venue.kind !== kind) throw NOT_FOUND();
      return venue;
    });
    choice.mayChoose(facts, chosen, now);
    for (const venue of chosen) aSeatIsFree({ ...venue, taken: venue.taken + (promised.get(venue.id) ?? 0) });
    const payBy = payByOf(sitting, sitting.payHours, now);
    return { registration, payBy, enrolledBy: 'CANDIDATE', cause: actorLabel(actor), venues: chosen };
  }
}

/** Another process has taken seats that were free a moment ago; the transaction rolls back. */
class SeatsGone extends Error {}

/** Provinces whose oral tickets these are; written ones have their school's time. */
function provincesOf(enrolments: readonly Enrolment[]): string[] {
  return enrolments.filter(({ kind }) => kind === 'ORAL').map(({ provinceCode }) => provinceCode);
}
