import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { CET6, type IdentityDocument } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SittingRepository } from '../sitting/index.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';

/** R-CR-7: a CET4 result from before 2005 has no ticket to look up; the school puts the student on the whitelist. */
@Injectable()
export class AddCet6QualificationByHand {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly records: StudentRecordRepository,
    private readonly lists: SubjectListLineRepository,
  ) {}

  /**
   * For the current sitting. Gives false, and changes nothing, if the student is on the list already.
   * @throws NO_CURRENT_SITTING, NOT_FOUND (a student outside the scope is not there)
   */
  execute(command: IdentityDocument & { reason: string }, actor: StaffActor): Promise<boolean> {
    const { documentType, reason } = command;
    const documentNumber = normaliseDocumentNumber(command.documentNumber);
    return this.unitOfWork.run(async (tx) => {
      const { id: sittingId } = await this.sittings.current(tx);
      const record = await this.records.byDocument(tx, sittingId, { documentType, documentNumber });
      if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
      return this.lists.add(tx, {
        sittingId,
        schoolCode: record.details.schoolCode,
        documentType,
        documentNumber,
        subjectCode: CET6,
        list: 'WHITE',
        reason: reason.slice(0, 200),
      });
    });
  }
}
