import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { later } from '../../kernel/clock.js';
import { emailIsPossible } from '../../kernel/email-address.rules.js';
import { newId } from '../../kernel/ids.js';
import { assertMove } from '../../kernel/state-machine.js';
import { forUpdate, forUpdateSkipLocked, insertAll } from '../../platform/database/dialect.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { SecretBox } from '../../platform/http/secret-box.js';
import { type MessageChannel, OutboxMessage } from './outbox-message.entity.js';
import { OUTBOX_MESSAGE_STATES, type OutboxMessageState } from './outbox-message.machine.js';

export interface NewMessage {
  channel: MessageChannel;
  recipient: string;
  /** What it is about, for whoever looks for it: `passport.code`. */
  template: string;
  /** Of an e-mail. */
  subject?: string;
  body: string;
}

@Injectable()
export class OutboxRepository {
  constructor(private readonly secrets: SecretBox) {}

  /** Gives their ids. @throws EMAIL_INVALID for what is no single address, wherever it came from */
  async add(tx: Tx, messages: readonly NewMessage[]): Promise<string[]> {
    for (const { channel, recipient } of messages)
      if (channel === 'EMAIL') emailIsPossible(recipient, 'recipient');
    const rows = messages.map(
      (message): OutboxMessage => ({
        ...message,
        id: newId(),
        subject: message.subject ?? null,
        body: this.secrets.seal('outbox', message.body),
        state: 'WAITING',
        attempts: 0,
        nextAttemptAt: tx.now,
        createdAt: tx.now,
        sentAt: null,
        error: null,
      }),
    );
    await insertAll(tx.manager, OutboxMessage, rows);
    return rows.map(({ id }) => id);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(OutboxMessage, { id });
  }

  /** The words of a message. @throws Error if it was written with another SECRET_KEY */
  bodyOf(message: OutboxMessage): string {
    return this.secrets.open('outbox', message.body);
  }

  /**
   * Takes messages that are due, so that no other worker takes them before `leaseMs` have passed. A worker that dies
   * loses its messages to the next one after that time.
   */
  async take(tx: Tx, limit: number, leaseMs: number): Promise<OutboxMessage[]> {
    const due = await forUpdateSkipLocked(
      tx.manager
        .createQueryBuilder(OutboxMessage, 'message')
        .where("message.state = 'WAITING' AND message.nextAttemptAt <= :now", { now: tx.now })
        .orderBy('message.nextAttemptAt')
        .limit(limit),
    ).getMany();
    if (due.length === 0) return [];
    const nextAttemptAt = later(tx.now, leaseMs);
    await tx.manager.update(
      OutboxMessage,
      { id: In(due.map(({ id }) => id)) },
      { attempts: () => 'attempts + 1', nextAttemptAt },
    );
    return due.map((message) => ({ ...message, attempts: message.attempts + 1, nextAttemptAt }));
  }

  /** These stay to be read here. */
  async keep(tx: Tx, messages: readonly OutboxMessage[]): Promise<void> {
    assertMove(OUTBOX_MESSAGE_STATES, 'WAITING', 'KEPT');
    const id = In(messages.map((message) => message.id));
    await tx.manager.update(OutboxMessage, { id, state: 'WAITING' }, { state: 'KEPT' });
  }

  async markSent(tx: Tx, taken: OutboxMessage): Promise<void> {
    await this.move(tx, taken, 'SENT', { sentAt: tx.now, error: null });
  }

  async giveUp(tx: Tx, taken: OutboxMessage, error: string): Promise<void> {
    await this.move(tx, taken, 'FAILED', { error });
  }

  /** Leaves a message for a later try. */
  async postpone(tx: Tx, taken: OutboxMessage, nextAttemptAt: Date, error: string): Promise<void> {
    await this.updateTaken(tx, taken, { nextAttemptAt, error });
  }

  /** Held still until the transaction ends. */
  loadForUpdate(tx: Tx, id: string): Promise<OutboxMessage | null> {
    return forUpdate(tx.manager.createQueryBuilder(OutboxMessage, 'message').where({ id })).getOne();
  }

  /** From the beginning, as if it had not been tried. */
  async sendAgain(tx: Tx, { id, state }: OutboxMessage): Promise<void> {
    assertMove(OUTBOX_MESSAGE_STATES, state, 'WAITING');
    await tx.manager.update(
      OutboxMessage,
      { id, state },
      { state: 'WAITING', attempts: 0, nextAttemptAt: tx.now, sentAt: null, error: null },
    );
  }

  /** Newest first. */
  newest(
    reader: Reader,
    { limit, recipient }: { limit: number; recipient?: string },
  ): Promise<OutboxMessage[]> {
    return reader.manager.find(OutboxMessage, {
      where: recipient === undefined ? {} : { recipient },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: limit,
    });
  }

  private async move(tx: Tx, taken: OutboxMessage, state: OutboxMessageState, facts: Partial<OutboxMessage>) {
    assertMove(OUTBOX_MESSAGE_STATES, 'WAITING', state);
    await this.updateTaken(tx, taken, { state, ...facts });
  }

  /** Changes nothing if another worker has taken it since. */
  private async updateTaken(
    tx: Tx,
    { id, attempts }: OutboxMessage,
    values: Partial<OutboxMessage>,
  ): Promise<void> {
    await tx.manager.update(OutboxMessage, { id, state: 'WAITING', attempts }, values);
  }
}
