import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Qualification } from '../qualification/index.js';
import { type Campus, SchoolRepository, type Sitting } from '../sitting/index.js';
import type { ChoosingFacts } from './choosing.rules.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import type { Registration } from './registration.entity.js';
import { holdsNothing } from './registration.rules.js';
import { WaitlistEntryRepository } from './waitlist-entry.repository.js';

/** Reads what the rules of choosing need; the snapshot, not the roster, says who the candidate is (R-QU-6). */
@Injectable()
export class LoadChoosingFacts {
  constructor(
    private readonly qualification: Qualification,
    private readonly schools: SchoolRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly entries: WaitlistEntryRepository,
  ) {}

  async of(reader: Reader, registration: Registration, sitting: Sitting): Promise<ChoosingFacts> {
    const [facts] = await this.ofAll(reader, [registration], sitting);
    return facts!;
  }

  /**
   * Of each, in their order; as many statements as for one. `known`: campuses that are at hand already, by code.
   */
  async ofAll(
    reader: Reader,
    registrations: readonly Registration[],
    sitting: Sitting,
    known: ReadonlyMap<string, Campus> = new Map(),
  ): Promise<ChoosingFacts[]> {
    const answers = await this.qualification.ofAll(
      reader,
      sitting.id,
      registrations.map(({ accountId, details }) => ({ accountId, student: details })),
    );
    const ownCampuses = registrations.map(({ details }) => details.campusCode);
    const others = await this.schools.campuses(
      reader,
      ownCampuses.filter((code) => !known.has(code)),
    );
    const campuses = new Map([...known, ...others]);
    const ids = registrations.flatMap((registration) => (holdsNothing(registration) ? [] : registration.id));
    const enrolments = groupedBy(await this.enrolments.liveOf(reader, ...ids), registrationOf);
    const entries = groupedBy(await this.entries.waitingOf(reader, ...ids), registrationOf);
    return registrations.map((registration, i) => ({
      sitting,
      registration,
      ownCampus: campuses.get(registration.details.campusCode)!,
      qualified: answers[i]!.qualified,
      enrolments: enrolments.get(registration.id) ?? [],
      entries: entries.get(registration.id) ?? [],
    }));
  }
}

function registrationOf({ registrationId }: { registrationId: string }): string {
  return registrationId;
}
