import { Injectable } from '@nestjs/common';
import {
  BadSignatureError,
  type GatewayReply,
  type PaymentClaim,
  PaymentGateway,
  type PlatformAnswer,
} from './payment-gateway.js';

/** Name of the gateway and of its only method. */
export const BANK_TRANSFER = 'BANK_TRANSFER';

/**
 * A school's transfer (R-PA-9) as the way an order was paid. There is no platform behind it: nobody is sent to a page,
 * no message is believed, and staff are the ones who read the bank's statement.
 */
@Injectable()
export class BankTransferGateway extends PaymentGateway {
  readonly name = BANK_TRANSFER;
  readonly methods = [{ code: BANK_TRANSFER, name: '学校集体缴费（银行转账）' }];
  /** As a teacher typed it off the bank's receipt. */
  override readonly tradeNumbers = /^[ -~]{1,60}$/;

  async create(): Promise<never> {
    throw new Error('A bank transfer has no page to pay on.');
  }

  async query(): Promise<PlatformAnswer> {
    return { state: 'UNKNOWN' };
  }

  async close(): Promise<'CLOSED'> {
    return 'CLOSED';
  }

  async refund(): Promise<never> {
    throw new Error('Staff give a bank transfer back at the bank.');
  }

  read(): PaymentClaim {
    throw new BadSignatureError('No message tells of a bank transfer.');
  }

  reply(accepted: boolean): GatewayReply {
    return { status: accepted ? 200 : 400, contentType: 'text/plain', body: accepted ? 'success' : 'fail' };
  }
}
