import { type Fen, yuan } from '../../kernel/money.js';

/** Money that came for enrolments which had ended. No name and no document number: an address may be mistyped. */
export interface MoneyDueBack {
  purpose: string;
  neeaId: string;
  amountFen: Fen;
  lines: readonly { subject: string; school: string; campus: string; feeFen: Fen }[];
}

/** R-PA-7 */
export function moneyDueBackMail({ purpose, neeaId, amountFen, lines }: MoneyDueBack): {
  subject: string;
  body: string;
} {
  const listed = lines.map(
    ({ subject, school, campus, feeFen }) => `· ${subject}　${school} ${campus}　${yuan(feeFen)}`,
  );
  return {
    subject: '全国大学英语四、六级考试集体缴费未能入账',
    body: `考生您好：

学校为您缴纳的${purpose}已到账，但以下科目在审核通过前已经取消，费用未能用于这些科目，报考没有完成：

${listed.join('\n')}

合计：${yuan(amountFen)}
NEEA ID：${neeaId}

该款项将退还，请联系所在学校办理。仍需参加考试的，请在报名时间内登录报名网站重新报考。本邮件由系统自动发出，请勿回复。
`,
  };
}

/** The same for a phone. */
export function moneyDueBackText({ purpose, amountFen, lines }: MoneyDueBack): string {
  const subjects = lines.map(({ subject, campus }) => `${subject}（${campus}）`).join('、');
  return `【CET报名】学校为您缴纳的${purpose}${yuan(amountFen)}未能入账：${subjects}在审核通过前已取消，款项将退还，请联系所在学校。`;
}
