import { Injectable } from '@nestjs/common';
import { Brackets, In } from 'typeorm';
import { inPieces } from '../../kernel/in-pieces.js';
import type { ExamKind, SubjectCode } from '../../kernel/words.js';
import {
  forUpdate,
  insertOrUpdate,
  instantFromAggregate,
  type RawInstant,
} from '../../platform/database/dialect.js';
import { placeholders, selectEntities } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Campus, School } from './school.entity.js';
import { Venue } from './venue.entity.js';

/** A venue with the names people read. */
export interface VenueWithPlaces extends Venue {
  campus: Campus;
  school: School;
}

/** Ids in one statement: far from what either engine takes. */
const AT_ONCE = 1000;

@Injectable()
export class VenueRepository {
  byId(reader: Reader, id: string): Promise<Venue | null> {
    return reader.manager.findOneBy(Venue, { id });
  }

  /** A venue some row names. */
  get(reader: Reader, id: string): Promise<Venue> {
    return reader.manager.findOneByOrFail(Venue, { id });
  }

  /** The venues a candidate chose, by the ids they sent. @throws NOT_FOUND if one is not of this sitting and kind */
  async chosen(
    reader: Reader,
    choice: { ids: readonly string[]; sittingId: string; kind: ExamKind },
  ): Promise<Venue[]> {
    const { ids, sittingId, kind } = choice;
    const venues = await reader.manager.findBy(Venue, { id: In([...ids]), sittingId, kind });
    if (venues.length !== ids.length) throw NOT_FOUND();
    return venues;
  }

  /** Venues with the names of their places, by id, as far as there are such; one statement. */
  async withPlaces(reader: Reader, ids: readonly string[]): Promise<Map<string, VenueWithPlaces>> {
    const each = [...new Set(ids)];
    if (each.length === 0) return new Map();
    const rows = await selectEntities(
      reader.manager,
      { venue: Venue, campus: Campus, school: School },
      `FROM venue JOIN campus ON campus.code = venue.campus_code JOIN school ON school.code = venue.school_code
       WHERE venue.id IN (${placeholders(each)})`,
      each,
    );
    return new Map(
      rows.map(({ venue, campus, school }) => [venue.id, Object.assign(venue, { campus, school })]),
    );
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

  /** Every venue of these campuses, or of all, in a sitting. */
  ofCampuses(reader: Reader, sittingId: string, campusCodes?: readonly string[]): Promise<Venue[]> {
    const campuses = campusCodes && { campusCode: In([...new Set(campusCodes)]) };
    return reader.manager.find(Venue, { where: { sittingId, ...campuses }, order: { id: 'ASC' } });
  }

  /** Adds venues, or changes what staff set about them. The seats of one that is there stay as they are (`VenueSeats`). */
  save(tx: Tx, venues: readonly Venue[]): Promise<void> {
    return insertOrUpdate(tx.manager, Venue, venues, {
      key: ['sittingId', 'campusCode', 'subjectCode'],
      keep: ['id', 'capacity', 'taken', 'waiting', 'sequence'],
    });
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

  /** How many campuses are open for registration now. */
  async countOpenCampuses(reader: Reader, sittingId: string): Promise<number> {
    const row = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .select('COUNT(DISTINCT venue.campusCode)', 'campuses')
      .where({ sittingId })
      .andWhere('venue.opensAt <= :now AND venue.closesAt > :now', { now: reader.now })
      .getRawOne<{ campuses: number | string }>();
    return Number(row?.campuses ?? 0);
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

  /** Every venue there is. */
  async allIds(reader: Reader): Promise<string[]> {
    const rows = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .select('venue.id', 'id')
      .orderBy('venue.id')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /** Those of these venues that are there, in the order of ids, held still until the transaction ends. */
  async lockAll(tx: Tx, ids: readonly string[]): Promise<Venue[]> {
    const locked: Venue[] = [];
    for (const some of inPieces(ids.toSorted(), AT_ONCE)) {
      const query = tx.manager
        .createQueryBuilder(Venue, 'venue')
        .where({ id: In(some) })
        .orderBy('venue.id');
      locked.push(...(await forUpdate(query).getMany()));
    }
    return locked;
  }

  /** What staff set about a venue; its seats are moved by `VenueSeats` only. */
  async change(tx: Tx, id: string, changes: Partial<Venue>): Promise<void> {
    if (Object.keys(changes).length > 0) await tx.manager.update(Venue, { id }, changes);
  }

  /** When these venues take candidates. */
  async setWindow(
    tx: Tx,
    ids: readonly string[],
    window: Pick<Venue, 'opensAt' | 'closesAt'>,
  ): Promise<void> {
    for (const some of inPieces(ids, AT_ONCE)) await tx.manager.update(Venue, { id: In(some) }, window);
  }

  async add(tx: Tx, venue: Venue): Promise<void> {
    await tx.manager.insert(Venue, venue);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(Venue, { id });
  }
}
