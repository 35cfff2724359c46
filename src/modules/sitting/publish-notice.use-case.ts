import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { ExamKind } from '../../kernel/words.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RichText } from '../../platform/http/rich-text.js';
import { AuditTrail } from '../audit/index.js';
import { factsOf, type Notice } from './notice.entity.js';
import { NoticeRepository } from './notice.repository.js';
import { candidatesCanReadOneMore, noticeIsNotTooLong, noticeSaysSomething } from './notice.rules.js';
import { SittingRepository } from './sitting.repository.js';

export interface NewNotice {
  sittingId: string;
  /** Null: shown with written and oral subjects alike. */
  kind: ExamKind | null;
  title: string;
  /** Rich text, as the editor made it. */
  body: string;
  /** Shown from then on; by default from now. */
  publishedAt?: Date;
}

/** R-WE-8: the authority, a province or a school tells its candidates something. Who writes it is who issues it. */
@Injectable()
export class PublishNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sittings: SittingRepository,
    private readonly notices: NoticeRepository,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, NOTICE_TOO_LONG, NOTICE_EMPTY, TOO_MANY_NOTICES */
  execute({ sittingId, kind, title, body, publishedAt }: NewNotice, actor: StaffActor): Promise<Notice> {
    return this.unitOfWork.run(async (tx) => {
      onlyStaffOf(actor, 'CENTRAL', 'PROVINCE', 'SCHOOL');
      noticeIsNotTooLong({ body });
      const words = { kind, title: title.trim(), body: RichText.of(body) };
      noticeSaysSomething({ title, text: words.body.text });
      const sitting = await this.sittings.lock(tx, sittingId);
      const issuer = { sittingId: sitting.id, ...issuerOf(actor) };
      candidatesCanReadOneMore({ published: await this.notices.count(tx, issuer) });
      const notice = await this.notices.add(tx, {
        ...issuer,
        ...words,
        ...(publishedAt ? { publishedAt } : {}),
      });
      const { provinceCode, schoolCode } = issuer;
      await this.auditTrail.record(tx, actor, {
        action: 'notice.publish',
        rowId: notice.id,
        provinceCode,
        schoolCode,
        after: factsOf(notice),
      });
      return notice;
    });
  }
}

/** A school's notice is its province's row too, so that the province sees what its schools say. */
function issuerOf({ role, provinceCode, schoolCode }: StaffActor) {
  return {
    issuer: role,
    provinceCode: role === 'CENTRAL' ? null : (provinceCode ?? schoolCode?.slice(0, 2) ?? null),
    schoolCode: role === 'SCHOOL' ? (schoolCode ?? null) : null,
  };
}
