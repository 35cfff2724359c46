import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { AccountHoldings } from '../passport/index.js';
import { RegistrationRepository } from '../registration/index.js';

/** Which accounts are registered: what the passport asks before one goes to whoever reads its unproven address. */
@Injectable()
export class HoldingsOfAccounts extends AccountHoldings {
  constructor(private readonly registrations: RegistrationRepository) {
    super();
  }

  registered(reader: Reader, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.registrations.accountsWithOne(reader, accountIds);
  }
}
