import { Injectable } from '@nestjs/common';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import { assertMove } from '../../kernel/state-machine.js';
import type { ExamKind } from '../../kernel/words.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';
import { Registration } from '../registration/index.js';
import { PaymentOrder } from './payment-order.entity.js';
import { PAYMENT_ORDER_STATES, type PaymentOrderState } from './payment-order.machine.js';
import { PaymentOrderLine } from './payment-order-line.entity.js';

export type OrderWithLines = PaymentOrder & { lines: PaymentOrderLine[] };
/** With the registration that pays, also where that has been deleted since. */
export type OrderOfCandidate = OrderWithLines & { registration: Registration };

/** Where a walk over the orders stands. */
export type OrderPosition = Pick<PaymentOrder, 'createdAt' | 'id'>;

const SHOWN = 100;

@Injectable()
export class PaymentOrderRepository {
  byId(reader: Reader, id: string): Promise<OrderWithLines | null> {
    return withLines(reader).where({ id }).getOne() as Promise<OrderWithLines | null>;
  }

  byNeeaId(reader: Reader, neeaId: string): Promise<OrderWithLines | null> {
    return withLines(reader).where({ neeaId }).getOne() as Promise<OrderWithLines | null>;
  }

  /** The platform's numbers of all payments of an order: its own, and those that came for it once more. */
  async tradesOf(reader: Reader, id: string): Promise<string[]> {
    const paid = await reader.manager.find(PaymentOrder, {
      select: { platformTradeNumber: true },
      where: [{ id }, { repeatedOrderId: id }],
    });
    return paid.flatMap(({ platformTradeNumber }) => platformTradeNumber ?? []);
  }

  /** What a platform's trade has paid; the database allows one. A school's transfer pays many, and is no such trade. */
  paidBy(reader: Reader, gateway: string, tradeNumber: string): Promise<PaymentOrder | null> {
    return reader.manager.findOneBy(PaymentOrder, {
      gateway,
      platformTradeNumber: tradeNumber,
      batchId: IsNull(),
    });
  }

  /** There is one at most. */
  openOf(reader: Reader, registrationId: string, kind: ExamKind): Promise<OrderWithLines | null> {
    return withLines(reader)
      .where({ registrationId, kind, state: 'OPEN' })
      .getOne() as Promise<OrderWithLines | null>;
  }

  /** What has been paid for a registration, oldest first. */
  paidOf(reader: Reader, registrationId: string): Promise<PaymentOrder[]> {
    return reader.manager.find(PaymentOrder, {
      where: { registrationId, state: 'PAID' },
      order: { paidAt: 'ASC', id: 'ASC' },
    });
  }

  /** The orders of an account, newest first; nobody honest has as many as `SHOWN`. */
  ofAccount(reader: Reader, accountId: string): Promise<OrderOfCandidate[]> {
    return ofAccount(reader, accountId)
      .orderBy('payment.createdAt', 'DESC')
      .addOrderBy('payment.id', 'DESC')
      .addOrderBy('line.subjectCode')
      .take(SHOWN)
      .getMany() as Promise<OrderOfCandidate[]>;
  }

  /** An order, if it is the account's own. */
  oneOfAccount(reader: Reader, accountId: string, id: string): Promise<OrderOfCandidate | null> {
    return ofAccount(reader, accountId)
      .andWhere('payment.id = :id', { id })
      .getOne() as Promise<OrderOfCandidate | null>;
  }

  /** Open orders that hold one of these enrolments. */
  openHolding(reader: Reader, enrolmentIds: readonly string[]): Promise<PaymentOrder[]> {
    if (enrolmentIds.length === 0) return Promise.resolve([]);
    const query = reader.manager.createQueryBuilder(PaymentOrder, 'payment').where({ state: 'OPEN' });
    const holding = query
      .subQuery()
      .select('line.orderId')
      .from(PaymentOrderLine, 'line')
      .where('line.enrolmentId IN (:...enrolmentIds)', { enrolmentIds })
      .getQuery();
    return query
      .andWhere(`payment.id IN ${holding}`)
      .setParameter('enrolmentIds', enrolmentIds)
      .orderBy('payment.id')
      .getMany();
  }

  /** Open orders made before a moment, oldest first, from behind a position on. */
  openBefore(
    reader: Reader,
    moment: Date,
    limit: number,
    behind: OrderPosition | undefined,
  ): Promise<PaymentOrder[]> {
    const query = reader.manager
      .createQueryBuilder(PaymentOrder, 'payment')
      .where({ state: 'OPEN' })
      .andWhere('payment.createdAt <= :moment', { moment });
    if (behind) {
      query.andWhere(
        '(payment.createdAt > :createdAt OR (payment.createdAt = :createdAt AND payment.id > :id))',
        behind,
      );
    }
    return query.orderBy('payment.createdAt').addOrderBy('payment.id').limit(limit).getMany();
  }

  /** What these orders pay for. */
  async linesOf(reader: Reader, orderIds: readonly string[]): Promise<PaymentOrderLine[]> {
    if (orderIds.length === 0) return [];
    return reader.manager.find(PaymentOrderLine, {
      where: { orderId: In([...orderIds]) },
      order: { subjectCode: 'ASC' },
    });
  }

  async add(tx: Tx, { lines, ...order }: OrderWithLines): Promise<void> {
    await tx.manager.insert(PaymentOrder, order);
    await tx.manager.insert(PaymentOrderLine, lines);
  }

  /** Compare-and-swap; false when it was not in the state it was thought to be in. */
  async move(
    tx: Tx,
    order: Pick<PaymentOrder, 'id' | 'state'>,
    to: PaymentOrderState,
    changes: Partial<PaymentOrder> = {},
  ): Promise<boolean> {
    assertMove(PAYMENT_ORDER_STATES, order.state, to);
    const { affected } = await tx.manager.update(
      PaymentOrder,
      { id: order.id, state: order.state },
      { ...changes, state: to },
    );
    return affected === 1;
  }
}

function withLines(reader: Reader): SelectQueryBuilder<PaymentOrder> {
  return reader.manager
    .createQueryBuilder(PaymentOrder, 'payment')
    .leftJoinAndMapMany('payment.lines', PaymentOrderLine, 'line', 'line.orderId = payment.id')
    .orderBy('line.subjectCode');
}

function ofAccount(reader: Reader, accountId: string): SelectQueryBuilder<PaymentOrder> {
  return withLines(reader)
    .innerJoinAndMapOne(
      'payment.registration',
      Registration,
      'registration',
      'registration.id = payment.registrationId',
    )
    .where('registration.accountId = :accountId', { accountId });
}
