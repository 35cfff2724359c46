import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { scopeOf } from '../../kernel/scope.js';
import { type Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import {
  type CampusOfSchool,
  SchoolRepository,
  SittingRepository,
  VenueRepository,
} from '../sitting/index.js';
import type { WindowFacts } from './window-plan.js';

/** Which campuses a change is about: these, or all there are within the actor's scope. */
export interface ChosenCampuses {
  sittingId: string;
  campusCodes: readonly string[] | 'ALL';
}

/** The sitting, the chosen campuses and their venues; inside a transaction the venues are held still. */
@Injectable()
export class LoadWindowFacts {
  constructor(
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly venues: VenueRepository,
  ) {}

  /** @throws NOT_FOUND if the sitting, or a campus within the actor's scope, is not there (R-AD-1) */
  async of(
    reader: Reader,
    { sittingId, campusCodes }: ChosenCampuses,
    actor: StaffActor,
  ): Promise<WindowFacts> {
    const sitting = await this.sittings.asked(reader, sittingId);
    const campuses = chosen(await this.schools.campusesIn(reader, scopeOf(actor)), campusCodes);
    const seen = await this.venues.ofCampuses(
      reader,
      sittingId,
      campuses.map(({ code }) => code),
    );
    const venues =
      reader instanceof Tx
        ? await this.venues.lockAll(
            reader,
            seen.map(({ id }) => id),
          )
        : seen;
    return { sitting, campuses, venues, now: reader.now };
  }
}

function chosen(own: readonly CampusOfSchool[], codes: readonly string[] | 'ALL'): readonly CampusOfSchool[] {
  if (codes === 'ALL') return own;
  const wanted = new Set(codes);
  const found = own.filter(({ code }) => wanted.has(code));
  if (found.length < wanted.size) throw NOT_FOUND();
  return found;
}
