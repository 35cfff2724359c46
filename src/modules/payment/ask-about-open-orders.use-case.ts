import { Injectable, Logger } from '@nestjs/common';
import { later, MINUTES } from '../../kernel/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { type OrderPosition, PaymentOrderRepository } from './payment-order.repository.js';

/** A younger order's message is on its way. */
const PATIENCE_MS = 3 * MINUTES;
const BATCH = 100;
/** After so many in a row without an answer, the platform is down, and the next run will do. */
const ENOUGH_SILENCE = 20;

/** R-PA-5: asks about every order that is still open, for messages that are late or lost. Unpaid ones are left to lapse. */
@Injectable()
export class AskAboutOpenOrders {
  private readonly logger = new Logger(AskAboutOpenOrders.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PaymentOrderRepository,
    private readonly askPlatform: AskPlatform,
  ) {}

  /** Safe to run twice and side by side. */
  async execute(): Promise<{ asked: number; paid: number; unanswered: number }> {
    const result = { asked: 0, paid: 0, unanswered: 0 };
    const until = later(this.unitOfWork.read().now, -PATIENCE_MS);
    let silence = 0;
    for (let behind: OrderPosition | undefined; ; ) {
      const batch = await this.orders.openBefore(this.unitOfWork.read(), until, BATCH, behind);
      for (const order of batch) {
        try {
          const { state } = await this.askPlatform.execute(order);
          result.asked++;
          if (state === 'PAID') result.paid++;
          silence = 0;
        } catch (error) {
          this.logger.warn(`Order ${order.neeaId} could not be asked about: ${String(error)}`);
          result.unanswered++;
          if (++silence === ENOUGH_SILENCE) return result;
        }
      }
      if (batch.length < BATCH) return result;
      behind = batch.at(-1);
    }
  }
}
