import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { assertMove } from '../../kernel/state-machine.js';
import { forUpdate, isUniqueViolation } from '../../platform/database/dialect.js';
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

  /** Locks a live registration. @throws NOT_REGISTERED if it has been deleted */
  async lock(tx: Tx, id: string): Promise<Registration> {
    const registration = await this.lockIfActive(tx, id);
    if (!registration) throw NOT_REGISTERED();
    return registration;
  }

  lockIfActive(tx: Tx, id: string): Promise<Registration | null> {
    return forUpdate(
      tx.manager.createQueryBuilder(Registration, 'registration').where({ id, state: 'ACTIVE' }),
    ).getOne();
  }

  byId(reader: Reader, id: string): Promise<Registration | null> {
    return reader.manager.findOneBy(Registration, { id });
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

  async isNoLongerEmpty(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(Registration, { id }, { emptySince: null });
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
