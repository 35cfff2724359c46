import { Injectable } from '@nestjs/common';
import { asPlainText } from '../../kernel/plain-text.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { RateLimits } from '../../platform/http/rate-limits.js';
import {
  BadSignatureError,
  type GatewayReply,
  type MessageHeaders,
  type PaymentClaim,
  type PaymentGateway,
} from './gateways/payment-gateway.js';
import { PaymentGateways } from './gateways/payment-gateways.js';
import { UNPROVEN_MESSAGES } from './payment-limits.js';
import { PaymentMessageRepository } from './payment-message.repository.js';
import { SettlePayment } from './settle-payment.use-case.js';
import { isAccepted } from './settlement.rules.js';

/** An unproven sender's words are kept, but not all of them. */
const KEPT_BYTES = 4_000;

export interface ReceiveMessageCommand {
  gateway: string;
  rawBody: Buffer;
  headers: MessageHeaders;
  /** Network address of the sender. */
  address: string;
}

/** R-PA-6: a platform's message. It is authenticated, settled and recorded, and answered in the platform's own form. */
@Injectable()
export class ReceiveMessage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
    private readonly gateways: PaymentGateways,
    private readonly messages: PaymentMessageRepository,
    private readonly settlePayment: SettlePayment,
  ) {}

  /** @throws NOT_FOUND for a gateway we do not have, TOO_MANY_ATTEMPTS from an address that sent too many unproven ones */
  async execute(command: ReceiveMessageCommand): Promise<GatewayReply> {
    const gateway = this.gateways.receiving(command.gateway);
    const claim = claimIn(command, gateway);
    if (!claim) {
      await this.recordUnproven(command);
      return gateway.reply(false);
    }
    const verdict = await this.settlePayment.execute({
      gateway: gateway.name,
      claim,
      evidence: asPlainText(command.rawBody),
    });
    return gateway.reply(isAccepted(verdict));
  }

  private async recordUnproven({ gateway, rawBody, address }: ReceiveMessageCommand): Promise<void> {
    await this.limits.count(UNPROVEN_MESSAGES, address);
    const body = asPlainText(rawBody.subarray(0, KEPT_BYTES));
    await this.unitOfWork.run((tx) =>
      this.messages.add(tx, { gateway, neeaId: null, verdict: 'BAD_SIGNATURE', body }),
    );
  }
}

/** Undefined when nothing proves that the platform sent it. */
function claimIn(
  { rawBody, headers }: ReceiveMessageCommand,
  gateway: PaymentGateway,
): PaymentClaim | undefined {
  try {
    return gateway.read(rawBody, headers);
  } catch (error) {
    if (!(error instanceof BadSignatureError)) throw error;
    return undefined;
  }
}
