import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { EnrolmentRepository, OpenOrders } from '../registration/index.js';

/** Is something paid that a registration holds, or is a school's transfer for it on its way (R-PA-9)? */
@Injectable()
export class MoneyHeld {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly orders: OpenOrders,
  ) {}

  /** The registration is locked. */
  async by(tx: Tx, registrationId: string): Promise<boolean> {
    for (const { id, state } of await this.enrolments.liveOf(tx, registrationId))
      if (state === 'PAID' || (await this.orders.awaitsDecision(tx, id))) return true;
    return false;
  }
}
