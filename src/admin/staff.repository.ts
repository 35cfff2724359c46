import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Reader, Tx } from '../platform/database/unit-of-work.js';
import { Staff } from './staff.entity.js';

@Injectable()
export class StaffRepository {
  byId(reader: Reader, id: string): Promise<Staff | null> {
    return reader.manager.findOneBy(Staff, { id });
  }

  byLogin(reader: Reader, login: string): Promise<Staff | null> {
    return reader.manager.findOneBy(Staff, { login });
  }

  async add(tx: Tx, staff: Staff): Promise<void> {
    await tx.manager.insert(Staff, staff);
  }

  /** Names by id, for rows that say who decided. */
  async names(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const staff = await reader.manager.findBy(Staff, { id: In([...new Set(ids)]) });
    return new Map(staff.map(({ id, name }) => [id, name]));
  }
}
