import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from './account.repository.js';

/** What whoever holds an account is told. No name and no number: a phone may be in other hands. */
export interface HolderMessage {
  /** What it is about, for staff who look for it: `cet6-review.decided`. */
  readonly template: string;
  /** Of the mail. */
  readonly subject: string;
  readonly body: string;
}

/** Tells whoever holds an account: at the bound number, and at the address if it is proven to be theirs. */
@Injectable()
export class TellHolder {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction of what is told: there is never one without the other. */
  async execute(tx: Tx, accountId: string, { template, subject, body }: HolderMessage): Promise<void> {
    const account = await this.accounts.find(tx, accountId);
    if (account?.phone)
      await this.outbox.put(tx, { channel: 'SMS', recipient: account.phone, template, body });
    if (account?.email && account.emailProven)
      await this.outbox.put(tx, { channel: 'EMAIL', recipient: account.email, template, subject, body });
  }
}
