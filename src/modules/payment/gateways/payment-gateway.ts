import type { Fen } from '../../../kernel/money.js';

/** A way to pay that a platform offers. */
export interface PaymentMethod {
  readonly code: string;
  readonly name: string;
}

/** What a platform is told of an order. */
export interface OrderForPlatform {
  readonly neeaId: string;
  readonly purpose: string;
  readonly source: string;
  readonly payerName: string;
  readonly amountFen: Fen;
  readonly expiresAt: Date;
}

/** A payment that a platform has taken: it is the platform who says so, and every field holds (`proofIn`). */
export interface PaymentProof {
  readonly neeaId: string;
  readonly amountFen: Fen;
  /** The platform's own number of the payment. */
  readonly tradeNumber: string;
  readonly method: string;
  readonly paidAt: Date;
}

/**
 * What a platform says of a payment, field by field in our words, and not looked at any further: that it is the platform
 * who says so does not make it true, whole or of any type.
 */
export type PaymentClaim = { readonly [Field in keyof PaymentProof]?: unknown };

/** The truth about an order, asked for. UNKNOWN: the platform has not heard of it, so nobody can have paid. */
export type PlatformAnswer =
  | ({ readonly state: 'PAID' } & PaymentClaim)
  | { readonly state: 'WAITING' | 'CLOSED' | 'UNKNOWN' };

export interface PlatformRefund {
  readonly neeaId: string;
  /** The same number twice is one refund. */
  readonly refundNumber: string;
  readonly amountFen: Fen;
}

/** Names in lower case. */
export type MessageHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What a platform's message is answered with, in that platform's own form. */
export interface GatewayReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Thrown by `read`: nothing proves that the platform sent this. */
export class BadSignatureError extends Error {}

/**
 * A payment platform. Its calls leave the process, so none is made inside a transaction; whatever they throw means
 * "no answer", and every one of them may be made again.
 */
export abstract class PaymentGateway {
  /** As stored with orders and used in `/payment/notifications/{name}`. */
  abstract readonly name: string;
  abstract readonly methods: readonly PaymentMethod[];
  /** What the platform's own number of a payment looks like; 64 characters at most are kept. */
  readonly tradeNumbers: RegExp = /^[0-9A-Za-z_-]{1,64}$/;

  /** Makes the order known, once however often it is called, and gives the page to pay on. */
  abstract create(order: OrderForPlatform): Promise<string>;
  abstract query(neeaId: string): Promise<PlatformAnswer>;
  /** After CLOSED nobody can pay it any more; PAID: too late, somebody has. */
  abstract close(neeaId: string): Promise<'CLOSED' | 'PAID'>;
  /** Gives money back on the way it came. */
  abstract refund(refund: PlatformRefund): Promise<void>;
  /**
   * Reads a message; what says nothing of a payment claims nothing.
   * @throws BadSignatureError unless the platform wrote exactly these bytes
   */
  abstract read(rawBody: Buffer, headers: MessageHeaders): PaymentClaim;
  /** `accepted`: understood, do not send it again. */
  abstract reply(accepted: boolean): GatewayReply;
}
