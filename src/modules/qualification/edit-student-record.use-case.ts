import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { normaliseDocumentNumber } from '../../kernel/document-number.js';
import { documentNumberIsPossible } from '../../kernel/document-number.rules.js';
import { normaliseName } from '../../kernel/person-name.js';
import { nameIsLegible } from '../../kernel/person-name.rules.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { sameValues } from '../../platform/import/same-values.js';
import { AuditTrail } from '../audit/index.js';
import { contactFrom } from '../passport/index.js';
import { SchoolRepository } from '../sitting/index.js';
import { LookUpLimits } from './look-up-limits.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import type { StudentDetails } from './student-details.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { DOCUMENT_ON_ROSTER, theCampusIsTheirs, theStudentIsNotRegistered } from './student-record.rules.js';

export type EditStudentRecordCommand = Shown & { recordId: string; phone: string | null } & Omit<
    StudentDetails,
    'provinceCode' | 'schoolCode'
  >;

/**
 * A roster is corrected before its student registers: whoever has registered keeps the copy they confirmed (R-QU-6). The
 * mobile number is nobody's copy, and is corrected at any time.
 */
@Injectable()
export class EditStudentRecord {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: StudentRecordRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly schools: SchoolRepository,
    private readonly auditTrail: AuditTrail,
    private readonly limits: LookUpLimits,
  ) {}

  /**
   * @throws NOT_YOUR_ROLE, DOCUMENT_NUMBER_INVALID, NAME_ILLEGIBLE, PHONE_INVALID, NOT_FOUND, CAMPUS_NOT_YOURS, STUDENT_REGISTERED,
   * DOCUMENT_ON_ROSTER, TOO_MANY_ATTEMPTS
   */
  async execute(
    { recordId, asShown, phone: typedPhone, ...edited }: EditStudentRecordCommand,
    actor: StaffActor,
  ): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    const documentNumber = normaliseDocumentNumber(edited.documentNumber);
    documentNumberIsPossible({ documentType: edited.documentType, documentNumber });
    nameIsLegible(edited.name);
    const phone = typedPhone && contactFrom('SMS', typedPhone, 'phone').target;
    await this.limits.mayBeToldOfClashes(actor);
    try {
      await this.unitOfWork.run(async (tx) => {
        const record = await this.records.lock(tx, recordId);
        if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
        await asShown?.(tx);
        const campus = await this.schools.campus(tx, edited.campusCode);
        theCampusIsTheirs(campus, scopeOf(actor));
        const { provinceCode, schoolCode } = campus;
        const details = {
          ...edited,
          documentNumber,
          name: normaliseName(edited.name),
          provinceCode,
          schoolCode,
        };
        if (!sameValues({ ...record.details }, details))
          theStudentIsNotRegistered(await this.lookedUp.confirmedFor(tx, recordId));
        await this.records.edit(tx, { ...record, details, phone });
        await this.auditTrail.record(tx, actor, {
          action: 'student-record.edit',
          rowId: recordId,
          provinceCode,
          schoolCode,
          before: { ...record.details, phone: record.phone },
          after: { ...details, phone },
        });
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await this.limits.noteClashes(actor, 1);
      throw DOCUMENT_ON_ROSTER();
    }
  }
}
