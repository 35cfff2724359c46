import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { Reader } from '../../platform/database/unit-of-work.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import type { PaymentMessage } from './payment-message.entity.js';
import { PaymentMessageRepository } from './payment-message.repository.js';
import type { PaymentOrder } from './payment-order.entity.js';
import { PaymentOrderRepository } from './payment-order.repository.js';
import type { PaymentOrderLine } from './payment-order-line.entity.js';

/** What stands behind an order: what it pays for, how it was paid, what the platform said. */
export interface OrderRecord {
  lines: readonly PaymentOrderLine[];
  methodName?: string;
  /** Oldest first. */
  messages: readonly Pick<PaymentMessage, 'receivedAt' | 'verdict'>[];
}

/** Gathers what staff read about orders; two statements, however many they are. */
@Injectable()
export class ShowOrderRecords {
  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly messages: PaymentMessageRepository,
    private readonly gateways: PaymentGateways,
  ) {}

  async of(reader: Reader, orders: readonly PaymentOrder[]): Promise<ReadonlyMap<string, OrderRecord>> {
    const ids = orders.map(({ id }) => id);
    const numbers = orders.map(({ neeaId }) => neeaId);
    const lines = groupedBy(await this.orders.linesOf(reader, ids), ({ orderId }) => orderId);
    const messages = groupedBy(await this.messages.about(reader, numbers), ({ neeaId }) => neeaId);
    return new Map(
      orders.map(({ id, neeaId, gateway, method }) => {
        const methodName = method === null ? undefined : this.gateways.method({ gateway }, method).name;
        return [id, { lines: lines.get(id) ?? [], methodName, messages: messages.get(neeaId) ?? [] }];
      }),
    );
  }
}
