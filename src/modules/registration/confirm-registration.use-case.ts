import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { FindStudentRecord, LookUpLimits } from '../qualification/index.js';
import { SittingRepository } from '../sitting/index.js';
import { BindStudent } from './bind-student.js';
import type { Registration } from './registration.entity.js';
import { bothPointsAreConfirmed } from './registration.rules.js';

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
    private readonly records: FindStudentRecord,
    private readonly bindStudent: BindStudent,
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
      return this.bindStudent.bind(tx, { sitting, record, accountId: actor.accountId });
    });
  }
}
