import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { assertMove } from '../../kernel/state-machine.js';
import type { ExamKind } from '../../kernel/words.js';
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

  /** What a registration holds: unpaid and paid. */
  liveOf(reader: Reader, registrationId: string): Promise<Enrolment[]> {
    return reader.manager.find(Enrolment, {
      where: { registrationId, state: In([...HOLDS_A_SEAT]) },
      order: { id: 'ASC' },
    });
  }

  /** All of a registration, ended ones too, with venues and names; one statement. */
  withPlaces(
    reader: Reader,
    where: { registrationId: string } | { ids: readonly string[] },
  ): Promise<EnrolmentWithPlaces[]> {
    return reader.manager
      .createQueryBuilder(Enrolment, 'enrolment')
      .innerJoinAndMapOne('enrolment.venue', Venue, 'venue', 'venue.id = enrolment.venueId')
      .innerJoinAndMapOne('enrolment.campus', Campus, 'campus', 'campus.code = enrolment.campusCode')
      .innerJoinAndMapOne('enrolment.school', School, 'school', 'school.code = enrolment.schoolCode')
      .where('ids' in where ? { id: In([...where.ids]) } : where)
      .orderBy('enrolment.id')
      .getMany() as Promise<EnrolmentWithPlaces[]>;
  }

  async add(tx: Tx, enrolment: Enrolment): Promise<void> {
    await tx.manager.insert(Enrolment, enrolment);
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

  /** Unpaid enrolments whose deadline shown was at or before `moment`, oldest first. Locked ones wait for their school. */
  unpaidSince(reader: Reader, moment: Date, limit: number): Promise<Enrolment[]> {
    return reader.manager.find(Enrolment, {
      where: { state: 'UNPAID', payBy: LessThanOrEqual(moment), lockedBySchool: false },
      order: { payBy: 'ASC' },
      take: limit,
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
}
