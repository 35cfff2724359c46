import type { Response } from 'express';
import { html } from '../../platform/http/html.js';
import { refusalLine, sendDoorPage } from './door.page.js';

/** Where somebody invited sets their password. */
export function sendInvitationPage(
  response: Response,
  { token, name, login, refusal }: { token: string; name: string; login: string; refusal?: string },
): void {
  sendDoorPage(response, {
    title: '设置密码',
    body: html`<form method="post" action="/admin/invitation">
    ${refusalLine(refusal)}
    <p class="hint">${name}，您好。您的登录名是 <strong>${login}</strong>，请设置登录密码。</p>
    <input type="hidden" name="token" value="${token}">
    <input type="hidden" name="username" value="${login}" autocomplete="username">
    <label for="password">新密码（至少 10 个字符）</label>
    <input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="200" required autofocus>
    <label for="repeated">再输入一次</label>
    <input id="repeated" name="repeated" type="password" autocomplete="new-password" minlength="10" maxlength="200" required>
    <button type="submit">保存密码</button>
  </form>`,
  });
}

/** A link that is good no more. */
export function sendInvitationGonePage(response: Response, refusal: string): void {
  sendDoorPage(response, {
    title: '邀请链接已失效',
    body: html`<form>${refusalLine(refusal)}<p class="hint"><a href="/admin/login">前往登录</a></p></form>`,
  });
}

/** Done: on to the sign-in form. */
export function sendPasswordSetPage(response: Response): void {
  sendDoorPage(response, {
    title: '密码已设置',
    body: html`<form><p class="done" role="status">密码已设置，请用新密码登录。</p><p class="hint"><a href="/admin/login">前往登录</a></p></form>`,
  });
}
