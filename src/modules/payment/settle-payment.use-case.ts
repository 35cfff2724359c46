import { Injectable, Logger } from '@nestjs/common';
import { newId, newNeeaId } from '../../kernel/ids.js';
import { isUniqueViolation } from '../../platform/database/dialect.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Enrolment, EnrolmentRepository, RegistrationRepository } from '../registration/index.js';
import type { PaymentClaim, PaymentProof } from './gateways/payment-gateway.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import { faultsIn, isNeeaId, proofIn } from './payment-claim.rules.js';
import { PaymentMessageRepository } from './payment-message.repository.js';
import { type OrderWithLines, PaymentOrderRepository } from './payment-order.repository.js';
import { allLinesArePayable, type PaymentFacts, type Verdict, verdictOn } from './settlement.rules.js';
import { TellPaymentSucceeded } from './tell-payment-succeeded.js';

export interface SettlePaymentCommand {
  /** Name of the gateway whose platform says so. */
  gateway: string;
  claim: PaymentClaim;
  /** The order that the platform was asked about, whose answer this is: what it says of another one is none. */
  asked?: string;
  /** The message or answer as it came, for the record. */
  evidence: string;
}

/**
 * The only way to PAID: a platform's message, 更新, the sweep and a school's approved transfer all end here, and every
 * field of what they say is looked at here. Told the same thing any number of times, in any order and at the same
 * moment, it changes things once; whatever it is told is recorded with its verdict (R-PA-4, R-PA-6).
 */
@Injectable()
export class SettlePayment {
  private readonly logger = new Logger(SettlePayment.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gateways: PaymentGateways,
    private readonly orders: PaymentOrderRepository,
    private readonly messages: PaymentMessageRepository,
    private readonly registrations: RegistrationRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly tellPaymentSucceeded: TellPaymentSucceeded,
  ) {}

  async execute(command: SettlePaymentCommand): Promise<Verdict> {
    try {
      return await this.unitOfWork.run((tx) => this.settleWithin(tx, command));
    } catch (error) {
      // its trade has paid another order at this very moment; the next look will see that
      if (!isUniqueViolation(error)) throw error;
      return this.unitOfWork.run((tx) => this.settleWithin(tx, command));
    }
  }

  /** The same in somebody's transaction: an approved bank transfer makes its orders and settles them at once. */
  async settleWithin(tx: Tx, command: SettlePaymentCommand): Promise<Verdict> {
    const { gateway, claim, asked = claim.neeaId, evidence } = command;
    const platform = this.gateways.named(gateway);
    const proof = proofIn(claim, platform, tx.now);
    const verdict = proof && proof.neeaId === asked ? await this.settle(tx, gateway, proof) : 'MALFORMED';
    const neeaId = isNeeaId(asked) ? asked : null;
    await this.messages.add(tx, { gateway, neeaId, verdict, body: evidence });
    if (verdict !== 'APPLIED' && verdict !== 'DUPLICATE') {
      const faults = faultsIn(claim, platform, tx.now).join(', ');
      this.logger.warn(`Payment of ${neeaId ?? 'no order'} by ${gateway}: ${verdict} ${faults}`);
    }
    return verdict;
  }

  private async settle(tx: Tx, gateway: string, proof: PaymentProof): Promise<Verdict> {
    const known = await this.orders.byNeeaId(tx, proof.neeaId);
    // the lock that everybody takes first who changes what a registration holds; then things are read again
    const registration = known && (await this.registrations.lockEvenIfDeleted(tx, known.registrationId));
    const order = known && (await this.orders.byId(tx, known.id));
    const enrolments = order ? await this.enrolments.byIds(tx, enrolmentIdsOf(order)) : [];

    const paidFor = order && { ...order, trades: await this.orders.tradesOf(tx, order.id) };
    const verdict = verdictOn(paidFor, await this.factsOf(tx, { gateway, proof, order, enrolments }), {
      ...proof,
      gateway,
    });

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

  private async factsOf(
    tx: Tx,
    about: {
      gateway: string;
      proof: PaymentProof;
      order: OrderWithLines | null;
      enrolments: readonly Enrolment[];
    },
  ): Promise<PaymentFacts> {
    const { gateway, proof, order, enrolments } = about;
    const paid = await this.orders.paidBy(tx, gateway, proof.tradeNumber);
    return {
      payable: order !== null && allLinesArePayable(order.lines, enrolments),
      tradeIsForeign: paid !== null && (paid.repeatedOrderId ?? paid.id) !== order?.id,
    };
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
