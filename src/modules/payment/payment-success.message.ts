import { toShanghaiText } from '../../kernel/clock.js';
import { type Fen, yuan } from '../../kernel/money.js';

/** What a candidate is told of a payment. No name and no document number: an address may be mistyped. */
export interface PaymentSuccess {
  purpose: string;
  neeaId: string;
  amountFen: Fen;
  methodName: string;
  paidAt: Date;
  lines: readonly { subject: string; school: string; campus: string; feeFen: Fen }[];
}

/** R-PA-4 */
export function paymentSuccessMail(success: PaymentSuccess): { subject: string; body: string } {
  const lines = success.lines.map(
    ({ subject, school, campus, feeFen }) => `· ${subject}　${school} ${campus}　${yuan(feeFen)}`,
  );
  return {
    subject: '全国大学英语四、六级考试缴费成功',
    body: `考生您好：

您的${success.purpose}已支付成功，以下科目报名完成：

${lines.join('\n')}

合计：${yuan(success.amountFen)}
支付方式：${success.methodName}
支付时间：${toShanghaiText(success.paidAt)}
NEEA ID：${success.neeaId}

请登录报名网站，确认科目的支付状态为“已支付”。本邮件由系统自动发出，请勿回复。
`,
  };
}

/** The same for a phone. */
export function paymentSuccessText({ purpose, amountFen, lines }: PaymentSuccess): string {
  const subjects = lines.map(({ subject, campus }) => `${subject}（${campus}）`).join('、');
  return `【CET报名】您的${purpose}${yuan(amountFen)}已支付成功：${subjects}。请登录报名网站确认支付状态为“已支付”。`;
}
