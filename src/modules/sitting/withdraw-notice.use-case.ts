import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { NoticeRepository } from './notice.repository.js';
import { noticeIsPublished } from './notice.rules.js';

/** R-WE-8: candidates no longer see a notice. Whoever issued it withdraws it, or central staff. */
@Injectable()
export class WithdrawNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly notices: NoticeRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_FOUND, NOT_YOUR_ROLE, NOTICE_WITHDRAWN */
  execute({ noticeId, asShown }: { noticeId: string } & Shown, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const notice = await this.notices.lockOwn(tx, noticeId, actor);
      onlyStaffOf(actor, notice.issuer, 'CENTRAL');
      await asShown?.(tx);
      noticeIsPublished(notice);
      await this.notices.change(tx, noticeId, { withdrawnAt: tx.now });
      await this.auditTrail.record(tx, actor, {
        action: 'notice.withdraw',
        rowId: noticeId,
        provinceCode: notice.provinceCode,
        schoolCode: notice.schoolCode,
        before: { withdrawnAt: null },
        after: { withdrawnAt: tx.now, title: notice.title },
      });
    });
  }
}
