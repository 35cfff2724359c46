import type { Response } from 'express';
import { newToken } from '../../../../kernel/ids.js';
import { anybodyPaysForFree, type Config } from '../../../../platform/config.js';
import { type Html, html } from './html.js';
import { SANDBOX_STYLE } from './sandbox-style.js';

const PLATFORM_NAME = '教育部教育考试院网上支付平台';

const WARNING = html`<p class="warning" role="alert"><strong>警告：沙箱支付正在正式系统中运行。</strong>
<span>任何人无需付款即可把订单变为“已支付”，在此完成的支付不是真实缴费。如您是考生，请勿在此支付，并请告知学校；
管理员请将 SANDBOX_PAY 设为 off。</span></p>`;
const NO_WARNING = html``;

/**
 * Sends a page of the platform. It runs no script, loads nothing, and may not be framed or stored. Where it stands beside
 * real data it says so in plain words.
 */
export function sendPage(
  response: Response,
  page: { status: number; title: string; content: Html },
  config: Config,
): void {
  const nonce = newToken();
  const document = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title} · ${PLATFORM_NAME}（沙箱）</title>
<style nonce="${nonce}">${SANDBOX_STYLE}</style>
</head>
<body>
${anybodyPaysForFree(config) ? WARNING : NO_WARNING}
<p class="ribbon"><strong>沙箱测试环境</strong><span>不会产生真实扣款，请勿输入任何真实的支付信息</span></p>
<header><div><h1>教育部教育考试院<wbr>网上支付平台</h1><span class="tag">沙箱 · 测试</span></div></header>
<main>${page.content}</main>
<footer>本页面由报名系统内置的沙箱支付平台提供，仅用于测试报名缴费流程，与任何真实支付机构无关。</footer>
</body>
</html>
`;
  response
    .status(page.status)
    .type('html')
    .set({
      'Content-Security-Policy':
        `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; ` +
        "base-uri 'none'; frame-ancestors 'none'",
    })
    .send(document.text);
}
