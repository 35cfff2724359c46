import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { EnrolmentRepository, RegistrationRepository } from '../registration/index.js';
import type { PlannedWindow } from './window-plan.js';

/** Whom one campus's change of one kind is about. */
export interface Affected {
  /** Live registrations of the campus's students. */
  readonly registrations: number;
  /** Seats of its venues held by enrolments that are not paid yet. */
  readonly unpaid: number;
  /** Entries in its venues' queues. */
  readonly waiting: number;
  /** Free seats that those who wait would get when it opens. */
  readonly seatsForTheQueue: number;
}

/** Counts the people behind planned changes; two statements, however many campuses. */
@Injectable()
export class AffectedPeople {
  constructor(
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
  ) {}

  async of(
    reader: Reader,
    sittingId: string,
    plan: readonly PlannedWindow[],
  ): Promise<ReadonlyMap<PlannedWindow, Affected>> {
    const venueIds = plan.flatMap(({ changed }) => changed.map(({ venue }) => venue.id));
    const campuses = plan.filter(({ changed }) => changed.length > 0).map(({ campus }) => campus);
    const registrations = await this.registrations.liveByCampus(reader, sittingId, campuses);
    const unpaid = await this.enrolments.unpaidByVenue(reader, venueIds);
    return new Map(
      plan.map((planned) => {
        const venues = planned.changed.map(({ venue }) => venue);
        return [
          planned,
          {
            registrations: venues.length > 0 ? (registrations.get(planned.campus.code) ?? 0) : 0,
            unpaid: sum(venues.map(({ id }) => unpaid.get(id) ?? 0)),
            waiting: sum(venues.map(({ waiting }) => waiting)),
            seatsForTheQueue: planned.opens
              ? sum(venues.map(({ capacity, taken, waiting }) => Math.min(capacity - taken, waiting)))
              : 0,
          },
        ];
      }),
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
