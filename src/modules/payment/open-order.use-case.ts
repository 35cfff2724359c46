import { Injectable } from '@nestjs/common';
import type { CandidateActor } from '../../kernel/actor.js';
import { newId, newNeeaId } from '../../kernel/ids.js';
import { totalFen } from '../../kernel/money.js';
import type { ExamKind } from '../../kernel/words.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import { TRY_AGAIN } from '../../platform/http/refusals.js';
import {
  type Enrolment,
  EnrolmentRepository,
  type Registration,
  RegistrationRepository,
} from '../registration/index.js';
import type { Sitting } from '../sitting/index.js';
import { AskPlatform } from './ask-platform.use-case.js';
import { CloseOrder } from './close-order.use-case.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import { PLATFORM_QUESTIONS } from './payment-limits.js';
import { type OrderWithLines, PaymentOrderRepository } from './payment-order.repository.js';
import { aPlatformTakesPayments, enrolmentsToPay, lineOf, nothingHasChanged } from './payment-order.rules.js';
import { PAYMENT_SOURCE, purposeOf } from './payment-texts.js';

const ATTEMPTS = 4;

/** An open order and the page it is paid on. */
export interface OpenedOrder {
  orderId: string;
  checkoutUrl: string;
}

/** What is found, or made, under the registration's lock. */
type Found = { order: OrderWithLines; is: 'NEW' | 'SAME' | 'OUTDATED' };

/**
 * R-PA-1: one order for all that is unpaid of one kind; the open one again if nothing has changed, else that one is
 * closed, at the platform first, and a new one made.
 */
@Injectable()
export class OpenOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly orders: PaymentOrderRepository,
    private readonly gateways: PaymentGateways,
    private readonly askPlatform: AskPlatform,
    private readonly closeOrder: CloseOrder,
  ) {}

  /** @throws NOT_REGISTERED, the refusals of `enrolmentsToPay`, NO_PAYMENT_METHOD, GATEWAY_UNAVAILABLE, TOO_MANY_ATTEMPTS, TRY_AGAIN */
  async execute({ kind }: { kind: ExamKind }, actor: CandidateActor): Promise<OpenedOrder> {
    await this.limits.count(PLATFORM_QUESTIONS, actor.accountId);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = await this.unitOfWork.run((tx) => this.findOrAdd(tx, kind, actor));
      if (await this.isUsedUp(found)) await this.closeOrder.execute(found.order);
      else {
        const checkoutUrl = await this.tellPlatform(found.order);
        if (checkoutUrl) return { orderId: found.order.id, checkoutUrl };
      }
    }
    throw TRY_AGAIN({ retryAfterSeconds: 1 });
  }

  private async findOrAdd(tx: Tx, kind: ExamKind, actor: CandidateActor): Promise<Found> {
    const { registration, sitting } = await this.registrations.lockCurrentOf(tx, actor.accountId);
    const live = await this.enrolments.liveOf(tx, registration.id);

    const toPay = enrolmentsToPay({ kind, sitting, live }, tx.now);
    const { chosen } = this.gateways;
    aPlatformTakesPayments(chosen);

    const open = await this.orders.openOf(tx, registration.id, kind);
    if (open) return { order: open, is: this.stillServes(open, toPay) ? 'SAME' : 'OUTDATED' };
    const order = this.newOrder({ registration, sitting, kind, toPay, gateway: chosen.name, now: tx.now });
    await this.orders.add(tx, order);
    return { order, is: 'NEW' };
  }

  private stillServes(open: OrderWithLines, toPay: readonly Enrolment[]): boolean {
    return this.gateways.isInService(open) && nothingHasChanged(open.lines, toPay.map(lineOf));
  }

  /** Can it not serve any more: because something has changed, or because it was paid or closed there unheard? */
  private async isUsedUp({ order, is }: Found): Promise<boolean> {
    if (is !== 'SAME') return is === 'OUTDATED';
    const { state } = await this.askPlatform.execute(order);
    return state === 'PAID' || state === 'CLOSED';
  }

  /**
   * The order is committed before the platform hears of it, so that no payment can come for one we do not know. If it
   * was closed here meanwhile, it is closed there too: undefined.
   */
  private async tellPlatform(order: OrderWithLines): Promise<string | undefined> {
    const checkoutUrl = await this.gateways.create({ ...order, source: PAYMENT_SOURCE });
    const after = await this.orders.byId(this.unitOfWork.read(), order.id);
    if (after?.state === 'OPEN') return checkoutUrl;
    await this.gateways.close(order);
    return undefined;
  }

  private newOrder(facts: {
    registration: Registration;
    sitting: Sitting;
    kind: ExamKind;
    toPay: readonly Enrolment[];
    gateway: string;
    now: Date;
  }): OrderWithLines {
    const { registration, sitting, kind, toPay, gateway, now } = facts;
    const id = newId();
    return {
      id,
      neeaId: newNeeaId(),
      registrationId: registration.id,
      batchId: null,
      repeatedOrderId: null,
      sittingId: sitting.id,
      provinceCode: registration.details.provinceCode,
      schoolCode: registration.details.schoolCode,
      kind,
      gateway,
      purpose: purposeOf(sitting),
      payerName: registration.details.name,
      amountFen: totalFen(toPay.map(({ feeFen }) => feeFen)),
      state: 'OPEN',
      outcome: null,
      platformTradeNumber: null,
      method: null,
      expiresAt: new Date(Math.min(...toPay.map(({ payBy }) => payBy.getTime()))),
      createdAt: now,
      paidAt: null,
      closedAt: null,
      lines: toPay.map((enrolment) => ({ orderId: id, ...lineOf(enrolment) })),
    };
  }
}
