import type { Sitting } from '../sitting/index.js';

/** 支付来源, as the payment platform shows it (R-PA-3). */
export const PAYMENT_SOURCE = '大学英语四六级考试';

/** 支付用途: `第222次CET考试费` */
export function purposeOf({ number }: Pick<Sitting, 'number'>): string {
  return `第${number}次CET考试费`;
}
