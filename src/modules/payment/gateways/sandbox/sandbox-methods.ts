import type { PaymentMethod } from '../payment-gateway.js';

/** The four ways to pay on the platform's page, in its order (R-PA-3). */
export const SANDBOX_METHODS = [
  { code: 'ALIPAY', name: '支付宝' },
  { code: 'BOC', name: '中国银行 中银智慧付' },
  { code: 'CMB', name: '招商银行 一网通' },
  { code: 'WECHAT', name: '微信支付' },
] as const satisfies readonly PaymentMethod[];

export type SandboxMethodCode = (typeof SANDBOX_METHODS)[number]['code'];
export const SANDBOX_METHOD_CODES = SANDBOX_METHODS.map(({ code }) => code);

export function methodName(code: string): string {
  return SANDBOX_METHODS.find((method) => method.code === code)?.name ?? code;
}
