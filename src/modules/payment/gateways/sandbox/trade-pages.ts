import { toShanghaiText } from '../../../../kernel/clock.js';
import type { DomainError } from '../../../../kernel/domain-error.js';
import { yuan, yuanAmount } from '../../../../kernel/money.js';
import { type Html, html } from './html.js';
import type { NotifyMode } from './pay-sandbox-trade.use-case.js';
import { methodName, SANDBOX_METHODS } from './sandbox-methods.js';
import { isPaid, type PaidTrade, type SandboxTrade } from './sandbox-trade.entity.js';
import { TRADE_CLOSED } from './sandbox-trade.rules.js';

export interface Page {
  status: number;
  title: string;
  content: Html;
}

const MARKS = { ALIPAY: '支', BOC: '中', CMB: '招', WECHAT: '微' } as const;
const NOTIFY_TEXTS: readonly { mode: NotifyMode; text: string }[] = [
  { mode: 'NOW', text: '立即' },
  { mode: 'LATER', text: '稍后' },
  { mode: 'TWICE', text: '重复两次' },
  { mode: 'NEVER', text: '不通知（用“更新”查询）' },
];

/** The platform's page about a trade, as it stands. */
export function pageOf(trade: SandboxTrade): Page {
  if (isPaid(trade)) return paidPage(trade);
  return trade.state === 'CLOSED' ? refusalPage(TRADE_CLOSED()) : payPage(trade);
}

function payPage(trade: SandboxTrade): Page {
  const content = html`
<section>
<h2>支付信息</h2>
<dl>
<div class="wide"><dt>支付用途</dt><dd>${trade.purpose}</dd></div>
<div><dt>支付来源</dt><dd>${trade.source}</dd></div>
<div><dt>考生姓名</dt><dd>${trade.payerName}</dd></div>
<div><dt>支付金额</dt><dd><span class="amount">${yuanAmount(trade.amountFen)}</span> 元人民币</dd></div>
<div><dt>NEEA ID</dt><dd class="code">${trade.neeaId}</dd></div>
</dl>
</section>
<section>
<h2>选择支付方式</h2>
<form method="post" action="/sandbox-pay/${trade.neeaId}/pay">
<ul class="methods">${SANDBOX_METHODS.map(methodButton)}</ul>
<fieldset>
<legend>测试选项：支付平台何时通知报名系统</legend>
${NOTIFY_TEXTS.map(notifyChoice)}
</fieldset>
</form>
</section>`;
  return { status: 200, title: '选择支付方式', content };
}

function methodButton({ code, name }: (typeof SANDBOX_METHODS)[number]): Html {
  const [bank, service] = name.split(' ');
  return html`<li><button name="method" value="${code}"><span class="mark ${code}" aria-hidden="true">${MARKS[code]}</span>
<span><b>${bank!}</b><small>${service ?? '模拟支付'}</small></span></button></li>`;
}

function notifyChoice({ mode, text }: (typeof NOTIFY_TEXTS)[number], i: number): Html {
  const input =
    i === 0
      ? html`<input type="radio" name="notify" value="${mode}" checked>`
      : html`<input type="radio" name="notify" value="${mode}">`;
  return html`<label>${input}${text}</label>`;
}

function paidPage(trade: PaidTrade): Page {
  const content = html`
<section class="result">
<div class="sign good" aria-hidden="true">✓</div>
<h2>支付成功</h2>
<p><span class="amount">${yuan(trade.amountFen)}</span></p>
<p>本次为沙箱测试支付，没有真实扣款。</p>
<p>请返回报名网站，确认科目的支付状态为“已支付”；如仍为“未支付”，请稍候点击“更新”。</p>
<a class="back" href="/">返回报名网站</a>
</section>
<section>
<h2>支付信息</h2>
<dl>
<div><dt>支付用途</dt><dd>${trade.purpose}</dd></div>
<div><dt>考生姓名</dt><dd>${trade.payerName}</dd></div>
<div><dt>支付方式</dt><dd>${methodName(trade.method)}</dd></div>
<div><dt>支付时间</dt><dd>${toShanghaiText(trade.paidAt)}</dd></div>
<div><dt>NEEA ID</dt><dd class="code">${trade.neeaId}</dd></div>
<div><dt>交易号</dt><dd class="code">${trade.tradeNumber}</dd></div>
</dl>
</section>`;
  return { status: 200, title: '支付成功', content };
}

/** What a payer sees who cannot go on. */
export function refusalPage(error: DomainError): Page {
  const { title, status } = error.definition;
  const content = html`
<section class="result">
<div class="sign bad" aria-hidden="true">!</div>
<h2>${title.zh}</h2>
<p>${error.detail('zh')}</p>
<a class="back" href="/">返回报名网站</a>
</section>`;
  return { status, title: title.zh, content };
}
