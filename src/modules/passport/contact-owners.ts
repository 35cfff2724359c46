import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/unit-of-work.js';
import type { Account } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { AccountHoldings } from './account-holdings.js';
import type { Contact } from './contact.rules.js';
import { whoseAddressItIs } from './contact-owner.rules.js';

/** Whose a phone or an address is. The same statements are asked whether or not anybody has it: their time tells nothing. */
@Injectable()
export class ContactOwners {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly holdings: AccountHoldings,
  ) {}

  /** `owner`: whose password a code sent there may reset. Without one, `claimed`: do accounts say the address is theirs? */
  async of(
    reader: Reader,
    { channel, target }: Contact,
  ): Promise<{ owner: Account | undefined; claimed: boolean }> {
    if (channel === 'SMS') {
      const owner = (await this.accounts.withPhone(reader, target)) ?? undefined;
      return { owner, claimed: false };
    }
    const claimants = await this.accounts.withAddress(reader, target);
    const ids = claimants.map(({ id }) => id);
    const owner = whoseAddressItIs(claimants, await this.holdings.registered(reader, ids));
    return { owner, claimed: claimants.length > 0 };
  }
}
