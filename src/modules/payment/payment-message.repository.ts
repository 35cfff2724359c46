import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { PaymentMessage } from './payment-message.entity.js';

@Injectable()
export class PaymentMessageRepository {
  async add(tx: Tx, message: Omit<PaymentMessage, 'id' | 'receivedAt'>): Promise<void> {
    await tx.manager.insert(PaymentMessage, { ...message, id: newId(), receivedAt: tx.now });
  }
}
