import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from '../passport/index.js';
import { FindStudentRecord, LookUpLimits, type StudentRecord } from '../qualification/index.js';
import { type Sitting, SittingRepository } from '../sitting/index.js';
import { BindStudent } from './bind-student.js';
import type { Registration } from './registration.entity.js';
import { RegistrationRepository } from './registration.repository.js';
import { aReleasedStudentIsProvenTheirs, bothPointsAreConfirmed } from './registration.rules.js';

export interface ConfirmRegistrationCommand {
  documentType: string;
  documentNumber: string;
  name: string;
  recordConfirmed: boolean;
  phoneConfirmed: boolean;
}

/** R-QU-6: binds account and student one-to-one within the sitting and copies the record. */
@Injectable()
export class ConfirmRegistration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
    private readonly sittings: SittingRepository,
    private readonly records: FindStudentRecord,
    private readonly registrations: RegistrationRepository,
    private readonly accounts: AccountRepository,
    private readonly bindStudent: BindStudent,
  ) {}

  /**
   * @throws CONFIRMATION_MISSING, TOO_MANY_ATTEMPTS, RECORD_NOT_FOUND, DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID,
   * STUDENT_RELEASED, WINDOW_NOT_OPEN, NO_QUALIFIED_SUBJECT, ACCOUNT_ALREADY_REGISTERED, RECORD_ALREADY_REGISTERED
   */
  async execute(command: ConfirmRegistrationCommand, actor: CandidateActor): Promise<Registration> {
    bothPointsAreConfirmed(command);
    // confirming tells whether a student exists, as looking up does
    await this.limits.countLookUp(actor);
    return this.unitOfWork.run(async (tx) => {
      const sitting = await this.sittings.current(tx);
      const record = await this.records.matching(tx, sitting.id, command);
      await this.mayConfirm(tx, sitting, record, actor.accountId);
      return this.bindStudent.bind(tx, { sitting, record, accountId: actor.accountId });
    });
  }

  private async mayConfirm(
    tx: Tx,
    { id: sittingId }: Sitting,
    { details, phone }: StudentRecord,
    accountId: string,
  ): Promise<void> {
    const released = await this.registrations.releasedFrom(tx, details);
    if (released.length === 0) return;
    aReleasedStudentIsProvenTheirs({
      releasedNow: released.filter((one) => one.sittingId === sittingId).map((one) => one.accountId),
      releasedEver: released.map((one) => one.accountId),
      accountId,
      accountPhone: (await this.accounts.find(tx, accountId))?.phone,
      rosterPhone: phone,
    });
  }
}
