import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { notTooManyAtOnce } from './at-once.rules.js';
import { LookedUpRecords } from './looked-up-records.repository.js';
import { StudentPhotoRepository } from './student-photo.repository.js';
import { StudentRecordRepository } from './student-record.repository.js';
import { theStudentIsNotRegistered } from './student-record.rules.js';

/** Students who are on a roster by mistake are taken off it, unless they have registered (R-QU-6). */
@Injectable()
export class DeleteStudentRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: StudentRecordRepository,
    private readonly photos: StudentPhotoRepository,
    private readonly lookedUp: LookedUpRecords,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** All of them or none. @throws NOT_YOUR_ROLE, TOO_MANY_AT_ONCE, NOT_FOUND, STUDENT_REGISTERED */
  async execute(command: { recordIds: readonly string[] } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'SCHOOL');
    notTooManyAtOnce(command.recordIds);
    await this.unitOfWork.run(async (tx) => {
      await command.asShown?.(tx);
      for (const recordId of [...new Set(command.recordIds)].sort()) {
        const record = await this.records.lock(tx, recordId);
        if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
        theStudentIsNotRegistered(await this.lookedUp.confirmedFor(tx, recordId));
        await this.records.delete(tx, recordId);
        await this.photos.delete(tx, recordId);
        const { provinceCode, schoolCode } = record.details;
        await this.auditTrail.record(tx, actor, {
          action: 'student-record.delete',
          rowId: recordId,
          provinceCode,
          schoolCode,
          before: { ...record.details, phone: record.phone },
        });
      }
    });
  }
}
