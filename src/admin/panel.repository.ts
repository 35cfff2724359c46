import { Injectable } from '@nestjs/common';
import { In, type ObjectLiteral } from 'typeorm';
import type { Scope } from '../kernel/scope.js';
import type { SubjectCode } from '../kernel/words.js';
import { Cet6Review } from '../modules/qualification/index.js';
import { Enrolment, HOLDS_A_SEAT, Registration } from '../modules/registration/index.js';
import type { Reader } from '../platform/database/unit-of-work.js';

export interface SubjectCount {
  subjectCode: SubjectCode;
  state: 'UNPAID' | 'PAID';
  count: number;
}

/** Figures and gatherings that only the back office asks for. */
@Injectable()
export class PanelRepository {
  /** What these registrations hold, unpaid and paid, by registration; one statement. */
  async liveEnrolments(
    reader: Reader,
    registrationIds: readonly string[],
  ): Promise<ReadonlyMap<string, Enrolment[]>> {
    if (registrationIds.length === 0) return new Map();
    const enrolments = await reader.manager.find(Enrolment, {
      where: { registrationId: In([...registrationIds]), state: In([...HOLDS_A_SEAT]) },
      order: { kind: 'DESC', level: 'ASC' },
    });
    const held = new Map<string, Enrolment[]>(registrationIds.map((id) => [id, []]));
    for (const enrolment of enrolments) held.get(enrolment.registrationId)?.push(enrolment);
    return held;
  }

  /** Live registrations of a sitting whose students belong to the scope. */
  registrations(reader: Reader, sittingId: string, scope: Scope): Promise<number> {
    return reader.manager.countBy(Registration, { sittingId, state: 'ACTIVE', details: columnsOf(scope) });
  }

  /** Unpaid and paid enrolments of a sitting at the venues of the scope, by subject; one statement. */
  async enrolmentsBySubject(reader: Reader, sittingId: string, scope: Scope): Promise<SubjectCount[]> {
    const rows = await reader.manager
      .createQueryBuilder(Enrolment, 'enrolment')
      .where({ sittingId, state: In([...HOLDS_A_SEAT]), ...columnsOf(scope) })
      .select('enrolment.subjectCode', 'subjectCode')
      .addSelect('enrolment.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .groupBy('enrolment.subjectCode')
      .addGroupBy('enrolment.state')
      .getRawMany<Omit<SubjectCount, 'count'> & { count: number | string }>();
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  /** Reviews that wait for a school's decision, whatever sitting they were submitted in. */
  reviewsWaiting(reader: Reader, scope: Scope): Promise<number> {
    return reader.manager.countBy(Cet6Review, { state: 'PENDING', ...columnsOf(scope) });
  }
}

/** @throws Error for somebody without a scope: whoever asks for figures has checked that there are some */
function columnsOf(scope: Scope): ObjectLiteral {
  if ('none' in scope) throw new Error('Figures were asked for without a scope.');
  return 'all' in scope ? {} : scope;
}
