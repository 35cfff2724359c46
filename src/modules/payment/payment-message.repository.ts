import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { PaymentMessage } from './payment-message.entity.js';

/** A body of the API is no longer; a platform's answer might be. */
const KEPT_CHARACTERS = 100_000;

@Injectable()
export class PaymentMessageRepository {
  /** What was said about these orders, oldest first. */
  async about(reader: Reader, neeaIds: readonly string[]): Promise<PaymentMessage[]> {
    if (neeaIds.length === 0) return [];
    return reader.manager.find(PaymentMessage, {
      where: { neeaId: In([...neeaIds]) },
      order: { receivedAt: 'ASC', id: 'ASC' },
    });
  }

  /** `body` is text that can be kept (`asPlainText`). */
  async add(tx: Tx, message: Omit<PaymentMessage, 'id' | 'receivedAt'>): Promise<void> {
    const body = message.body.slice(0, KEPT_CHARACTERS);
    await tx.manager.insert(PaymentMessage, { ...message, body, id: newId(), receivedAt: tx.now });
  }
}
