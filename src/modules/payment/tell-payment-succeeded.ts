import { Injectable } from '@nestjs/common';
import { SUBJECTS } from '../../kernel/words.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../notification/index.js';
import { AccountRepository } from '../passport/index.js';
import { SchoolRepository } from '../sitting/index.js';
import type { PaymentProof } from './gateways/payment-gateway.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import type { OrderWithLines } from './payment-order.repository.js';
import { paymentSuccessMail, paymentSuccessText } from './payment-success.message.js';

const TEMPLATE = 'payment.success';

/**
 * R-PA-4: a payment that counts is told by e-mail and, unless the address is proven, by SMS; in the transaction that makes
 * it count.
 */
@Injectable()
export class TellPaymentSucceeded {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly schools: SchoolRepository,
    private readonly gateways: PaymentGateways,
    private readonly outbox: Outbox,
  ) {}

  async execute(
    tx: Tx,
    { order, accountId, proof }: { order: OrderWithLines; accountId: string; proof: PaymentProof },
  ): Promise<void> {
    const account = await this.accounts.find(tx, accountId);
    const names = await this.schools.names(
      tx,
      order.lines.map(({ campusCode }) => campusCode),
    );
    const success = {
      ...order,
      methodName: this.gateways.method(order, proof.method).name,
      paidAt: proof.paidAt,
      lines: order.lines.map(({ subjectCode, campusCode, feeFen }) => ({
        subject: SUBJECTS[subjectCode].name,
        school: names.get(campusCode)?.school.name ?? '',
        campus: names.get(campusCode)?.campus.name ?? campusCode,
        feeFen,
      })),
    };
    if (account?.email) {
      const mail = paymentSuccessMail(success);
      await this.outbox.put(tx, { channel: 'EMAIL', recipient: account.email, template: TEMPLATE, ...mail });
    }
    // an address that nobody has proven may be a stranger's
    if (account?.phone && !account.emailProven) {
      const body = paymentSuccessText(success);
      await this.outbox.put(tx, { channel: 'SMS', recipient: account.phone, template: TEMPLATE, body });
    }
  }
}
