import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { StaffSession } from './staff-session.entity.js';

@Injectable()
export class StaffSessionRepository {
  /** Newest first. */
  ofStaff(reader: Reader, staffId: string): Promise<StaffSession[]> {
    return reader.manager.find(StaffSession, {
      where: { staffId, expiresAt: MoreThan(reader.now) },
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  /** False if they have no such session. */
  async end(tx: Tx, staffId: string, id: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(StaffSession, { id, staffId });
    return affected === 1;
  }

  async endAll(tx: Tx, staffId: string): Promise<void> {
    await tx.manager.delete(StaffSession, { staffId });
  }

  async endOthers(tx: Tx, staffId: string, keptId: string): Promise<void> {
    await tx.manager.delete(StaffSession, { staffId, id: Not(keptId) });
  }
}
