import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { StaffActor } from '../../kernel/actor.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { forUpdate } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { Staff } from './staff.entity.js';

@Injectable()
export class StaffRepository {
  byId(reader: Reader, id: string): Promise<Staff | null> {
    return reader.manager.findOneBy(Staff, { id });
  }

  byLogin(reader: Reader, login: string): Promise<Staff | null> {
    return reader.manager.findOneBy(Staff, { login });
  }

  byInvitation(reader: Reader, invitationHash: string): Promise<Staff | null> {
    return reader.manager.findOneBy(Staff, { invitationHash });
  }

  /** Held still until the transaction ends. */
  loadForUpdate(tx: Tx, id: string): Promise<Staff> {
    return forUpdate(tx.manager.createQueryBuilder(Staff, 'staff').where({ id })).getOneOrFail();
  }

  /** Somebody whose account central staff look after, held still. @throws NOT_YOUR_ROLE, NOT_FOUND */
  async loadManaged(tx: Tx, id: string, actor: StaffActor): Promise<Staff> {
    onlyStaffOf(actor, 'CENTRAL');
    const staff = await forUpdate(tx.manager.createQueryBuilder(Staff, 'staff').where({ id })).getOne();
    if (!staff) throw NOT_FOUND();
    return staff;
  }

  async add(tx: Tx, staff: Staff): Promise<void> {
    await tx.manager.insert(Staff, staff);
  }

  async update(tx: Tx, id: string, facts: Partial<Staff>): Promise<void> {
    await tx.manager.update(Staff, { id }, facts as object);
  }

  /** Takes a code's time step; false if it, or a later one, has been taken before. */
  async takeTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(Staff)
      .set({ totpLastStep: step })
      .where('id = :id AND (totpLastStep IS NULL OR totpLastStep < :step)', { id, step })
      .execute();
    return affected === 1;
  }

  /** Names by id, for rows that say who decided. */
  async names(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const staff = await reader.manager.findBy(Staff, { id: In([...new Set(ids)]) });
    return new Map(staff.map(({ id, name }) => [id, name]));
  }
}
