import { Injectable } from '@nestjs/common';
import type { StaffActor, StaffRole, SystemActor } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import { AuditTrail } from '../../modules/audit/index.js';
import { PasswordHasher, passwordIsHardToGuess } from '../../modules/passport/index.js';
import { SchoolRepository } from '../../modules/sitting/index.js';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { type Invitation, Invitations } from './invitations.js';
import {
  addressOfStaff,
  loginOfStaff,
  nameOfStaff,
  STAFF_LOGIN_TAKEN,
  staffPasswordIsLongEnough,
  staffScopeIsWhole,
} from './new-staff.rules.js';
import { auditedStaff, type Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';

export interface NewStaff {
  login: string;
  name: string;
  role: StaffRole;
  provinceCode?: string;
  schoolCode?: string;
  email?: string;
  /** Without one they are invited to set it themselves. */
  password?: string;
}

/** Login, name and address as they are kept. */
type Checked = Omit<NewStaff, 'email' | 'password'> & { email: string | null };

/**
 * R-AD: central staff give somebody an account. They set their password by an invitation; the command line can set one, on a system
 * that has nobody yet.
 */
@Injectable()
export class AddStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly schools: SchoolRepository,
    private readonly passwords: PasswordHasher,
    private readonly invitations: Invitations,
    private readonly audit: AuditTrail,
    private readonly security: SecurityLog,
  ) {}

  /**
   * @throws STAFF_PASSWORD_TOO_SHORT, PASSWORD_TOO_COMMON, PASSWORD_PERSONAL, NOT_YOUR_ROLE, STAFF_SCOPE_INCOMPLETE, STAFF_LOGIN_TAKEN, EMAIL_INVALID,
   * FIELD_INVALID
   */
  execute(
    command: NewStaff,
    actor: StaffActor | SystemActor,
  ): Promise<{ staff: Staff; invitation?: Invitation }> {
    const by = actor.type === 'STAFF' ? { by: actor.staffId, address: actor.address } : {};
    return this.security.during('staff.add', by, async (known) => {
      const added = await this.add(command, actor);
      known.staffId = added.staff.id;
      return added;
    });
  }

  private async add(
    { password, ...typed }: NewStaff,
    actor: StaffActor | SystemActor,
  ): Promise<{ staff: Staff; invitation?: Invitation }> {
    if (actor.type === 'STAFF') onlyStaffOf(actor, 'CENTRAL');
    const facts = {
      ...typed,
      login: loginOfStaff(typed.login),
      name: nameOfStaff(typed.name),
      email: addressOfStaff(typed.email),
    };
    if (password !== undefined) staffPasswordIsLongEnough(password);
    if (password !== undefined) await passwordIsHardToGuess(password, [facts.login, facts.email, facts.name]);
    const passwordHash = password === undefined ? null : await this.passwords.hash(password);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const staff = { ...(await this.account(tx, facts)), passwordHash };
        await this.staff.add(tx, staff);
        await this.audit.record(tx, actor, {
          action: 'staff.add',
          rowId: staff.id,
          provinceCode: staff.provinceCode,
          schoolCode: staff.schoolCode,
          after: auditedStaff(staff),
        });
        if (passwordHash !== null) return { staff };
        return { staff, invitation: await this.invitations.issue(tx, staff, actor) };
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw STAFF_LOGIN_TAKEN();
      throw error;
    }
  }

  private async account(
    tx: Tx,
    { login, name, role, provinceCode, schoolCode, email }: Checked,
  ): Promise<Staff> {
    const [school] = schoolCode ? await this.schools.schools(tx, [schoolCode]) : [];
    const province =
      provinceCode && (await this.schools.provinceNames(tx)).has(provinceCode) ? provinceCode : undefined;
    staffScopeIsWhole({ role, province, school });
    return {
      id: newId(),
      login,
      name,
      role,
      provinceCode: role === 'CENTRAL' ? null : role === 'SCHOOL' ? school!.provinceCode : province!,
      schoolCode: role === 'SCHOOL' ? school!.code : null,
      email,
      passwordHash: null,
      createdAt: tx.now,
      disabledAt: null,
      invitationHash: null,
      invitationExpiresAt: null,
      invitedBy: null,
      totpSecret: null,
      totpSince: null,
      totpLastStep: null,
      recoveryCodeHashes: null,
    };
  }
}
