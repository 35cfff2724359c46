import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTES } from '../../../../kernel/clock.js';
import { SecretBox } from '../../../../platform/http/secret-box.js';
import { BadSignatureError, type MessageHeaders, type PaymentProof } from '../payment-gateway.js';
import type { PaidTrade } from './sandbox-trade.entity.js';

const TIMESTAMP = 'sandbox-timestamp';
const SIGNATURE = 'sandbox-signature';
/** An older message is a replay; a younger one, a clock gone wrong. */
const TOLERANCE_MS = 15 * MINUTES;

export interface SignedMessage {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The sandbox platform's messages: a JSON body and, in headers, the time of signing (milliseconds) and the HMAC-SHA256
 * of `time, line feed, body` under a key both sides derive from the secret.
 */
@Injectable()
export class SandboxMessages {
  constructor(
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** Says that the trade is paid. */
  write({ neeaId, tradeNumber, amountFen, method, paidAt }: PaidTrade): SignedMessage {
    const text = JSON.stringify({ neeaId, tradeNumber, amountFen, method, paidAt: paidAt.toISOString() });
    const timestamp = String(this.clock.now().getTime());
    return {
      body: Buffer.from(text),
      headers: {
        'content-type': 'application/json',
        [TIMESTAMP]: timestamp,
        [SIGNATURE]: this.sign(timestamp, text),
      },
    };
  }

  /** @throws BadSignatureError */
  read(rawBody: Buffer, headers: MessageHeaders): PaymentProof {
    const text = rawBody.toString('utf8');
    const timestamp = String(headers[TIMESTAMP] ?? '');
    const signature = String(headers[SIGNATURE] ?? '');
    if (!equal(signature, this.sign(timestamp, text))) throw new BadSignatureError('signature');
    const age = Math.abs(this.clock.now().getTime() - Number(timestamp));
    if (!(age <= TOLERANCE_MS)) throw new BadSignatureError('timestamp');
    const { paidAt, ...message } = JSON.parse(text);
    return { ...message, paidAt: new Date(paidAt) };
  }

  private sign(timestamp: string, text: string): string {
    return this.secrets.hash('sandbox-platform', `${timestamp}\n${text}`);
  }
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
