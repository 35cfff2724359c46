import type { Response } from 'express';
import { type Html, html, sendPage } from '../../platform/http/html.js';

const STYLE = `
:root { color-scheme: light; --ink: #1b2433; --soft: #5b6676; --line: #d6dce5; --accent: #1d4f91; }
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: #eef2f7; color: var(--ink);
  font: 16px/1.6 "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif;
}
main { width: 100%; max-width: 400px; }
header { text-align: center; margin-bottom: 24px; }
h1 { margin: 0; font-size: 20px; line-height: 1.5; font-weight: 600; }
header p { margin: 4px 0 0; color: var(--soft); font-size: 14px; }
form { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 32px; box-shadow: 0 8px 24px rgba(27, 36, 51, .06); }
label { display: block; font-size: 14px; font-weight: 600; margin-bottom: 6px; }
input {
  width: 100%; height: 44px; padding: 0 12px; margin-bottom: 20px; font: inherit; color: inherit;
  background: #fff; border: 1px solid #b9c3d0; border-radius: 6px;
}
input:focus-visible { outline: 3px solid #a9c7ee; outline-offset: 0; border-color: var(--accent); }
button {
  width: 100%; height: 44px; margin-top: 4px; border: 0; border-radius: 6px; background: var(--accent); color: #fff;
  font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { background: #163f75; }
button:disabled { background: #8a97a8; cursor: wait; }
button:focus-visible { outline: 3px solid #a9c7ee; outline-offset: 2px; }
form > :last-child { margin-bottom: 0; }
button + .hint { margin-top: 16px; }
.hint { margin: 0 0 16px; font-size: 14px; color: var(--soft); }
.done { margin: 0 0 16px; padding: 10px 12px; border-radius: 6px; background: #e3f3e8; color: #17603a; font-size: 14px; }
.refusal { margin: 0 0 20px; padding: 10px 12px; border-radius: 6px; background: #fdecea; color: #8a1f17; font-size: 14px; }
footer { margin-top: 20px; text-align: center; font-size: 14px; color: var(--soft); }
a { color: var(--accent); }
`;

/** A page outside the door: a heading, and what is to be filled in. */
export function sendDoorPage(
  response: Response,
  { title, body, script }: { title: string; body: Html; script?: string },
): void {
  sendPage(response, {
    title: `${title} · 全国大学英语四、六级考试报名管理后台`,
    style: STYLE,
    script,
    body: html`<main>
  <header>
    <h1>全国大学英语四、六级考试<br>报名管理后台</h1>
    <p>仅供考试管理人员使用</p>
  </header>
  ${body}
  <footer>考生请从 <a href="/">首页</a> 进入报名系统</footer>
</main>`,
  });
}

/** Why the form is shown again. */
export function refusalLine(refusal: string | undefined): Html | undefined {
  return refusal === undefined ? undefined : html`<p class="refusal" role="alert">${refusal}</p>`;
}
