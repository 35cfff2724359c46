import { Injectable, Logger } from '@nestjs/common';
import { later, MINUTES } from '../../kernel/clock.js';
import { isEmailAddress } from '../../kernel/email-address.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { withoutPersonalData } from '../../platform/http/logging.js';
import { MailServer } from './mail-server.js';
import { OutboxRepository } from './outbox.repository.js';
import type { OutboxMessage } from './outbox-message.entity.js';
import { pauseAfter } from './outbox-message.rules.js';

const BATCH = 20;
/** Longer than a whole batch can take: five connections, four messages each, 20 s patience at every step. */
const LEASE_MS = 10 * MINUTES;

export interface SendingResult {
  sent: number;
  kept: number;
  failed: number;
}

/**
 * Sends what waits in the outbox. Any number of workers may do so at once; a message goes out twice only when a worker
 * dies, or loses the database, between sending and writing so. A channel without a carrier keeps its messages.
 */
@Injectable()
export class SendOutbox {
  private readonly logger = new Logger(SendOutbox.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: OutboxRepository,
    private readonly mailServer: MailServer,
  ) {}

  async execute(): Promise<SendingResult> {
    const result: SendingResult = { sent: 0, kept: 0, failed: 0 };
    for (;;) {
      const batch = await this.unitOfWork.run((tx) => this.messages.take(tx, BATCH, LEASE_MS));
      const kept = batch.filter((message) => !this.hasACarrier(message));
      const carried = batch.filter((message) => this.hasACarrier(message));
      if (kept.length > 0) await this.unitOfWork.run((tx) => this.messages.keep(tx, kept));
      const sent = await Promise.all(carried.map((message) => this.send(message)));

      result.kept += kept.length;
      result.sent += sent.filter((done) => done).length;
      result.failed += sent.filter((done) => !done).length;
      if (batch.length < BATCH) return result;
    }
  }

  private hasACarrier(message: OutboxMessage): boolean {
    return message.channel === 'EMAIL' && this.mailServer.isThere;
  }

  private async send(message: OutboxMessage): Promise<boolean> {
    if (!isEmailAddress(message.recipient)) {
      const error = 'The recipient is not one e-mail address.';
      await this.unitOfWork.run((tx) => this.messages.giveUp(tx, message, error));
      return false;
    }
    try {
      const { id, recipient, subject } = message;
      await this.mailServer.send({
        id,
        recipient,
        subject: subject ?? '',
        body: this.messages.bodyOf(message),
      });
    } catch (error) {
      await this.tryAgainLater(message, error);
      return false;
    }
    await this.unitOfWork.run((tx) => this.messages.markSent(tx, message));
    return true;
  }

  private async tryAgainLater(message: OutboxMessage, cause: unknown): Promise<void> {
    const error = withoutPersonalData(cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
    const pause = pauseAfter(message.attempts);
    this.logger.warn(`Try ${message.attempts} to send ${message.id} failed: ${error}`);
    await this.unitOfWork.run((tx) =>
      pause === undefined
        ? this.messages.giveUp(tx, message, error)
        : this.messages.postpone(tx, message, later(tx.now, pause), error),
    );
  }
}
