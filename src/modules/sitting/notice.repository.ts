import { Injectable } from '@nestjs/common';
import { Brackets } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import type { ExamKind } from '../../kernel/words.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Notice } from './notice.entity.js';

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
      .andWhere('notice.publishedAt <= :now', { now: reader.now })
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
      where: { sittingId, issuer: 'CENTRAL' },
      order: { publishedAt: 'DESC', id: 'DESC' },
    });
    return notices.filter((notice) => notice.publishedAt <= reader.now);
  }

  async add(tx: Tx, notice: Omit<Notice, 'id' | 'publishedAt'>): Promise<void> {
    await tx.manager.insert(Notice, { ...notice, id: newId(), publishedAt: tx.now });
  }
}
