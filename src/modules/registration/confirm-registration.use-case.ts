import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  FindStudentRecord,
  LookedUpRecords,
  LookUpLimits,
  Qualification,
  theCandidateHasAQualifiedSubject,
} from '../qualification/index.js';
import { SittingRepository, VenueRepository } from '../sitting/index.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
import { bothPointsAreConfirmed, ownCampusIsOpen } from './registration.rules.js';

export interface ConfirmRegistrationCommand {
  documentType: string;
  documentNumber: string;
  name: string;
  recordConfirmed: boolean;
  phoneConfirmed: boolean;
  /** Where the request came from: confirming tells whether a student exists, as looking up does. */
  address: string;
}

/** R-QU-6: binds account and student one-to-one within the sitting and copies the record. */
@Injectable()
export class ConfirmRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
    private readonly sittings: SittingRepository,
    private readonly venues: VenueRepository,
    private readonly records: FindStudentRecord,
    private readonly qualification: Qualification,
    private readonly registrations: RegistrationRepository,
    private readonly lookedUp: LookedUpRecords,
  ) {}

  /**
   * @throws CONFIRMATION_MISSING, TOO_MANY_ATTEMPTS, RECORD_NOT_FOUND, DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID,
   * WINDOW_NOT_OPEN, NO_QUALIFIED_SUBJECT, ACCOUNT_ALREADY_REGISTERED, RECORD_ALREADY_REGISTERED
   */
  async execute(command: ConfirmRegistrationCommand, actor: CandidateActor): Promise<Registration> {
    bothPointsAreConfirmed(command);
    await this.limits.countLookUp(actor, command.address);
    return this.unitOfWork.run(async (tx) => {
      const sitting = await this.sittings.current(tx);
      const record = await this.records.matching(tx, sitting.id, command);
      const { accountId } = actor;
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
    });
  }
}
