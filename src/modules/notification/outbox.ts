import { Injectable } from '@nestjs/common';
import { emailIsPossible } from '../../kernel/email-address.rules.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type NewMessage, OutboxRepository } from './outbox.repository.js';
import type { OutboxMessage } from './outbox-message.entity.js';
import { isConfidential } from './resend-message.rules.js';

/** Where every message to a person begins. The words are the caller's; this only carries them. */
@Injectable()
export class Outbox {
  constructor(private readonly messages: OutboxRepository) {}

  /**
   * Writes messages in the caller's transaction; they are sent after the commit, or never if that fails.
   *
   * @throws EMAIL_INVALID: what is no single address is not written to, wherever it came from
   */
  async put(tx: Tx, ...messages: readonly NewMessage[]): Promise<void> {
    if (messages.length === 0) return;
    for (const { channel, recipient } of messages)
      if (channel === 'EMAIL') emailIsPossible(recipient, 'recipient');
    await this.messages.add(tx, messages);
    tx.wake('outbox.send');
  }

  /** What a message says, for staff; undefined for one that only its recipient may read. */
  wordsOf(message: OutboxMessage): string | undefined {
    return isConfidential(message) ? undefined : this.messages.bodyOf(message);
  }
}
