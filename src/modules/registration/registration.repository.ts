import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { inPieces } from '../../kernel/in-pieces.js';
import { sameName } from '../../kernel/person-name.js';
import { assertMove } from '../../kernel/state-machine.js';
import type { IdentityDocument } from '../../kernel/words.js';
import { forUpdate, forUpdateSkipLocked, isUniqueViolation } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Campus, ProvinceSetting, School, Sitting } from '../sitting/index.js';
import { Registration } from './registration.entity.js';
import { type DeletionCause, REGISTRATION_STATES } from './registration.machine.js';
import {
  ACCOUNT_ALREADY_REGISTERED,
  NOT_REGISTERED,
  RECORD_ALREADY_REGISTERED,
} from './registration.rules.js';

export interface RegistrationPageHead {
  registration: Registration;
  sitting: Sitting;
  campus: Campus;
  school: School;
  oralTicketAvailableAt: Date | null;
}

/** Ids in one statement: far from what either engine takes. */
const AT_ONCE = 500;

@Injectable()
export class RegistrationRepository {
  /** The account's live registration in the current sitting, with the sitting; one statement. @throws NOT_REGISTERED */
  async currentOf(
    reader: Reader,
    accountId: string,
  ): Promise<{ registration: Registration; sitting: Sitting }> {
    const found = (await reader.manager
      .createQueryBuilder(Registration, 'registration')
      .innerJoinAndMapOne(
        'registration.sitting',
        Sitting,
        'sitting',
        'sitting.id = registration.sittingId AND sitting.current = :current',
        { current: true },
      )
      .where({ accountId, state: 'ACTIVE' })
      .getOne()) as (Registration & { sitting: Sitting }) | null;
    if (!found) throw NOT_REGISTERED();
    const { sitting, ...registration } = found;
    return { registration, sitting };
  }

  /** What the registration page begins with: registration, sitting, own campus and school, ticket time; one statement. */
  async pageOf(reader: Reader, accountId: string): Promise<RegistrationPageHead> {
    const found = (await reader.manager
      .createQueryBuilder(Registration, 'registration')
      .innerJoinAndMapOne(
        'registration.sitting',
        Sitting,
        'sitting',
        'sitting.id = registration.sittingId AND sitting.current = :current',
        { current: true },
      )
      .innerJoinAndMapOne(
        'registration.campus',
        Campus,
        'campus',
        'campus.code = registration.details.campusCode',
      )
      .innerJoinAndMapOne(
        'registration.school',
        School,
        'school',
        'school.code = registration.details.schoolCode',
      )
      .leftJoinAndMapOne(
        'registration.province',
        ProvinceSetting,
        'province',
        'province.sittingId = sitting.id AND province.provinceCode = registration.details.provinceCode',
      )
      .where({ accountId, state: 'ACTIVE' })
      .getOne()) as
      | (Registration & Omit<RegistrationPageHead, 'registration'> & { province: ProvinceSetting | null })
      | null;
    if (!found) throw NOT_REGISTERED();
    const { sitting, campus, school, province, ...registration } = found;
    return {
      registration,
      sitting,
      campus,
      school,
      oralTicketAvailableAt: province?.oralTicketAvailableAt ?? null,
    };
  }

  /** The same, with the registration's row locked: whoever changes what it holds does so one after the other. */
  async lockCurrentOf(tx: Tx, accountId: string): Promise<{ registration: Registration; sitting: Sitting }> {
    const { registration, sitting } = await this.currentOf(tx, accountId);
    return { registration: await this.lock(tx, registration.id), sitting };
  }

  /**
   * The same of several accounts at once, by account, as far as they have one. Nobody waits for anybody: the accounts
   * whose registration somebody else holds at this moment are `busy`.
   * @throws NOT_REGISTERED if there is no current sitting
   */
  async lockCurrentOfAll(
    tx: Tx,
    accountIds: readonly string[],
  ): Promise<{ sitting: Sitting; registrations: Map<string, Registration>; busy: ReadonlySet<string> }> {
    const sitting = await tx.manager.findOneBy(Sitting, { current: true });
    if (!sitting) throw NOT_REGISTERED();
    const found = await tx.manager.find(Registration, {
      select: { id: true, accountId: true },
      where: { accountId: In([...new Set(accountIds)]), sittingId: sitting.id, state: 'ACTIVE' },
    });
    const rows = await this.lockRows(
      tx,
      found.map(({ id }) => id),
      forUpdateSkipLocked,
    );
    const locked = new Map(rows.map((row) => [row.accountId, row]));
    const busy = new Set(found.map(({ accountId }) => accountId).filter((id) => !locked.has(id)));
    for (const { accountId, state } of rows) if (state !== 'ACTIVE') locked.delete(accountId);
    return { sitting, registrations: locked, busy };
  }

  /** Locks these registrations as far as they live, always in the same order, and gives them. */
  async lockAll(tx: Tx, ids: readonly string[]): Promise<Registration[]> {
    const rows = await this.lockRows(tx, ids, forUpdate);
    return rows.filter(({ state }) => state === 'ACTIVE');
  }

  /**
   * By nothing but their ids: a row that is waited for while its holder moves it within another index would not be
   * found there afterwards.
   */
  private async lockRows(
    tx: Tx,
    ids: readonly string[],
    lock: typeof forUpdate | typeof forUpdateSkipLocked,
  ): Promise<Registration[]> {
    const sorted = [...new Set(ids)].sort();
    const locked: Registration[] = [];
    for (const some of inPieces(sorted, AT_ONCE)) {
      const query = tx.manager
        .createQueryBuilder(Registration, 'registration')
        .where({ id: In(some) })
        .orderBy('registration.id');
      locked.push(...(await lock(query).getMany()));
    }
    return locked;
  }

