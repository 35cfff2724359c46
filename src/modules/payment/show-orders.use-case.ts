import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { SchoolRepository } from '../sitting/index.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import { OrderShown } from './payment.dto.js';
import { type OrderOfCandidate, PaymentOrderRepository } from './payment-order.repository.js';

/** 查看订单详情 (R-PA-8): a candidate's own orders, also those of a registration deleted since. */
@Injectable()
export class ShowOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PaymentOrderRepository,
    private readonly schools: SchoolRepository,
    private readonly gateways: PaymentGateways,
  ) {}

  /** Newest first; one of them when asked for it. @throws NOT_FOUND if that one is not theirs */
  async execute({ orderId }: { orderId?: string }, actor: CandidateActor): Promise<OrderShown[]> {
    const reader = this.unitOfWork.read();
    if (orderId === undefined) return this.shown(await this.orders.ofAccount(reader, actor.accountId));
    const order = await this.orders.oneOfAccount(reader, actor.accountId, orderId);
    if (!order) throw NOT_FOUND();
    return this.shown([order]);
  }

  private async shown(orders: readonly OrderOfCandidate[]): Promise<OrderShown[]> {
    const campuses = orders.flatMap(({ lines }) => lines.map(({ campusCode }) => campusCode));
    const names = await this.schools.names(this.unitOfWork.read(), campuses);
    return orders.map((order) =>
      OrderShown.of(order, {
        names,
        methods: this.gateways.methodsFor(order),
        method: order.method === null ? undefined : this.gateways.method(order, order.method),
      }),
    );
  }
}
