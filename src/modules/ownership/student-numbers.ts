import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { contactFrom } from '../passport/index.js';
import { StudentRecordRepository } from '../qualification/index.js';

/** Where a school reaches a student, as it is written down when the school has to do with whose an account is. */
@Injectable()
export class StudentNumbers {
  constructor(
    private readonly records: StudentRecordRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws PHONE_INVALID */
  typed(phone: string | undefined): string | undefined {
    return phone === undefined ? undefined : contactFrom('SMS', phone, 'phone').target;
  }

  /** The roster has it from now on; without one it stays as it is. */
  async keep(tx: Tx, recordId: string, phone: string | null | undefined, actor: StaffActor): Promise<void> {
    if (!phone) return;
    const record = await this.records.lock(tx, recordId);
    if (!record || record.phone === phone) return;
    await this.records.edit(tx, { ...record, phone });
    const { provinceCode, schoolCode } = record.details;
    await this.auditTrail.record(tx, actor, {
      action: 'student-record.edit',
      rowId: recordId,
      provinceCode,
      schoolCode,
      before: { phone: record.phone },
      after: { phone },
    });
  }
}
