import { refusal } from '../../kernel/domain-error.js';
import type { Reader, Tx } from '../../platform/database/unit-of-work.js';

export const GATEWAY_UNAVAILABLE = refusal(
  'GATEWAY_UNAVAILABLE',
  503,
  { zh: '支付平台暂时无法访问', en: 'The payment platform cannot be reached' },
  {
    zh: '支付平台暂时没有响应，本次操作没有生效，请稍后重试。',
    en: 'The payment platform does not answer. Nothing was changed; try again in a moment.',
  },
);

/**
 * What a registration must know of the orders that stand above it: before a seat is taken from an unpaid enrolment,
 * an order that could still be paid is closed at the platform (R-PA-7). The payment module provides it.
 */
export abstract class OpenOrders {
  /**
   * Outside any transaction: asks the platform about every open order that holds one of these enrolments. A paid one
   * is settled, any other is closed there and here.
   * @throws GATEWAY_UNAVAILABLE
   */
  abstract settleOrClose(enrolmentIds: readonly string[]): Promise<void>;

  /**
   * Is one of these enrolments in an order that is still open? It stays so only inside a transaction, registration
   * locked.
   */
  abstract anyHolds(reader: Reader, enrolmentIds: readonly string[]): Promise<boolean>;

  /** Inside the transaction, registration locked: is a school's transfer for it waiting to be decided on (R-PA-9)? */
  abstract awaitsDecision(tx: Tx, enrolmentId: string): Promise<boolean>;
}
