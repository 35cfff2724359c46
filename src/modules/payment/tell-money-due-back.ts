import { Injectable } from '@nestjs/common';
import { SUBJECTS } from '../../kernel/words.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from '../passport/index.js';
import { SchoolRepository } from '../sitting/index.js';
import { moneyDueBackMail, moneyDueBackText } from './money-due-back.message.js';
import type { OrderWithLines } from './payment-order.repository.js';

const TEMPLATE = 'payment.due-back';

/**
 * R-PA-7: a candidate whose school has paid for what had ended is told, by e-mail and, unless the address is proven, by
 * SMS: nobody else would tell them that they are not enrolled.
 */
@Injectable()
export class TellMoneyDueBack {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly schools: SchoolRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(tx: Tx, { order, accountId }: { order: OrderWithLines; accountId: string }): Promise<void> {
    const account = await this.accounts.find(tx, accountId);
    const names = await this.schools.names(
      tx,
      order.lines.map(({ campusCode }) => campusCode),
    );
    const dueBack = {
      ...order,
      lines: order.lines.map(({ subjectCode, campusCode, feeFen }) => ({
        subject: SUBJECTS[subjectCode].name,
        school: names.get(campusCode)?.school.name ?? '',
        campus: names.get(campusCode)?.campus.name ?? campusCode,
        feeFen,
      })),
    };
    if (account?.email) {
      const mail = moneyDueBackMail(dueBack);
      await this.outbox.put(tx, { channel: 'EMAIL', recipient: account.email, template: TEMPLATE, ...mail });
    }
    // an address that nobody has proven may be a stranger's
    if (account?.phone && !account.emailProven) {
      const body = moneyDueBackText(dueBack);
      await this.outbox.put(tx, { channel: 'SMS', recipient: account.phone, template: TEMPLATE, body });
    }
  }
}
