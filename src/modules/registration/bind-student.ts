import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import {
  allThreeMatchARecord,
  LookedUpRecords,
  Qualification,
  type StudentRecord,
  StudentRecordRepository,
  theCandidateHasAQualifiedSubject,
} from '../qualification/index.js';
import { type Sitting, VenueRepository } from '../sitting/index.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
import { ownCampusIsOpen } from './registration.rules.js';

/** R-QU-6: binds account and student one-to-one within the sitting and copies the record; by candidate or by school. */
@Injectable()
export class BindStudent {
  constructor(
    private readonly records: StudentRecordRepository,
    private readonly venues: VenueRepository,
    private readonly qualification: Qualification,
    private readonly registrations: RegistrationRepository,
    private readonly lookedUp: LookedUpRecords,
  ) {}

  /** @throws RECORD_NOT_FOUND (the roster was changed at this moment), WINDOW_NOT_OPEN, NO_QUALIFIED_SUBJECT, ACCOUNT_ALREADY_REGISTERED, RECORD_ALREADY_REGISTERED */
  async bind(
    tx: Tx,
    { sitting, record: found, accountId }: { sitting: Sitting; record: StudentRecord; accountId: string },
  ): Promise<Registration> {
    const record = await this.records.lockAsFound(tx, found);
    allThreeMatchARecord(record);
    ownCampusIsOpen(
      await this.venues.ofSchool(tx, sitting.id, record.details.schoolCode),
      record.details,
      tx.now,
    );
    const { qualified } = await this.qualification.of(tx, {
      sittingId: sitting.id,
      accountId,
      student: record.details,
    });
    theCandidateHasAQualifiedSubject(qualified);

    const registration = await this.registrations.add(tx, {
      sittingId: sitting.id,
      accountId,
      recordId: record.id,
      details: record.details,
    });
    await this.lookedUp.confirm(tx, accountId, sitting.id, record.id);
    return registration;
  }
}
