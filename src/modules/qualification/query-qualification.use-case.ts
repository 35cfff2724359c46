import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { maskPhone } from '../../kernel/document-number.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AccountRepository } from '../passport/index.js';
import { type CampusNames, SchoolRepository, SittingRepository } from '../sitting/index.js';
import { FindStudentRecord, type NamedStudent } from './find-student-record.js';
import { LookUpLimits } from './look-up-limits.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { Qualification, type QualificationAnswer } from './qualification.js';
import type { StudentDetails } from './student-details.js';

export interface QualificationPage extends QualificationAnswer {
  details: StudentDetails;
  names: CampusNames;
  phoneMasked: string;
}

/** 资格信息查询 (R-QU-2 to 5): before the window opens too, for several students if need be; nothing is bound. */
@Injectable()
export class QueryQualification {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: LookUpLimits,
    private readonly sittings: SittingRepository,
    private readonly schools: SchoolRepository,
    private readonly accounts: AccountRepository,
    private readonly records: FindStudentRecord,
    private readonly lookedUp: LookedUpRecords,
    private readonly qualification: Qualification,
  ) {}

  /**
   * @throws TOO_MANY_ATTEMPTS, NO_CURRENT_SITTING, DOCUMENT_TYPE_NOT_ACCEPTED, DOCUMENT_NUMBER_INVALID,
   * RECORD_NOT_FOUND
   */
  async execute(named: NamedStudent, actor: CandidateActor): Promise<QualificationPage> {
    const { accountId } = actor;
    await this.limits.countLookUp(actor);
    return this.unitOfWork.run(async (tx) => {
      const { id: sittingId } = await this.sittings.current(tx);
      const { id: recordId, details } = await this.records.matching(tx, sittingId, named);
      await this.lookedUp.remember(tx, accountId, sittingId, recordId);

      const answer = await this.qualification.of(tx, { sittingId, accountId, student: details });
      const names = (await this.schools.names(tx, [details.campusCode])).get(details.campusCode);
      if (!names) throw new Error(`Record ${recordId} names a campus that does not exist.`);
      const account = await this.accounts.find(tx, accountId);
      return { ...answer, details, names, phoneMasked: maskPhone(account?.phone ?? '') };
    });
  }
}
