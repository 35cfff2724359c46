import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { NOT_FOUND } from '../../platform/http/refusals.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { PLATFORM_QUESTIONS } from './payment-limits.js';
import { PaymentOrderRepository } from './payment-order.repository.js';

/** 更新 (R-PA-5): asks about an order whose money may have come unheard, a closed one too. */
@Injectable()
export class RefreshOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly orders: PaymentOrderRepository,
    private readonly askPlatform: AskPlatform,
  ) {}

  /** @throws NOT_FOUND, GATEWAY_UNAVAILABLE, TOO_MANY_ATTEMPTS */
  async execute({ orderId }: { orderId: string }, actor: CandidateActor): Promise<void> {
    await this.limits.count(PLATFORM_QUESTIONS, actor.accountId);
    const order = await this.orders.oneOfAccount(this.unitOfWork.read(), actor.accountId, orderId);
    if (!order) throw NOT_FOUND();
    if (order.state === 'OPEN' || order.state === 'CLOSED') await this.askPlatform.execute(order);
  }
}
