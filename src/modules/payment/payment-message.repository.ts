import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { PaymentMessage } from './payment-message.entity.js';

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

  async add(tx: Tx, message: Omit<PaymentMessage, 'id' | 'receivedAt'>): Promise<void> {
    await tx.manager.insert(PaymentMessage, { ...message, id: newId(), receivedAt: tx.now });
  }
}
