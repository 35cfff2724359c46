import { refusal } from '../../../../kernel/domain-error.js';
import type { SandboxTrade } from './sandbox-trade.entity.js';

export const TRADE_CLOSED = refusal(
  'TRADE_CLOSED',
  409,
  { zh: '订单已关闭', en: 'The order is closed' },
  {
    zh: '该订单已关闭，不能再支付。请返回报名网站，查看报名信息后重新支付。',
    en: 'This order can no longer be paid. Go back to the registration site and pay again from there.',
  },
);
/** @throws TRADE_CLOSED */
export function tradeIsNotClosed({ state }: Pick<SandboxTrade, 'state'>): void {
  if (state === 'CLOSED') throw TRADE_CLOSED();
}
