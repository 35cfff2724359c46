import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { type SecurityFacts, SecurityLog } from '../../platform/security-log.js';
import { AuditTrail } from '../audit/index.js';
import { StudentRecordRepository } from '../qualification/index.js';
import { OwnedRegistrations } from './owned-registrations.js';
import type { OwnerChangeState } from './owner-change.machine.js';
import { theStudentIsReachedWhereNeeded } from './owner-change.rules.js';
import { ResetAccount } from './reset-account.js';
import { StudentNumbers } from './student-numbers.js';

export interface ResetStudentAccountCommand extends Shown {
  recordId: string;
  reason: string;
  /** The student's own number, as checked, for the roster: the code of the first sign-in goes there. */
  phone?: string;
}

/**
 * R-PP-7: somebody else has come into the account that the school's list opened for a student, or the student is locked
 * out of it: the school puts it back. At once while nothing is paid; otherwise a second member of staff confirms.
 */
@Injectable()
export class ResetStudentAccount {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: StudentRecordRepository,
    private readonly owned: OwnedRegistrations,
    private readonly numbers: StudentNumbers,
    private readonly resetAccount: ResetAccount,
    private readonly auditTrail: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * DONE, or REQUESTED of a second member of staff.
   * @throws NOT_YOUR_ROLE, PHONE_INVALID, NOT_FOUND, NO_ACCOUNT_TO_RESET, STUDENT_PHONE_NEEDED, OWNER_CHANGE_WAITING,
   * ROWS_CHANGED_MEANWHILE
   */
  execute(command: ResetStudentAccountCommand, actor: StaffActor): Promise<OwnerChangeState> {
    const { staffId: by, address } = actor;
    return this.security.during('passport.owner-change', { purpose: 'RESET', by, address }, async (known) => {
      const state = await this.reset(command, actor, known);
      if (state === 'REQUESTED') known.outcome = state;
      return state;
    });
  }

  private async reset(
    { recordId, reason, phone: typed, asShown }: ResetStudentAccountCommand,
    actor: StaffActor,
    known: SecurityFacts,
  ): Promise<OwnerChangeState> {
    onlyStaffOf(actor, 'SCHOOL');
    const phone = this.numbers.typed(typed);
    return this.unitOfWork.run(async (tx) => {
      const record = await this.records.byId(tx, recordId);
      if (!record || !covers(scopeOf(actor), record.details)) throw NOT_FOUND();
      await asShown?.(tx);
      const found = await this.resetAccount.of(tx, record);
      known.accountId = found.account.id;
      theStudentIsReachedWhereNeeded(phone ?? record.phone, found);

      const state = found.somethingIsPaid ? 'REQUESTED' : 'DONE';
      const { sittingId, details } = record;
      const registrationId = found.registration?.id ?? null;
      const fromAccountId = found.account.id;
      await this.owned.note(
        tx,
        actor,
        {
          kind: 'RESET',
          state,
          reason,
          fromAccountId,
          registrationId,
          recordId,
          sittingId,
          phone: phone ?? null,
        },
        details,
      );
      if (state === 'DONE') await this.resetAccount.execute(tx, found, { record, phone, reason }, actor);
      else
        await this.auditTrail.record(tx, actor, {
          action: 'account.request-reset',
          rowId: fromAccountId,
          provinceCode: details.provinceCode,
          schoolCode: details.schoolCode,
          after: { name: details.name, documentNumber: details.documentNumber, phone, reason },
        });
      return state;
    });
  }
}
