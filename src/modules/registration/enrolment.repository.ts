import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { inPieces } from '../../kernel/in-pieces.js';
import { assertMove } from '../../kernel/state-machine.js';
import type { ExamKind, ReportForm } from '../../kernel/words.js';
import { insertAll, updateCounting } from '../../platform/database/dialect.js';
import { placeholders, selectEntities } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Campus, School, Venue } from '../sitting/index.js';
import { Enrolment } from './enrolment.entity.js';
import { ENROLMENT_STATES, type EnrolmentState, HOLDS_A_SEAT } from './enrolment.machine.js';
import { Registration } from './registration.entity.js';
import type { RegistrationState } from './registration.machine.js';

/** An enrolment with its venue and the names people read. */
export interface EnrolmentWithPlaces extends Enrolment {
  venue: Venue;
  campus: Campus;
  school: School;
}

/** An enrolment as far as the proof of seats looks at it. */
export interface SeatHolder {
  id: string;
  registrationState: RegistrationState;
}

/** Ids in one statement: far from what either engine takes. */
const AT_ONCE = 1000;

@Injectable()
export class EnrolmentRepository {
  byId(reader: Reader, id: string): Promise<Enrolment | null> {
    return reader.manager.findOneBy(Enrolment, { id });
  }

  /** A candidate's own enrolment by the id they sent. @throws NOT_FOUND if it is not there, or not theirs */
  async ofRegistration(
    reader: Reader,
    registrationId: string,
    id: string,
    kind?: ExamKind,
  ): Promise<Enrolment> {
    const enrolment = await reader.manager.findOneBy(Enrolment, {
      id,
      registrationId,
      ...(kind ? { kind } : {}),
    });
    if (!enrolment) throw NOT_FOUND();
    return enrolment;
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<Enrolment[]> {
    return reader.manager.find(Enrolment, { where: { id: In([...ids]) }, order: { id: 'ASC' } });
  }

  /** Whoever holds a seat of a venue, and whoever has a number there whatever became of them: it is not given twice. */
  toArrange(reader: Reader, venueId: string): Promise<Pick<Enrolment, 'id' | 'state' | 'ticketNumber'>[]> {
    return reader.manager.find(Enrolment, {
      select: { id: true, state: true, ticketNumber: true },
      where: [
        { venueId, state: In([...HOLDS_A_SEAT]) },
        { venueId, ticketNumber: Not(IsNull()) },
      ],
    });
  }

  /** By enrolment; each of them must be paid and have no number yet. */
  async giveTicketNumbers(tx: Tx, numbers: ReadonlyMap<string, string>): Promise<void> {
    for (const some of inPieces([...numbers], AT_ONCE)) {
      const given = await updateCounting(
        tx.manager,
        `UPDATE enrolment SET ticket_number = CASE id ${'WHEN ? THEN ? '.repeat(some.length)}END
         WHERE id IN (${placeholders(some)}) AND state = 'PAID' AND ticket_number IS NULL`,
        [...some.flat(), ...some.map(([id]) => id)],
      );
      if (given !== some.length) throw new Error('An enrolment that was to be arranged has moved meanwhile.');
    }
  }

  /** What these registrations hold: unpaid and paid. */
  async liveOf(reader: Reader, ...registrationIds: readonly string[]): Promise<Enrolment[]> {
    if (registrationIds.length === 0) return [];
    return reader.manager.find(Enrolment, {
      where: { registrationId: In([...registrationIds]), state: In([...HOLDS_A_SEAT]) },
      order: { id: 'ASC' },
    });
  }

  /** All of a registration, ended ones too, with venues and names; one statement. */
  async withPlaces(
    reader: Reader,
    where: { registrationId: string } | { ids: readonly string[] },
  ): Promise<EnrolmentWithPlaces[]> {
    const [column, values] = 'ids' in where ? ['id', where.ids] : ['registration_id', [where.registrationId]];
    if (values.length === 0) return [];
    const rows = await selectEntities(
      reader.manager,
      { enrolment: Enrolment, venue: Venue, campus: Campus, school: School },
      `FROM enrolment JOIN venue ON venue.id = enrolment.venue_id
       JOIN campus ON campus.code = enrolment.campus_code JOIN school ON school.code = enrolment.school_code
       WHERE enrolment.${column} IN (${placeholders(values)}) ORDER BY enrolment.id`,
      values,
    );
    return rows.map(({ enrolment, ...places }) => Object.assign(enrolment, places));
  }

  async add(tx: Tx, ...enrolments: readonly Enrolment[]): Promise<void> {
    await insertAll(tx.manager, Enrolment, enrolments);
  }

  /** Compare-and-swap; false when it was not in the state it was thought to be in. */
  async move(
    tx: Tx,
    enrolment: Pick<Enrolment, 'id' | 'state'>,
    to: EnrolmentState,
    changes: Partial<Enrolment> = {},
  ): Promise<boolean> {
    assertMove(ENROLMENT_STATES, enrolment.state, to);
    const { affected } = await tx.manager.update(
      Enrolment,
      { id: enrolment.id, state: enrolment.state },
      { ...changes, state: to },
    );
    return affected === 1;
  }

  /** Changes an enrolment that is still unpaid; false when it is not. */
  async changeUnpaid(tx: Tx, id: string, changes: Partial<Enrolment>): Promise<boolean> {
    const { affected } = await tx.manager.update(Enrolment, { id, state: 'UNPAID' }, changes);
    return affected === 1;
  }

  async setReportForm(tx: Tx, id: string, reportForm: Enrolment['reportForm']): Promise<void> {
    await tx.manager.update(Enrolment, { id }, { reportForm });
  }

  /** The same form for all of these. */
  async setReportForms(tx: Tx, ids: readonly string[], reportForm: ReportForm): Promise<void> {
    for (const some of inPieces(ids, AT_ONCE))
      await tx.manager.update(Enrolment, { id: In(some) }, { reportForm });
  }

  /** One deadline for all of these that a school has locked and not paid. */
  async setPayByOfLocked(tx: Tx, ids: readonly string[], payBy: Date): Promise<void> {
    for (const some of inPieces(ids, AT_ONCE))
      await tx.manager.update(Enrolment, { id: In(some), state: 'UNPAID', lockedBySchool: true }, { payBy });
  }

  /** Unpaid enrolments whose deadline shown was at or before `moment`, oldest first. */
  unpaidSince(reader: Reader, moment: Date, limit: number): Promise<Enrolment[]> {
    return reader.manager.find(Enrolment, {
      where: { state: 'UNPAID', payBy: LessThanOrEqual(moment) },
      order: { payBy: 'ASC' },
      take: limit,
    });
  }

  /** What a school has locked of one kind and not paid, in the order of the registrations. */
  lockedOf(
    reader: Reader,
    { sittingId, schoolCode, kind }: { sittingId: string; schoolCode: string; kind: ExamKind },
  ): Promise<Enrolment[]> {
    return reader.manager.find(Enrolment, {
      where: { candidateSchoolCode: schoolCode, sittingId, kind, state: 'UNPAID', lockedBySchool: true },
      order: { registrationId: 'ASC', id: 'ASC' },
    });
  }

  /** Those that hold a seat of a venue, for the proof of its seats. */
  holdersIn(reader: Reader, venueId: string): Promise<SeatHolder[]> {
    return reader.manager
      .createQueryBuilder(Enrolment, 'enrolment')
      .innerJoin(Registration, 'registration', 'registration.id = enrolment.registrationId')
      .select('enrolment.id', 'id')
      .addSelect('registration.state', 'registrationState')
      .where({ venueId, state: In([...HOLDS_A_SEAT]) })
      .orderBy('enrolment.id')
      .getRawMany<SeatHolder>();
  }

  /** How many seats of each of these venues are held by unpaid enrolments; by the index alone. */
  async unpaidByVenue(reader: Reader, venueIds: readonly string[]): Promise<Map<string, number>> {
    const unpaid = new Map<string, number>();
    for (const some of inPieces(venueIds, AT_ONCE)) {
      const rows = await reader.manager
        .createQueryBuilder(Enrolment, 'enrolment')
        .select('enrolment.venueId', 'venueId')
        .addSelect('COUNT(*)', 'count')
        .where({ venueId: In(some), state: 'UNPAID' })
        .groupBy('enrolment.venueId')
        .getRawMany<{ venueId: string; count: number | string }>();
      for (const { venueId, count } of rows) unpaid.set(venueId, Number(count));
    }
    return unpaid;
  }
}
