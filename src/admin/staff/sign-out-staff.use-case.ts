import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SecurityLog } from '../../platform/security-log.js';
import { SignInRecords } from './sign-in-records.js';
import { StaffRepository } from './staff.repository.js';

/** Leaves the line that somebody signed out; the session itself is express-session's to end. */
@Injectable()
export class SignOutStaff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffRepository,
    private readonly records: SignInRecords,
    private readonly security: SecurityLog,
  ) {}

  execute({ staffId, address }: { staffId: string; address: string | undefined }): Promise<void> {
    return this.security.during('staff.sign-out', { staffId, address }, () =>
      this.unitOfWork.run(async (tx) => {
        const staff = await this.staff.byId(tx, staffId);
        if (staff) await this.records.signedOut(tx, staff, address);
      }),
    );
  }
}
