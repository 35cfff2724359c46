import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type NewMessage, OutboxRepository } from './outbox.repository.js';

/** Where every message to a person begins. The words are the caller's; this only carries them. */
@Injectable()
export class Outbox {
  constructor(private readonly messages: OutboxRepository) {}

  /** Writes a message in the caller's transaction; it is sent after the commit, or never if that fails. */
  async put(tx: Tx, message: NewMessage): Promise<void> {
    await this.messages.add(tx, message);
    tx.wake('outbox.send');
  }
}
