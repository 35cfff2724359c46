import { Module } from '@nestjs/common';
import { AuditModule } from '../../modules/audit/index.js';
import { NotificationModule } from '../../modules/notification/index.js';
import { PassportModule } from '../../modules/passport/index.js';
import { QualificationModule } from '../../modules/qualification/index.js';
import { SittingModule } from '../../modules/sitting/index.js';
import { AcceptInvitation } from './accept-invitation.use-case.js';
import { AddStaff } from './add-staff.use-case.js';
import { ChangeStaffPassword } from './change-staff-password.use-case.js';
import { CurrentPassword } from './current-password.js';
import { DisableStaff } from './disable-staff.use-case.js';
import { EditStaff } from './edit-staff.use-case.js';
import { Invitations } from './invitations.js';
import { InviteStaffAgain } from './invite-staff-again.use-case.js';
import { OwnSessions } from './own-sessions.use-case.js';
import { SecondFactor } from './second-factor.js';
import { SetUpTotp } from './set-up-totp.use-case.js';
import { SignInLocks } from './sign-in-locks.js';
import { SignInRecords } from './sign-in-records.js';
import { SignInStaff } from './sign-in-staff.use-case.js';
import { SignOutStaff } from './sign-out-staff.use-case.js';
import { StaffRepository } from './staff.repository.js';
import { StaffSessionRepository } from './staff-session.repository.js';
import { UnlockStaff } from './unlock-staff.use-case.js';

const offered = [
  StaffRepository,
  SignInLocks,
  AddStaff,
  EditStaff,
  InviteStaffAgain,
  AcceptInvitation,
  DisableStaff,
  UnlockStaff,
  SignInStaff,
  SignOutStaff,
  ChangeStaffPassword,
  SetUpTotp,
  OwnSessions,
];

/** Staff accounts, without the back office's pages: what the command line needs, too. */
@Module({
  imports: [AuditModule, NotificationModule, SittingModule, PassportModule, QualificationModule],
  providers: [...offered, StaffSessionRepository, Invitations, SignInRecords, SecondFactor, CurrentPassword],
  exports: offered,
})
export class StaffModule {}
