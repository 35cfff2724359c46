import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { inPieces } from '../../kernel/in-pieces.js';
import { sameName } from '../../kernel/person-name.js';
import { assertMove } from '../../kernel/state-machine.js';
import type { IdentityDocument } from '../../kernel/words.js';
import { forUpdate, forUpdateClause, isUniqueViolation } from '../../platform/database/dialect.js';
import { placeholders, selectEntities } from '../../platform/database/select-entities.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Campus, ProvinceSetting, School, Sitting } from '../sitting/index.js';
import { Registration } from './registration.entity.js';
import { type DeletionCause, REGISTRATION_STATES } from './registration.machine.js';
import {
  ACCOUNT_ALREADY_REGISTERED,
  NOT_REGISTERED,
  RECORD_ALREADY_REGISTERED,
  theRegistrationIsTheirs,
} from './registration.rules.js';

export interface RegistrationPageHead {
  registration: Registration;
  sitting: Sitting;
  campus: Campus;
  school: School;
  oralTicketAvailableAt: Date | null;
}

const IN_THE_CURRENT_SITTING = 'sitting.id = registration.sitting_id AND sitting.current = 1';

/** Ids in one statement: far from what either engine takes. */
const AT_ONCE = 500;

@Injectable()
export class RegistrationRepository {
  /** The account's live registration in the current sitting, with the sitting; one statement. @throws NOT_REGISTERED */
  async currentOf(
    reader: Reader,
    accountId: string,
  ): Promise<{ registration: Registration; sitting: Sitting }> {
    const [found] = await selectEntities(
      reader.manager,
      { registration: Registration, sitting: Sitting },
      `FROM registration JOIN sitting ON ${IN_THE_CURRENT_SITTING}
       WHERE registration.account_id = ? AND registration.state = 'ACTIVE'`,
      [accountId],
    );
    if (!found) throw NOT_REGISTERED();
    return found;
  }

  /** What the registration page begins with: registration, sitting, own campus and school, ticket time; one statement. */
  async pageOf(reader: Reader, accountId: string): Promise<RegistrationPageHead> {
    const [found] = await selectEntities(
      reader.manager,
      {
        registration: Registration,
        sitting: Sitting,
        campus: Campus,
        school: School,
        province: ProvinceSetting,
      },
      `FROM registration JOIN sitting ON ${IN_THE_CURRENT_SITTING}
       JOIN campus ON campus.code = registration.campus_code JOIN school ON school.code = registration.school_code
       LEFT JOIN province_setting province
         ON province.sitting_id = sitting.id AND province.province_code = registration.province_code
       WHERE registration.account_id = ? AND registration.state = 'ACTIVE'`,
      [accountId],
    );
    if (!found) throw NOT_REGISTERED();
    const { province, ...head } = found;
    return { ...head, oralTicketAvailableAt: province.oralTicketAvailableAt };
  }

  /** The same, with the registration's row locked: whoever changes what it holds does so one after the other. */
  async lockCurrentOf(tx: Tx, accountId: string): Promise<{ registration: Registration; sitting: Sitting }> {
    const { registration, sitting } = await this.currentOf(tx, accountId);
    const locked = await this.lock(tx, registration.id);
    theRegistrationIsTheirs(locked, accountId);
    return { registration: locked, sitting };
  }

  /** Those of these accounts that have a live registration, in whichever sitting. */
  async accountsWithOne(reader: Reader, accountIds: readonly string[]): Promise<Set<string>> {
    const registrations = await reader.manager.find(Registration, {
      select: { id: true, accountId: true },
      where: { accountId: In([...accountIds]), state: 'ACTIVE' },
    });
    return new Set(registrations.map(({ accountId }) => accountId));
  }

  /**
   * The same of several accounts at once, with their sitting, as far as they have one that nobody else holds at this
   * moment: nobody waits for anybody.
   */
  async lockFreeOnesOf(
    tx: Tx,
    accountIds: readonly string[],
  ): Promise<{ registration: Registration; sitting: Sitting }[]> {
    const accounts = [...new Set(accountIds)];
    return selectEntities(
      tx.manager,
      { registration: Registration, sitting: Sitting },
      // the sitting's row stays free: what is within a table of its own, as LIMIT makes it, is not locked
      `FROM (SELECT * FROM sitting WHERE current = 1 LIMIT 1) sitting
       JOIN registration ON registration.sitting_id = sitting.id
       WHERE registration.account_id IN (${placeholders(accounts)}) AND registration.state = 'ACTIVE'
       ${forUpdateClause(tx.manager, 'IS_LEFT_OUT')}`,
      accounts,
    );
  }

  /**
   * Locks these registrations as far as they live, always in the same order, and gives them. By nothing but their ids: a
   * row that is waited for while its holder moves it within another index would not be found there afterwards.
   */
  async lockAll(tx: Tx, ids: readonly string[]): Promise<Registration[]> {
    const sorted = [...new Set(ids)].sort();
    const locked: Registration[] = [];
    for (const some of inPieces(sorted, AT_ONCE)) {
      const rows = await selectEntities(
        tx.manager,
        { registration: Registration },
        `FROM registration WHERE id IN (${placeholders(some)}) ORDER BY id
         ${forUpdateClause(tx.manager, 'IS_WAITED_FOR')}`,
        some,
      );
      locked.push(...rows.map(({ registration }) => registration));
    }
    return locked.filter(({ state }) => state === 'ACTIVE');
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
   * The account that stands registered as this student, in whichever sitting, by document and name, or a name that the
   * same school has corrected since; none if several do.
   */
  async accountConfirmedAs(
    reader: Reader,
    {
      documentType,
      documentNumber,
      name,
      schoolCode,
    }: IdentityDocument & { name: string; schoolCode: string },
  ): Promise<string | undefined> {
    const registrations = await reader.manager.find(Registration, {
      select: { accountId: true, details: { name: true, schoolCode: true } },
      where: { state: 'ACTIVE', details: { documentType, documentNumber } },
    });
    const same = registrations.filter(
      ({ details }) => details.schoolCode === schoolCode || sameName(details.name, name),
    );
    const accountIds = new Set(same.map(({ accountId }) => accountId));
    return accountIds.size === 1 ? [...accountIds][0] : undefined;
  }

  /** From which accounts schools have released this student, and in which sittings. */
  async releasedFrom(
    reader: Reader,
    { documentType, documentNumber }: IdentityDocument,
  ): Promise<Pick<Registration, 'accountId' | 'sittingId'>[]> {
    return reader.manager.find(Registration, {
      select: { accountId: true, sittingId: true },
      where: {
        state: 'DELETED',
        deletedBecause: 'RELEASED',
        details: { documentType, documentNumber },
      },
    });
  }

  /** The registration is another account's from now on. @throws ACCOUNT_ALREADY_REGISTERED as the unique index says */
  async moveTo(tx: Tx, { id, accountId: from }: Registration, accountId: string): Promise<void> {
    try {
      const { affected } = await tx.manager.update(
        Registration,
        { id, accountId: from, state: 'ACTIVE' },
        { accountId },
      );
      if (affected !== 1) throw new Error(`Registration ${id} was locked and yet moved.`);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw ACCOUNT_ALREADY_REGISTERED();
    }
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
      levelsHeld: 0,
      levelsHeldSince: tx.now,
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
      .where({ state: 'ACTIVE', levelsHeld: 0, sittingId })
      .andWhere('registration.levelsHeldSince <= :moment', { moment })
      .orderBy('registration.levelsHeldSince')
      .limit(limit)
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }
}
