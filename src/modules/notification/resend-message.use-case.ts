import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../kernel/actor.js';
import { emailIsPossible } from '../../kernel/email-address.rules.js';
import { onlyStaffOf } from '../../kernel/staff-role.rules.js';
import type { Shown } from '../../platform/database/as-shown.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AuditTrail } from '../audit/index.js';
import { OutboxRepository } from './outbox.repository.js';
import { theMessageIsDoneWith, theMessageOpensNothing } from './resend-message.rules.js';

/** R-AD: central staff have a message sent once more: to somebody it did not reach, or after a server's failure. */
@Injectable()
export class ResendMessage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: OutboxRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws NOT_YOUR_ROLE, NOT_FOUND, MESSAGE_CONFIDENTIAL, MESSAGE_WAITING, EMAIL_INVALID */
  async execute({ id, asShown }: { id: string } & Shown, actor: StaffActor): Promise<void> {
    onlyStaffOf(actor, 'CENTRAL');
    await this.unitOfWork.run(async (tx) => {
      const message = await this.messages.loadForUpdate(tx, id);
      if (!message) throw NOT_FOUND();
      await asShown?.(tx);
      theMessageOpensNothing(message);
      theMessageIsDoneWith(message);
      if (message.channel === 'EMAIL') emailIsPossible(message.recipient, 'recipient');
      await this.messages.sendAgain(tx, message);
      await this.audit.record(tx, actor, {
        action: 'outbox-message.resend',
        rowId: id,
        before: { state: message.state },
        after: {
          state: 'WAITING',
          template: message.template,
          [message.channel === 'EMAIL' ? 'email' : 'phone']: message.recipient,
        },
      });
      tx.wake('outbox.send');
    });
  }
}
