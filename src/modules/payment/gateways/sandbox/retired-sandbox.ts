import { Injectable } from '@nestjs/common';
import {
  BadSignatureError,
  type GatewayReply,
  type PaymentClaim,
  PaymentGateway,
  type PlatformAnswer,
} from '../payment-gateway.js';
import { SANDBOX } from './sandbox-gateway.js';
import { SANDBOX_METHODS } from './sandbox-methods.js';

/**
 * The sandbox, switched off: its pages are gone, so nobody can pay what is open there, and what somebody has paid
 * unheard was no money. Its orders can be closed, and their subjects lapse in time like all others.
 */
@Injectable()
export class RetiredSandbox extends PaymentGateway {
  readonly name = SANDBOX;
  /** Names the way that earlier orders were paid. */
  readonly methods = SANDBOX_METHODS;

  async create(): Promise<never> {
    throw new Error('The sandbox is switched off.');
  }

  async query(): Promise<PlatformAnswer> {
    return { state: 'UNKNOWN' };
  }

  async close(): Promise<'CLOSED'> {
    return 'CLOSED';
  }

  async refund(): Promise<never> {
    throw new Error('The sandbox is switched off, and has taken no money.');
  }

  read(): PaymentClaim {
    throw new BadSignatureError('The sandbox is switched off.');
  }

  reply(): GatewayReply {
    return { status: 404, contentType: 'text/plain', body: 'failure' };
  }
}
