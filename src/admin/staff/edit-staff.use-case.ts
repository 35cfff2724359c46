import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { maskEmail } from '../../kernel/document-number.js';
import { isEmailAddress } from '../../kernel/email-address.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { Outbox } from '../../modules/notification/index.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { CurrentPassword } from './current-password.js';
import { addressOfStaff, nameOfStaff } from './new-staff.rules.js';
import { theirCurrentPasswordIsRight } from './second-factor.rules.js';
import { auditedStaff, type Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';

export interface StaffEdit extends Shown {
  id: string;
  name: string;
  email?: string;
  /** Of whoever edits; needed where the address changes. */
  currentPassword?: string;
}

/**
 * R-AD: corrects a name or an address. What somebody may see does not change: that is another account. Where the address
 * changes, whoever changes it types their own password once more, the old address is told, and a link that was mailed
 * there is good no more.
 */
@Injectable()
export class EditStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly currentPassword: CurrentPassword,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Says whether an invitation ended by it.
   *
   * @throws NOT_YOUR_ROLE, NOT_FOUND, EMAIL_INVALID, FIELD_INVALID, STAFF_PASSWORD_WRONG, TOO_MANY_ATTEMPTS
   */
  execute(edit: StaffEdit, actor: StaffActor): Promise<{ invitationEnded: boolean }> {
    const { staffId: by, address } = actor;
    return this.security.during('staff.edit', { staffId: edit.id, by, address }, () =>
      this.edit(edit, actor),
    );
  }

  private async edit(edit: StaffEdit, actor: StaffActor): Promise<{ invitationEnded: boolean }> {
    onlyStaffOf(actor, 'CENTRAL');
    const { id } = edit;
    const change = { name: nameOfStaff(edit.name), email: addressOfStaff(edit.email) };
    const known = await this.staff.byId(this.unitOfWork.read(), id);
    const passwordAsked = known !== null && known.email !== change.email;
    if (passwordAsked) await this.currentPassword.check(actor, edit.currentPassword ?? '');
    return this.unitOfWork.run(async (tx) => {
      const before = await this.staff.loadManaged(tx, id, actor);
      await edit.asShown?.(tx);
      const moves = before.email !== change.email;
      theirCurrentPasswordIsRight(!moves || passwordAsked);
      const invitationEnded = moves && before.invitationHash !== null;
      await this.staff.update(tx, id, {
        ...change,
        ...(invitationEnded ? { invitationHash: null, invitationExpiresAt: null } : {}),
      });
      if (moves) await this.tellOldAddress(tx, before, change.email);
      await this.audit.record(tx, actor, {
        action: 'staff.edit',
        rowId: id,
        provinceCode: before.provinceCode,
        schoolCode: before.schoolCode,
        before: auditedStaff(before),
        after: auditedStaff({ ...before, ...change }),
      });
      return { invitationEnded };
    });
  }

  private async tellOldAddress(tx: Tx, { email, login }: Staff, now: string | null): Promise<void> {
    // one that was kept before there was a rule for addresses cannot be written to
    if (email === null || !isEmailAddress(email)) return;
    const changed = now === null ? '已不再登记邮箱' : `登记的邮箱已改为 ${maskEmail(now)}`;
    await this.outbox.put(tx, {
      channel: 'EMAIL',
      recipient: email,
      template: 'staff.address-changed',
      subject: '报名管理后台账号的邮箱已变更',
      body: `您的全国大学英语四、六级考试报名管理后台账号（登录名 ${login}）${changed}，设置密码的链接今后不再发送到本邮箱。如非您所知，请立即联系教育考试院。`,
    });
  }
}
