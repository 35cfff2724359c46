import { Injectable } from '@nestjs/common';
import { maskEmail, maskPhone } from '../../kernel/document-number.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OutboxRepository } from './outbox.repository.js';
import type { MessageChannel } from './outbox-message.entity.js';
import type { OutboxMessageState } from './outbox-message.machine.js';

export interface ListedMessage {
  id: string;
  createdAt: Date;
  channel: MessageChannel;
  /** Masked. */
  recipient: string;
  template: string;
  subject?: string;
  /** In full: where nothing carries a channel, this is where its messages are read. */
  body: string;
  state: OutboxMessageState;
  attempts: number;
  error?: string;
}

/** The newest messages, for whoever runs the system; `recipient` in full narrows them to one person's. */
@Injectable()
export class ListOutbox {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: OutboxRepository,
  ) {}

  async execute({
    limit = 20,
    recipient,
  }: {
    limit?: number;
    recipient?: string;
  } = {}): Promise<ListedMessage[]> {
    const messages = await this.messages.newest(this.unitOfWork.read(), { limit, recipient });
    return messages.map((message) => ({
      id: message.id,
      createdAt: message.createdAt,
      channel: message.channel,
      recipient: message.channel === 'SMS' ? maskPhone(message.recipient) : maskEmail(message.recipient),
      template: message.template,
      ...(message.subject === null ? {} : { subject: message.subject }),
      body: this.messages.bodyOf(message),
      state: message.state,
      attempts: message.attempts,
      ...(message.error === null ? {} : { error: message.error }),
    }));
  }
}
