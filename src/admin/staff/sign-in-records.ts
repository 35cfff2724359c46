import { Injectable } from '@nestjs/common';
import type { SystemActor } from '../../kernel/actor.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { SignInLocks } from './sign-in-locks.js';
import { type Staff, staffActor } from './staff.entity.js';

/** Whose doing a lock is: nobody's who is known. */
const SOMEBODY: SystemActor = { type: 'SYSTEM', cause: 'staff.sign-in' };

/** What the audit trail keeps of people coming and going. */
@Injectable()
export class SignInRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: SignInLocks,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  signedIn(tx: Tx, staff: Staff, address: string): Promise<void> {
    const change = { action: 'staff.sign-in', ...rowOf(staff), after: { address } };
    return this.audit.record(tx, staffActor(staff), change);
  }

  signedOut(tx: Tx, staff: Staff, address: string | undefined): Promise<void> {
    const change = { action: 'staff.sign-out', ...rowOf(staff), after: { address } };
    return this.audit.record(tx, staffActor(staff), change);
  }

  /** Did the attempt that has just failed lock the login? Nobody is let try while it is locked, so a lock has one line. */
  async failed(staff: Staff, address: string): Promise<void> {
    const { id: staffId, login } = staff;
    const lockedUntil = (await this.locks.lockedUntil(this.unitOfWork.read(), [login])).get(login);
    if (lockedUntil === undefined) return;
    const change = { action: 'staff.lock', ...rowOf(staff), after: { lockedUntil, address } };
    await this.unitOfWork.run((tx) => this.audit.record(tx, SOMEBODY, change));
    this.security.note('staff.lock', { staffId, address, outcome: 'LOCKED' });
  }
}

function rowOf({ id: rowId, provinceCode, schoolCode }: Staff) {
  return { rowId, provinceCode, schoolCode };
}
