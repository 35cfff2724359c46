import { Global, Module } from '@nestjs/common';
import { AccountHoldings, FirstSignIns } from '../passport/index.js';
import { QualificationModule } from '../qualification/index.js';
import { RegistrationModule } from '../registration/index.js';
import { SittingModule } from '../sitting/index.js';
import { FirstSignInsOfLists } from './first-sign-ins-of-lists.js';
import { HoldingsOfAccounts } from './holdings-of-accounts.js';

/** 归属: whose account a student's is. Global, because the passport far below it needs two answers from it. */
@Global()
@Module({
  imports: [SittingModule, QualificationModule, RegistrationModule],
  providers: [
    FirstSignInsOfLists,
    { provide: FirstSignIns, useExisting: FirstSignInsOfLists },
    { provide: AccountHoldings, useClass: HoldingsOfAccounts },
  ],
  exports: [FirstSignIns, AccountHoldings],
})
export class OwnershipModule {}
