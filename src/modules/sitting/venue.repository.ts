import { Injectable } from '@nestjs/common';
import { Brackets, In } from 'typeorm';
import type { ExamKind, SubjectCode } from '../../kernel/words.js';
import { instantFromAggregate, type RawInstant } from '../../platform/database/dialect.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { Venue } from './venue.entity.js';

@Injectable()
export class VenueRepository {
  byId(reader: Reader, id: string): Promise<Venue | null> {
    return reader.manager.findOneBy(Venue, { id });
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<Venue[]> {
    return reader.manager.findBy(Venue, { id: In([...ids]) });
  }

  /** Venues that may take a school's candidates: its own, and others' that admit all or (to be checked) some. */
  openTo(
    reader: Reader,
    filter: {
      sittingId: string;
      schoolCode: string;
      kind: ExamKind;
      subjectCode?: SubjectCode;
      campusCode?: string;
    },
  ): Promise<Venue[]> {
    const { sittingId, schoolCode, kind, subjectCode, campusCode } = filter;
    return reader.manager
      .createQueryBuilder(Venue, 'venue')
      .where({
        sittingId,
        kind,
        ...(subjectCode ? { subjectCode } : {}),
        ...(campusCode ? { campusCode } : {}),
      })
      .andWhere(
        new Brackets((either) =>
          either
            .where('venue.schoolCode = :schoolCode', { schoolCode })
            .orWhere("venue.admits <> 'OWN_SCHOOL'"),
        ),
      )
      .orderBy('venue.subjectCode')
      .addOrderBy('venue.campusCode')
      .getMany();
  }

  /** Every venue of a school in a sitting. */
  ofSchool(reader: Reader, sittingId: string, schoolCode: string): Promise<Venue[]> {
    return reader.manager.findBy(Venue, { sittingId, schoolCode });
  }

  /** Over all campuses, by kind: the earliest opening, the latest closing, the earliest written ticket. */
  async timesByKind(reader: Reader, sittingId: string) {
    const rows = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .select('venue.kind', 'kind')
      .addSelect('MIN(venue.opensAt)', 'opensAt')
      .addSelect('MAX(venue.closesAt)', 'closesAt')
      .addSelect('MIN(venue.ticketAvailableAt)', 'ticketAvailableAt')
      .where({ sittingId })
      .groupBy('venue.kind')
      .orderBy('venue.kind', 'DESC')
      .getRawMany<{
        kind: ExamKind;
        opensAt: RawInstant;
        closesAt: RawInstant;
        ticketAvailableAt: RawInstant;
      }>();
    return rows.map((row) => ({
      kind: row.kind,
      opensAt: instantFromAggregate(row.opensAt),
      closesAt: instantFromAggregate(row.closesAt),
      ticketAvailableAt: instantFromAggregate(row.ticketAvailableAt),
    }));
  }

  /** Venues with a free seat and somebody waiting for it, that are open: work for the allocator. */
  async idsToAllocate(reader: Reader): Promise<string[]> {
    const rows = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .select('venue.id', 'id')
      .where('venue.waiting > 0 AND venue.taken < venue.capacity')
      .andWhere('venue.opensAt <= :now AND venue.closesAt > :now', { now: reader.now })
      .orderBy('venue.id')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /** Venues whose window is over while somebody still waits (R-WL-8). */
  async idsToCloseQueueOf(reader: Reader): Promise<string[]> {
    const rows = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .select('venue.id', 'id')
      .where('venue.waiting > 0 AND venue.closesAt <= :now', { now: reader.now })
      .orderBy('venue.id')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }
}
