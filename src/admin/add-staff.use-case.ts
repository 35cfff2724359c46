import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { PasswordHasher } from '../modules/passport/index.js';
import { SchoolRepository } from '../modules/sitting/index.js';
import { isUniqueViolation } from '../platform/database/dialect.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { STAFF_LOGIN_TAKEN, staffPasswordIsLongEnough, staffScopeIsWhole } from './new-staff.rules.js';
import type { Staff } from './staff.entity.js';
import { StaffRepository } from './staff.repository.js';

export interface NewStaff {
  login: string;
  name: string;
  role: StaffRole;
  provinceCode?: string;
  schoolCode?: string;
  password: string;
}

/** Gives a member of staff an account: the first one by the command line, on a system that has none. */
@Injectable()
export class AddStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly schools: SchoolRepository,
    private readonly passwords: PasswordHasher,
  ) {}

  /** @throws STAFF_PASSWORD_TOO_SHORT, STAFF_SCOPE_INCOMPLETE, STAFF_LOGIN_TAKEN */
  async execute({ login, name, role, provinceCode, schoolCode, password }: NewStaff): Promise<Staff> {
    staffPasswordIsLongEnough(password);
    const passwordHash = await this.passwords.hash(password);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const [school] = schoolCode ? await this.schools.schools(tx, [schoolCode]) : [];
        const province =
          provinceCode && (await this.schools.provinceNames(tx)).has(provinceCode) ? provinceCode : undefined;
        staffScopeIsWhole({ role, province, school });
        const member: Staff = {
          id: newId(),
          login: login.trim().toLowerCase(),
          name: name.trim(),
          role,
          provinceCode: role === 'CENTRAL' ? null : (school?.provinceCode ?? province ?? null),
          schoolCode: role === 'SCHOOL' ? school!.code : null,
          passwordHash,
          createdAt: tx.now,
        };
        await this.staff.add(tx, member);
        return member;
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw STAFF_LOGIN_TAKEN();
      throw error;
    }
  }
}
