import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from '../passport/index.js';
import type { Cet6ReviewMessage } from './cet6-review.messages.js';

const TEMPLATE = 'cet6-review.decided';

/** Tells a candidate what the school decided: at the bound number, and at the address if it is proven to be theirs. */
@Injectable()
export class TellCandidate {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction of the decision: there is never one without the other. */
  async execute(tx: Tx, accountId: string, { subject, body }: Cet6ReviewMessage): Promise<void> {
    const account = await this.accounts.find(tx, accountId);
    if (account?.phone)
      await this.outbox.put(tx, { channel: 'SMS', recipient: account.phone, template: TEMPLATE, body });
    if (account?.email && account.emailProven) {
      await this.outbox.put(tx, {
        channel: 'EMAIL',
        recipient: account.email,
        template: TEMPLATE,
        subject,
        body,
      });
    }
  }
}
