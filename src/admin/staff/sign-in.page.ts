import type { Response } from 'express';
import { CHECK_SCRIPT, checkFields, type PosedCheck } from '../../modules/passport/index.js';
import { html } from '../../platform/http/html.js';
import { refusalLine, sendDoorPage } from './door.page.js';

/**
 * The sign-in form, with a human check where one is asked for; after signing in one is taken to `next`, a path of the
 * back office.
 */
export function sendSignInPage(
  response: Response,
  { next, login, refusal, check }: { next: string; login?: string; refusal?: string; check?: PosedCheck },
): void {
  sendDoorPage(response, {
    title: '登录',
    script: check && CHECK_SCRIPT,
    body: html`<form method="post" action="/admin/login">
    ${refusalLine(refusal)}
    <input type="hidden" name="next" value="${next}">
    <label for="login">登录名</label>
    <input id="login" name="login" value="${login ?? ''}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" required${login ? undefined : html` autofocus`}>
    <label for="password">密码</label>
    <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required${login ? html` autofocus` : undefined}>
    ${check && checkFields(check)}
    <button type="submit">登录</button>
  </form>`,
  });
}

/** The second step, for those who set it up. */
export function sendCodePage(
  response: Response,
  { next, refusal }: { next: string; refusal?: string },
): void {
  sendDoorPage(response, {
    title: '动态口令',
    body: html`<form method="post" action="/admin/login/code">
    ${refusalLine(refusal)}
    <input type="hidden" name="next" value="${next}">
    <label for="code">动态口令</label>
    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required autofocus>
    <p class="hint">请输入手机验证器应用显示的 6 位口令；手机不在身边时可输入一个恢复码。</p>
    <button type="submit">继续</button>
    <p class="hint"><a href="/admin/login?again=1">换一个账号登录</a></p>
  </form>`,
  });
}

/**
 * For somebody who follows a link on another site: `SameSite=Strict` held their cookie back, so the page asks once more
 * from here, with it.
 */
export function sendComeAgainPage(response: Response): void {
  response.setHeader('Refresh', '0');
  sendDoorPage(response, { title: '正在进入', body: html`<p class="hint">正在进入管理后台……</p>` });
}
