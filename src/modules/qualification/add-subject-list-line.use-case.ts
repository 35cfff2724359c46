import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { IdentityDocument } from '../../kernel/words.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { SittingRepository } from '../sitting/index.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { theLineIsNew } from './subject-list.rules.js';
import { type SubjectListLine, subjectListFacts } from './subject-list-line.entity.js';
import { SubjectListLineRepository } from './subject-list-line.repository.js';

export type AddSubjectListLineCommand = Shown &
  IdentityDocument &
  Pick<SubjectListLine, 'subjectCode' | 'list' | 'reason'>;

/** R-QU-3: puts a student of the current roster on the white- or blacklist of a subject. */
@Injectable()
export class AddSubjectListLine {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly records: StudentRecordRepository,
    private readonly lists: SubjectListLineRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NO_CURRENT_SITTING, NOT_FOUND (a student outside the scope is not there), LIST_LINE_EXISTS */
  async execute(
    { asShown, ...command }: AddSubjectListLineCommand,
    actor: StaffActor,
  ): Promise<SubjectListLine> {
    onlyStaffOf(actor, 'SCHOOL');
    const documentNumber = normaliseDocumentNumber(command.documentNumber);
    return this.unitOfWork.run(async (tx) => {
      await asShown?.(tx);
      const { id: sittingId } = await this.sittings.current(tx);
      const document = { documentType: command.documentType, documentNumber };
      const record = await this.records.byDocument(tx, sittingId, document);
      if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
      const { provinceCode, schoolCode } = record.details;
      const line = await this.lists.add(tx, { ...command, ...document, sittingId, provinceCode, schoolCode });
      theLineIsNew(line);
      await this.auditTrail.record(tx, actor, {
        action: 'subject-list-line.add',
        rowId: line.id,
        provinceCode,
        schoolCode,
        after: subjectListFacts(line),
      });
      return line;
    });
  }
}
