import { Global, Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { NotificationModule } from '../notification/index.js';
import { AccountHoldings, FirstSignIns, PassportModule } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { DecideOwnerChange } from './decide-owner-change.use-case.js';
import { FirstSignInsOfLists } from './first-sign-ins-of-lists.js';
import { HoldingsOfAccounts } from './holdings-of-accounts.js';
import { MoneyHeld } from './money-held.js';
import { MoveRegistration } from './move-registration.js';
import { OwnedRegistrations } from './owned-registrations.js';
import { OwnerChangeRepository } from './owner-change.repository.js';
import { ProvenOwner } from './proven-owner.js';
import { ReleaseRegistration } from './release-registration.use-case.js';
import { RequestRegistrationMove } from './request-registration-move.use-case.js';
import { ResetAccount } from './reset-account.js';
import { ResetStudentAccount } from './reset-student-account.use-case.js';
import { StudentNumbers } from './student-numbers.js';

/** 归属: whose account a student's is. Global, because the passport far below it needs two answers from it. */
@Global()
@Module({
  imports: [
    AuditModule,
    NotificationModule,
    SittingModule,
    PassportModule,
    QualificationModule,
    RegistrationModule,
  ],
  providers: [
    FirstSignInsOfLists,
    { provide: FirstSignIns, useExisting: FirstSignInsOfLists },
    { provide: AccountHoldings, useClass: HoldingsOfAccounts },
    OwnerChangeRepository,
    OwnedRegistrations,
    ProvenOwner,
    StudentNumbers,
    MoneyHeld,
    ReleaseRegistration,
    RequestRegistrationMove,
    MoveRegistration,
    ResetAccount,
    ResetStudentAccount,
    DecideOwnerChange,
  ],
  exports: [
    FirstSignIns,
    AccountHoldings,
    ReleaseRegistration,
    RequestRegistrationMove,
    ResetStudentAccount,
    DecideOwnerChange,
  ],
})
export class OwnershipModule {}
