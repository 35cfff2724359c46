import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AuditTrail } from '../audit/index.js';
import { NoticeRepository } from './notice.repository.js';
import { candidatesCanReadOneMore, noticeIsWithdrawn } from './notice.rules.js';

/** R-WE-8: a withdrawn notice is shown again, as of now. Whoever issued it does this. */
@Injectable()
export class RepublishNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly notices: NoticeRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_FOUND, NOT_YOUR_ROLE, NOTICE_NOT_WITHDRAWN, TOO_MANY_NOTICES */
  execute({ noticeId, asShown }: { noticeId: string } & Shown, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const notice = await this.notices.lockOwn(tx, noticeId, actor);
      onlyStaffOf(actor, notice.issuer);
      await asShown?.(tx);
      noticeIsWithdrawn(notice);
      candidatesCanReadOneMore({ published: await this.notices.count(tx, notice) });
      const { withdrawnAt, publishedAt, provinceCode, schoolCode } = notice;
      await this.notices.change(tx, noticeId, { withdrawnAt: null, publishedAt: tx.now });
      await this.auditTrail.record(tx, actor, {
        action: 'notice.republish',
        rowId: noticeId,
        provinceCode,
        schoolCode,
        before: { withdrawnAt, publishedAt },
        after: { withdrawnAt: null, publishedAt: tx.now, title: notice.title },
      });
    });
  }
}
