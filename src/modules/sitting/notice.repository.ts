import { Injectable } from '@nestjs/common';
import { Brackets, IsNull } from 'typeorm';
import type { StaffActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { covers, scopeOf } from '../../kernel/scope.js';
import type { ExamKind } from '../../kernel/words.js';
import { forUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import type { RichText } from '../../platform/http/rich-text.js';
import { Notice } from './notice.entity.js';

/** What a notice says. Its text has been cleaned: there is no other `RichText`. */
export type NoticeWords = Pick<Notice, 'title' | 'kind'> & { body: RichText };

@Injectable()
export class NoticeRepository {
  /** What a candidate of this school reads: the authority's, their province's and their school's, newest first (R-WE-8). */
  async forSchool(
    reader: Reader,
    filter: { sittingId: string; provinceCode: string; schoolCode: string; kind?: ExamKind },
  ): Promise<Notice[]> {
    const query = reader.manager
      .createQueryBuilder(Notice, 'notice')
      .where({ sittingId: filter.sittingId })
      .andWhere('notice.publishedAt <= :now AND notice.withdrawnAt IS NULL', { now: reader.now })
      .andWhere(
        new Brackets((any) =>
          any
            .where("notice.issuer = 'CENTRAL'")
            .orWhere("(notice.issuer = 'PROVINCE' AND notice.provinceCode = :provinceCode)", filter)
            .orWhere("(notice.issuer = 'SCHOOL' AND notice.schoolCode = :schoolCode)", filter),
        ),
      );
    if (filter.kind) query.andWhere('(notice.kind IS NULL OR notice.kind = :kind)', { kind: filter.kind });
    return query.orderBy('notice.publishedAt', 'DESC').addOrderBy('notice.id', 'DESC').getMany();
  }

  /** The authority's notices: everybody may read them. */
  async central(reader: Reader, sittingId: string): Promise<Notice[]> {
    const notices = await reader.manager.find(Notice, {
      where: { sittingId, issuer: 'CENTRAL', withdrawnAt: IsNull() },
      order: { publishedAt: 'DESC', id: 'DESC' },
    });
    return notices.filter((notice) => notice.publishedAt <= reader.now);
  }

  async add(
    tx: Tx,
    {
      body,
      ...notice
    }: NoticeWords &
      Pick<Notice, 'sittingId' | 'issuer' | 'provinceCode' | 'schoolCode'> & { publishedAt?: Date },
  ): Promise<Notice> {
    const row = { publishedAt: tx.now, ...notice, ...stored(body), id: newId(), withdrawnAt: null };
    await tx.manager.insert(Notice, row);
    return row;
  }

  /** A notice within somebody's scope, held still until the transaction ends. @throws NOT_FOUND */
  async lockOwn(tx: Tx, id: string, actor: StaffActor): Promise<Notice> {
    const notice = await forUpdate(tx.manager.createQueryBuilder(Notice, 'notice').where({ id })).getOne();
    const { provinceCode, schoolCode } = notice ?? {};
    // the authority's has neither, a province's no school: only those above see them
    const place = { provinceCode: provinceCode ?? '', schoolCode: schoolCode ?? '' };
    if (!notice || !covers(scopeOf(actor), place)) throw NOT_FOUND();
    return notice;
  }

  /** How many of these a candidate may read, now or once their time has come. */
  count(
    reader: Reader,
    {
      sittingId,
      issuer,
      provinceCode,
      schoolCode,
    }: Pick<Notice, 'sittingId' | 'issuer' | 'provinceCode' | 'schoolCode'>,
  ): Promise<number> {
    return reader.manager.countBy(Notice, {
      sittingId,
      issuer,
      provinceCode: provinceCode ?? IsNull(),
      schoolCode: schoolCode ?? IsNull(),
      withdrawnAt: IsNull(),
    });
  }

  async change(
    tx: Tx,
    id: string,
    { body, ...changes }: Partial<NoticeWords & Pick<Notice, 'publishedAt' | 'withdrawnAt'>>,
  ): Promise<void> {
    await tx.manager.update(Notice, { id }, { ...changes, ...(body ? stored(body) : {}) });
  }
}

function stored({ html, text }: RichText): Pick<Notice, 'bodyHtml' | 'bodyText'> {
  return { bodyHtml: html, bodyText: text };
}
