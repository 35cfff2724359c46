import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
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
    await this.messages.add(tx, messages);
    tx.wake('outbox.send');
  }

  /**
   * `put`, or the same work for nothing, where the time of an answer must not tell whether there was somebody to write
   * to: the message is written and, `meant` or not, one is deleted, its own or one that was never there.
   */
  async putIf(tx: Tx, meant: boolean, message: NewMessage): Promise<void> {
    const [id] = await this.messages.add(tx, [message]);
    await this.messages.remove(tx, meant ? newId() : id!);
    tx.wake('outbox.send');
  }

  /** What a message says, for staff; undefined for one that only its recipient may read. */
  wordsOf(message: OutboxMessage): string | undefined {
    return isConfidential(message) ? undefined : this.messages.bodyOf(message);
  }
}
