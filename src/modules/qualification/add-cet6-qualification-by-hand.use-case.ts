import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { CET6, type IdentityDocument } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SittingRepository } from '../sitting/index.js';
import { CET6_ADDED_BY_HAND } from './cet6-review.messages.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { subjectListFacts } from './subject-list-line.entity.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';
import { TellCandidate } from './tell-candidate.js';

/** R-CR-7: a CET4 result from before 2005 has no ticket to look up; the school puts the student on the whitelist. */
@Injectable()
export class AddCet6QualificationByHand {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly records: StudentRecordRepository,
    private readonly lists: SubjectListLineRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly auditTrail: AuditTrail,
    private readonly tell: TellCandidate,
  ) {}

  /**
   * For the current sitting. Gives false, and changes nothing, if the student is on the list already. Whoever has
   * confirmed to be that student is told.
   * @throws NOT_YOUR_ROLE, NO_CURRENT_SITTING, NOT_FOUND (a student outside the scope is not there)
   */
  async execute(command: IdentityDocument & { reason: string }, actor: StaffActor): Promise<boolean> {
    onlyStaffOf(actor, 'SCHOOL');
    const { documentType, reason } = command;
    const documentNumber = normaliseDocumentNumber(command.documentNumber);
    return this.unitOfWork.run(async (tx) => {
      const { id: sittingId } = await this.sittings.current(tx);
      const record = await this.records.byDocument(tx, sittingId, { documentType, documentNumber });
      if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
      const { provinceCode, schoolCode } = record.details;
      const line = await this.lists.add(tx, {
        sittingId,
        provinceCode,
        schoolCode,
        documentType,
        documentNumber,
        subjectCode: CET6,
        list: 'WHITE',
        reason: reason.slice(0, 200),
      });
      if (!line) return false;
      await this.auditTrail.record(tx, actor, {
        action: 'subject-list-line.add',
        rowId: line.id,
        provinceCode,
        schoolCode,
        after: subjectListFacts(line),
      });
      const seen = await this.lookedUp.confirmedFor(tx, record.id);
      if (seen) await this.tell.execute(tx, seen.accountId, CET6_ADDED_BY_HAND);
      return true;
    });
  }
}
