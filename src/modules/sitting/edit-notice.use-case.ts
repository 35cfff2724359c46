import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { ExamKind } from '../../kernel/words.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RichText } from '../../platform/http/rich-text.js';
import { AuditTrail } from '../audit/index.js';
import { factsOf } from './notice.entity.js';
import { NoticeRepository } from './notice.repository.js';
import { noticeIsNotTooLong, noticeIsPublished, noticeSaysSomething } from './notice.rules.js';

export interface EditNoticeCommand extends Shown {
  noticeId: string;
  kind: ExamKind | null;
  title: string;
  body: string;
  publishedAt: Date;
}

/** R-WE-8: whoever issued a notice changes its words. */
@Injectable()
export class EditNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly notices: NoticeRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_FOUND, NOT_YOUR_ROLE, NOTICE_WITHDRAWN, NOTICE_TOO_LONG, NOTICE_EMPTY */
  execute({ noticeId, asShown, ...command }: EditNoticeCommand, actor: StaffActor): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const notice = await this.notices.lockOwn(tx, noticeId, actor);
      onlyStaffOf(actor, notice.issuer);
      await asShown?.(tx);
      noticeIsPublished(notice);
      noticeIsNotTooLong(command);
      const changes = { ...command, title: command.title.trim(), body: RichText.of(command.body) };
      noticeSaysSomething({ title: changes.title, text: changes.body.text });
      await this.notices.change(tx, noticeId, changes);
      await this.auditTrail.record(tx, actor, {
        action: 'notice.edit',
        rowId: noticeId,
        provinceCode: notice.provinceCode,
        schoolCode: notice.schoolCode,
        before: factsOf(notice),
        after: { ...factsOf(notice), ...changes, body: changes.body.html },
      });
    });
  }
}