  /** Locks a live registration. @throws NOT_REGISTERED if it has been deleted */
  async lock(tx: Tx, id: string): Promise<Registration> {
    const registration = await this.lockIfActive(tx, id);
    if (!registration) throw NOT_REGISTERED();
    return registration;
  }

  /** Where money comes for what it held: also a deleted one's comes once. */
  lockEvenIfDeleted(tx: Tx, id: string): Promise<Registration | null> {
    return forUpdate(tx.manager.createQueryBuilder(Registration, 'registration').where({ id })).getOne();
  }

  lockIfActive(tx: Tx, id: string): Promise<Registration | null> {
    return forUpdate(
      tx.manager.createQueryBuilder(Registration, 'registration').where({ id, state: 'ACTIVE' }),
    ).getOne();
  }

  /** The live registration of a student. */
  ofRecord(reader: Reader, sittingId: string, recordId: string): Promise<Registration | null> {
    return reader.manager
      .createQueryBuilder(Registration, 'registration')
      .where({ sittingId })
      .andWhere('registration.live_record_id = :recordId', { recordId })
      .getOne();
  }

  /** The live registration of an account. */
  ofAccount(reader: Reader, sittingId: string, accountId: string): Promise<Registration | null> {
    return reader.manager.findOneBy(Registration, { sittingId, accountId, state: 'ACTIVE' });
  }

  /**
   * The account that stands registered as this student, in whichever sitting, by document and name; none if several do.
   */
  async accountConfirmedAs(
    reader: Reader,
    { documentType, documentNumber, name }: IdentityDocument & { name: string },
  ): Promise<string | undefined> {
    const registrations = await reader.manager.find(Registration, {
      select: { accountId: true, details: { name: true } },
      where: { state: 'ACTIVE', details: { documentType, documentNumber } },
    });
    const same = registrations.filter(({ details }) => sameName(details.name, name));
    const accountIds = new Set(same.map(({ accountId }) => accountId));
    return accountIds.size === 1 ? [...accountIds][0] : undefined;
  }

  /** These registrations, deleted ones too, by id. */
  async byIds(reader: Reader, ids: readonly string[]): Promise<Map<string, Registration>> {
    if (ids.length === 0) return new Map();
    const found = await reader.manager.findBy(Registration, { id: In([...new Set(ids)]) });
    return new Map(found.map((registration) => [registration.id, registration]));
  }

  /** @throws ACCOUNT_ALREADY_REGISTERED, RECORD_ALREADY_REGISTERED as the unique indexes say */
  async add(
    tx: Tx,
    registration: Pick<Registration, 'sittingId' | 'accountId' | 'recordId' | 'details'>,
  ): Promise<Registration> {
    const row = tx.manager.create(Registration, {
      ...registration,
      id: newId(),
      state: 'ACTIVE',
      emptySince: tx.now,
      createdAt: tx.now,
      deletedAt: null,
      deletedBecause: null,
    });
    const { sittingId, accountId } = registration;
    if (await tx.manager.existsBy(Registration, { sittingId, accountId, state: 'ACTIVE' })) {
      throw ACCOUNT_ALREADY_REGISTERED();
    }
    try {
      await tx.manager.insert(Registration, row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw String(error).includes('account') ? ACCOUNT_ALREADY_REGISTERED() : RECORD_ALREADY_REGISTERED();
    }
    return row;
  }

  /** It holds nothing any more: the hours until it is deleted begin (R-QU-7). */
  async becameEmpty(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(Registration, { id }, { emptySince: tx.now });
  }

  async isNoLongerEmpty(tx: Tx, ...ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.manager.update(Registration, { id: In([...ids]) }, { emptySince: null });
  }

  /** Compare-and-swap; false when it was deleted already. */
  async markDeleted(tx: Tx, registration: Registration, because: DeletionCause): Promise<boolean> {
    assertMove(REGISTRATION_STATES, registration.state, 'DELETED');
    const { affected } = await tx.manager.update(
      Registration,
      { id: registration.id, state: 'ACTIVE' },
      { state: 'DELETED', deletedAt: tx.now, deletedBecause: because },
    );
    return affected === 1;
  }

  /** Live registrations of these campuses' students, by campus; one statement that reads the index only. */
  async liveByCampus(
    reader: Reader,
    sittingId: string,
    campuses: readonly { code: string; schoolCode: string }[],
  ): Promise<Map<string, number>> {
    if (campuses.length === 0) return new Map();
    const schoolCode = In([...new Set(campuses.map((campus) => campus.schoolCode))]);
    const rows = await reader.manager
      .createQueryBuilder(Registration, 'registration')
      .select('registration.details.campusCode', 'campusCode')
      .addSelect('COUNT(*)', 'count')
      .where({ sittingId, state: 'ACTIVE', details: { schoolCode } })
      .groupBy('registration.details.campusCode')
      .getRawMany<{ campusCode: string; count: number | string }>();
    return new Map(rows.map(({ campusCode, count }) => [campusCode, Number(count)]));
  }

  /** Live registrations that have been empty since `moment` or longer, oldest first. */
  async emptySince(reader: Reader, sittingId: string, moment: Date, limit: number): Promise<string[]> {
    const rows = await reader.manager
      .createQueryBuilder(Registration, 'registration')
      .select('registration.id', 'id')
      .where({ state: 'ACTIVE', sittingId })
      .andWhere('registration.emptySince <= :moment', { moment })
      .orderBy('registration.emptySince')
      .limit(limit)
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }
}
