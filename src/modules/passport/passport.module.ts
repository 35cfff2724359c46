import { Module } from '@nestjs/common';
import { NotificationModule } from '../notification/index.js';
import { AccountController } from './account.controller.js';
import { AccountRepository } from './account.repository.js';
import { AccountsOfStudents } from './accounts-of-students.js';
import { BindEmail } from './bind-email.use-case.js';
import { BindPhone } from './bind-phone.use-case.js';
import { ChangePassword } from './change-password.use-case.js';
import { CodeLimits } from './code-limits.js';
import { ContactChanges } from './contact-changes.js';
import { ContactOwners } from './contact-owners.js';
import { CurrentPassword } from './current-password.js';
import { EditProfile } from './edit-profile.use-case.js';
import { EndSession } from './end-session.use-case.js';
import { ExpiredRepository } from './expired.repository.js';
import { ForgetExpired } from './forget-expired.use-case.js';
import { HumanCheck } from './human-check.js';
import { ListSessions } from './list-sessions.use-case.js';
import { NetworkFailures } from './network-failures.js';
import { OneTimeCodeRepository } from './one-time-code.repository.js';
import { OneTimeCodes } from './one-time-codes.js';
import { PassportController } from './passport.controller.js';
import { PassportJobs } from './passport.jobs.js';
import { PasswordHasher } from './password-hasher.js';
import { PoseChallenge } from './pose-challenge.use-case.js';
import { RegisterAccount } from './register-account.use-case.js';
import { RequestCode } from './request-code.use-case.js';
import { ResetPassword } from './reset-password.use-case.js';
import { SendFirstCode } from './send-first-code.use-case.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { ShowAccount } from './show-account.use-case.js';
import { SignIn } from './sign-in.use-case.js';
import { SignInAttempts } from './sign-in-attempts.js';
import { TellHolder } from './tell-holder.js';
import { UsedChallengeRepository } from './used-challenge.repository.js';

/** 通行证: accounts, sessions, codes, human check. Import it wherever a controller asks for a session. */
@Module({
  imports: [NotificationModule],
  controllers: [PassportController, SessionController, AccountController],
  providers: [
    AccountRepository,
    AccountsOfStudents,
    SessionRepository,
    OneTimeCodeRepository,
    UsedChallengeRepository,
    ExpiredRepository,
    PasswordHasher,
    NetworkFailures,
    CodeLimits,
    HumanCheck,
    SignInAttempts,
    OneTimeCodes,
    PoseChallenge,
    RequestCode,
    RegisterAccount,
    SignIn,
    ListSessions,
    EndSession,
    ShowAccount,
    EditProfile,
    CurrentPassword,
    ContactChanges,
    ContactOwners,
    BindPhone,
    BindEmail,
    ChangePassword,
    ResetPassword,
    SendFirstCode,
    TellHolder,
    ForgetExpired,
    PassportJobs,
  ],
  exports: [
    AccountRepository,
    AccountsOfStudents,
    SessionRepository,
    PasswordHasher,
    HumanCheck,
    NetworkFailures,
    TellHolder,
  ],
})
export class PassportModule {}
