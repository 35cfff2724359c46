import { Injectable, Logger } from '@nestjs/common';
import { newId, newNeeaId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { EnrolmentRepository, RegistrationRepository } from '../registration/index.js';
import type { PaymentProof } from './gateways/payment-gateway.js';
import { PaymentMessageRepository } from './payment-message.repository.js';
import { type OrderWithLines, PaymentOrderRepository } from './payment-order.repository.js';
import { allLinesArePayable, type Verdict, verdictOn } from './settlement.rules.js';
import { TellPaymentSucceeded } from './tell-payment-succeeded.js';

export interface SettlePaymentCommand {
  /** Name of the gateway whose platform says so. */
  gateway: string;
  proof: PaymentProof;
  /** The message or answer as it came, for the record. */
  evidence: string;
}

/**
 * The only way to PAID: a platform's message, 更新, the sweep and a school's approved transfer all end here. Told the
 * same thing any number of times, in any order and at the same moment, it changes things once; whatever it is told is
 * recorded with its verdict (R-PA-4, R-PA-6).
 */
@Injectable()
export class SettlePayment {
  private readonly logger = new Logger(SettlePayment.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: PaymentOrderRepository,
    private readonly messages: PaymentMessageRepository,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly tellPaymentSucceeded: TellPaymentSucceeded,
  ) {}

  async execute(command: SettlePaymentCommand): Promise<Verdict> {
    const { gateway, proof } = command;
    const verdict = await this.unitOfWork.run((tx) => this.settleWithin(tx, command));
    if (verdict !== 'APPLIED' && verdict !== 'DUPLICATE') {
      this.logger.warn(`Payment of ${proof.neeaId} by ${gateway}: ${verdict}`);
    }
    return verdict;
  }

  /** The same in somebody's transaction: an approved bank transfer makes its orders and settles them at once. */
  async settleWithin(tx: Tx, command: SettlePaymentCommand): Promise<Verdict> {
    const { gateway, proof, evidence } = command;
    const verdict = await this.settle(tx, command);
    await this.messages.add(tx, { gateway, neeaId: proof.neeaId, verdict, body: evidence });
    return verdict;
  }

  private async settle(tx: Tx, { gateway, proof }: SettlePaymentCommand): Promise<Verdict> {
    const known = await this.orders.byNeeaId(tx, proof.neeaId);
    // the lock that everybody takes first who changes what a registration holds; then things are read again
    const registration = known && (await this.registrations.lockEvenIfDeleted(tx, known.registrationId));
    const order = known && (await this.orders.byId(tx, known.id));
    const enrolments = order ? await this.enrolments.byIds(tx, enrolmentIdsOf(order)) : [];

    const payable = order !== null && allLinesArePayable(order.lines, enrolments);
    const paidFor = order && { ...order, trades: await this.orders.tradesOf(tx, order.id) };
    const verdict = verdictOn(paidFor, payable, { ...proof, gateway });

    if (verdict === 'APPLIED') {
      for (const enrolment of enrolments) {
        mustHappen(
          await this.enrolments.move(tx, enrolment, 'PAID', { paidAt: proof.paidAt, lockedBySchool: false }),
        );
      }
      mustHappen(await this.orders.move(tx, order!, 'PAID', { ...moneyOf(proof), outcome: 'APPLIED' }));
      await this.tellPaymentSucceeded.execute(tx, {
        order: order!,
        accountId: registration!.accountId,
        proof,
      });
    }
    if (verdict === 'ESCALATED') await this.holdForRefund(tx, order!, proof);
    return verdict;
  }

  /** Money that cannot be applied: all of it is due back. An order that has its money keeps it, and is paid a second time. */
  private async holdForRefund(tx: Tx, order: OrderWithLines, proof: PaymentProof): Promise<void> {
    const money = { ...moneyOf(proof), outcome: 'ESCALATED' as const };
    if (order.state === 'CLOSED') {
      mustHappen(await this.orders.move(tx, order, 'REFUND_DUE', money));
    } else if (order.state === 'OPEN') {
      mustHappen(await this.orders.move(tx, order, 'PAID', money));
      mustHappen(await this.orders.move(tx, { ...order, state: 'PAID' }, 'REFUND_DUE'));
    } else {
      await this.orders.add(tx, { ...secondPaymentOf(order, tx.now), ...money });
    }
  }
}

/** What is due back of an order that keeps its first money: what it paid for, paid once more. */
function secondPaymentOf(order: OrderWithLines, now: Date): OrderWithLines {
  const id = newId();
  return {
    ...order,
    id,
    neeaId: newNeeaId(),
    repeatedOrderId: order.id,
    state: 'REFUND_DUE',
    createdAt: now,
    closedAt: null,
    lines: order.lines.map((line) => ({ ...line, orderId: id })),
  };
}

function enrolmentIdsOf(order: OrderWithLines): string[] {
  return order.lines.map(({ enrolmentId }) => enrolmentId);
}

function moneyOf({ tradeNumber, method, paidAt }: PaymentProof) {
  return { platformTradeNumber: tradeNumber, method, paidAt };
}

/** Under the registration's lock a compare-and-swap cannot lose; if one does, everything is undone. */
function mustHappen(moved: boolean): void {
  if (!moved) throw new Error('A row moved although its registration was locked.');
}
