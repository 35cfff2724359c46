import { Injectable } from '@nestjs/common';
import { Like, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import type { Scope } from '../../kernel/scope.js';
import { PaymentBatch, PaymentOrder } from '../../modules/payment/index.js';
import { Cet6Review } from '../../modules/qualification/index.js';
import {
  Enrolment,
  type EnrolmentState,
  Registration,
  WaitlistEntry,
} from '../../modules/registration/index.js';
import { Venue } from '../../modules/sitting/index.js';
import type { Reader } from '../../platform/database/unit-of-work.js';

/** Somebody who sees something: whoever asks for figures has checked that there are some. */
export type SeenScope = Exclude<Scope, { none: true }>;

export interface SeatCount {
  /** A venue's id, a school's code or a province's: whatever the seats were added up by. */
  key: string;
  capacity: number;
  taken: number;
  waiting: number;
}

export interface HourOfPayments {
  /** `2026-11-21 01`, in UTC. */
  hour: string;
  orders: number;
  amountFen: number;
}

type Raw<T> = { [K in keyof T]: T[K] extends number ? number | string : T[K] };

/**
 * Figures of the first page. Seats are added up from the venues' own counts, never from the rows that hold them;
 * everything else is counted within an index by scope and state or time.
 */
@Injectable()
export class DashboardRepository {
  /** A sitting's seats in the scope, added up by venue, school, province or subject. */
  async seatsBy(
    reader: Reader,
    sittingId: string,
    scope: SeenScope,
    by: 'id' | 'schoolCode' | 'provinceCode' | 'subjectCode',
  ): Promise<SeatCount[]> {
    const rows = await reader.manager
      .createQueryBuilder(Venue, 'venue')
      .where({ sittingId, ...columnsOf(scope) })
      .select(`venue.${by}`, 'key')
      .addSelect('SUM(venue.capacity)', 'capacity')
      .addSelect('SUM(venue.taken)', 'taken')
      .addSelect('SUM(venue.waiting)', 'waiting')
      .groupBy(`venue.${by}`)
      .getRawMany<Raw<SeatCount>>();
    return rows.map(({ key, capacity, taken, waiting }) => ({
      key: String(key),
      capacity: Number(capacity),
      taken: Number(taken),
      waiting: Number(waiting),
    }));
  }

  /** Live registrations of a sitting whose students belong to the scope. */
  registrations(reader: Reader, sittingId: string, scope: SeenScope): Promise<number> {
    // a school's code begins with its province's, and by schools there is an index
    const details =
      'provinceCode' in scope ? { schoolCode: Like(`${scope.provinceCode}%`) } : columnsOf(scope);
    return reader.manager.countBy(Registration, { sittingId, state: 'ACTIVE', details });
  }

  /** A sitting's enrolments of the scope's students in this state, wherever they take the exam. */
  enrolments(reader: Reader, sittingId: string, scope: SeenScope, state: EnrolmentState): Promise<number> {
    return counted(enrolmentsOf(reader, sittingId, scope).andWhere({ state }));
  }

  /** A sitting's entries of the scope's students that wait, wherever it is. */
  waiting(reader: Reader, sittingId: string, scope: SeenScope): Promise<number> {
    return counted(
      reader.manager
        .createQueryBuilder(WaitlistEntry, 'row')
        .where({ sittingId, state: 'WAITING', ...candidatesOf(scope) }),
    );
  }

  /** A sitting's transfers that nobody has decided about, and when the oldest was submitted. */
  async batchesUndecided(
    reader: Reader,
    sittingId: string,
    scope: SeenScope,
  ): Promise<{ count: number; oldest: Date | undefined }> {
    const where = { sittingId, state: 'SUBMITTED' as const, ...columnsOf(scope) };
    const [oldest] = await reader.manager.find(PaymentBatch, { where, order: { id: 'ASC' }, take: 1 });
    const count = oldest ? await reader.manager.countBy(PaymentBatch, where) : 0;
    return { count, oldest: oldest?.submittedAt };
  }

  /** Orders paid by the scope's candidates from a moment on, by the hour. */
  async paymentsByHour(reader: Reader, scope: SeenScope, since: Date): Promise<HourOfPayments[]> {
    // both engines write a moment as `2026-11-21 01:00:00.000`
    const hour = 'SUBSTR(paid.paidAt, 1, 13)';
    const rows = await reader.manager
      .createQueryBuilder(PaymentOrder, 'paid')
      .where(columnsOf(scope))
      .andWhere('paid.paidAt >= :since', { since })
      .select(hour, 'hour')
      .addSelect('COUNT(*)', 'orders')
      .addSelect('SUM(paid.amountFen)', 'amountFen')
      .groupBy(hour)
      .getRawMany<Raw<HourOfPayments>>();
    return rows.map(({ hour, orders, amountFen }) => ({
      hour,
      orders: Number(orders),
      amountFen: Number(amountFen),
    }));
  }

  /** Reviews that wait, by when they were submitted: before each of these moments, the latest first, and in all. */
  async reviewsWaiting(reader: Reader, scope: SeenScope, before: readonly Date[]): Promise<number[]> {
    const waiting = reader.manager
      .createQueryBuilder(Cet6Review, 'review')
      .where({ state: 'PENDING', ...columnsOf(scope) })
      .select('COUNT(*)', 'count0');
    before.forEach((moment, i) => {
      waiting
        .addSelect(`SUM(CASE WHEN review.submittedAt < :m${i} THEN 1 ELSE 0 END)`, `count${i + 1}`)
        .setParameter(`m${i}`, moment);
    });
    const counts = await waiting.getRawOne<Record<string, number | string | null>>();
    return [0, ...before].map((_, i) => Number(counts?.[`count${i}`] ?? 0));
  }

  /** A sitting's enrolments of the scope's students that lapsed unpaid from a moment on (R-WE-6). */
  lapsed(reader: Reader, sittingId: string, scope: SeenScope, since: Date): Promise<number> {
    return counted(
      enrolmentsOf(reader, sittingId, scope)
        .andWhere({ state: 'LAPSED' })
        .andWhere('row.endedAt >= :since', { since }),
    );
  }

  /** Registrations of the scope's students that were deleted from a moment on because they stayed empty (R-QU-7). */
  deletedEmpty(reader: Reader, scope: SeenScope, since: Date): Promise<number> {
    return counted(
      reader.manager
        .createQueryBuilder(Registration, 'row')
        .where({ deletedBecause: 'EMPTY', details: columnsOf(scope) })
        .andWhere('row.deletedAt >= :since', { since }),
    );
  }
}

/** A country's by way of its venues: of each, an index holds the enrolments by state. */
function enrolmentsOf(reader: Reader, sittingId: string, scope: SeenScope): SelectQueryBuilder<Enrolment> {
  const rows = reader.manager.createQueryBuilder(Enrolment, 'row');
  if ('all' in scope)
    return rows.innerJoin(Venue, 'venue', 'venue.id = row.venueId AND venue.sittingId = :sittingId', {
      sittingId,
    });
  return rows.where({ sittingId, ...candidatesOf(scope) });
}

function candidatesOf(scope: SeenScope): ObjectLiteral {
  if ('all' in scope) return {};
  return 'schoolCode' in scope
    ? { candidateSchoolCode: scope.schoolCode }
    : { candidateProvinceCode: scope.provinceCode };
}

async function counted<T extends ObjectLiteral>(rows: SelectQueryBuilder<T>): Promise<number> {
  return Number((await rows.select('COUNT(*)', 'count').getRawOne<{ count: number | string }>())?.count);
}

function columnsOf(scope: SeenScope): ObjectLiteral {
  return 'all' in scope ? {} : scope;
}
