import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Qualification } from '../qualification/index.js';
import { SchoolRepository, type Sitting } from '../sitting/index.js';
import type { ChoosingFacts } from './choosing.rules.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import type { Registration } from './registration.entity.js';
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
    const { qualified } = await this.qualification.of(reader, {
      sittingId: sitting.id,
      accountId: registration.accountId,
      student: registration.details,
    });
    const ownCampus = await this.schools.getCampus(reader, registration.details.campusCode);
    const enrolments = await this.enrolments.liveOf(reader, registration.id);
    const entries = await this.entries.waitingOf(reader, registration.id);
    return { sitting, registration, ownCampus, qualified, enrolments, entries };
  }
}
