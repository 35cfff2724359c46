import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, fromShanghai, MINUTES } from '../../../../kernel/clock.js';
import { SecretBox } from '../../../../platform/http/secret-box.js';
import { BadSignatureError, type MessageHeaders, type PaymentClaim } from '../payment-gateway.js';
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
    return this.sealed(Buffer.from(text));
  }

  /** The platform's signature on any bytes. */
  sealed(body: Buffer): SignedMessage {
    const timestamp = String(this.clock.now().getTime());
    return {
      body,
      headers: {
        'content-type': 'application/json',
        [TIMESTAMP]: timestamp,
        [SIGNATURE]: this.sign(timestamp, body),
      },
    };
  }

  /** @throws BadSignatureError */
  read(rawBody: Buffer, headers: MessageHeaders): PaymentClaim {
    const timestamp = String(headers[TIMESTAMP] ?? '');
    const signature = String(headers[SIGNATURE] ?? '');
    if (!equal(signature, this.sign(timestamp, rawBody))) throw new BadSignatureError('signature');
    const age = Math.abs(this.clock.now().getTime() - Number(timestamp));
    if (!(age <= TOLERANCE_MS)) throw new BadSignatureError('timestamp');
    const { neeaId, tradeNumber, amountFen, method, paidAt } = fieldsOf(rawBody);
    return { neeaId, tradeNumber, amountFen, method, paidAt: timeIn(paidAt) };
  }

  private sign(timestamp: string, body: Buffer): string {
    return this.secrets.hash('sandbox-platform', Buffer.concat([Buffer.from(`${timestamp}\n`), body]));
  }
}

/** What is no JSON object has no fields. */
function fieldsOf(rawBody: Buffer): { readonly [Field in keyof PaymentClaim]: unknown } {
  try {
    const message: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
    return Object(message) === message ? (message as object) : {};
  } catch {
    return {};
  }
}

/** A moment is written in full, with its offset; everything else stays what it is, and is no moment. */
function timeIn(value: unknown): unknown {
  return typeof value === 'string' && FULL_TIME.test(value) ? fromShanghai(value) : value;
}
const FULL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
