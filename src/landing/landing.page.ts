import { html, type Page } from '../platform/http/html.js';
import type { Landing } from './show-landing.use-case.js';

const KINDS = {
  WRITTEN: { zh: '笔试报名', en: 'Written tests' },
  ORAL: { zh: '口试报名', en: 'Speaking tests' },
};

/** The front page: the current sitting, and the doors to the API and the back office. */
export function landingPage({ sitting }: Landing): Page {
  return {
    title: '全国大学英语四、六级考试报名系统',
    style: STYLE,
    body: html`<header>
  <h1>全国大学英语四、六级考试<wbr>报名系统</h1>
  <p lang="en">Registration for the College English Test</p>
</header>
<main>
  ${sitting ? currentSitting(sitting) : NO_SITTING}
  <section aria-label="入口">
    <a class="door" href="/api/docs">
      <strong>报名接口</strong>
      <span>注册通行证、资格查询、报考、候补与缴费的全部接口说明，可在线试用。</span>
      <span lang="en">The registration API: every call described, and ready to try.</span>
    </a>
    <a class="door" href="/admin">
      <strong>管理后台</strong>
      <span>供教育考试院、省级承办机构和学校的管理人员使用，需要登录。</span>
      <span lang="en">The back office, for examination staff. Sign-in required.</span>
    </a>
  </section>
  <p class="note">考生报名页面正在建设中，目前可通过接口完成报名的全部步骤。<br><span lang="en">Pages for candidates are on their way; until then every step can be taken through the API.</span></p>
</main>`,
  };
}

function currentSitting({ name, windows }: NonNullable<Landing['sitting']>) {
  return html`<section class="sitting" aria-label="当前考次">
    <p class="eyebrow">当前考次 <span lang="en">Current sitting</span></p>
    <h2>${name}</h2>
    ${
      windows.length === 0
        ? html`<p>报名时间尚未公布。<br><span lang="en">Registration times are not yet announced.</span></p>`
        : html`<dl>${windows.map(
            ({ kind, opensAt, closesAt }) => html`
      <div><dt>${KINDS[kind].zh} <span lang="en">${KINDS[kind].en}</span></dt>
      <dd><time>${opensAt}</time> 至 <time>${closesAt}</time></dd></div>`,
          )}
    </dl>
    <p class="fine">北京时间；各校区的起止时间可能不同。 <span lang="en">Beijing time; each campus has its own window within these.</span></p>`
    }
  </section>`;
}

const NO_SITTING = html`<section class="sitting" aria-label="当前考次">
    <h2>当前没有开放报名的考次</h2>
    <p><span lang="en">No sitting is open for registration at the moment.</span></p>
  </section>`;

const STYLE = `
:root { color-scheme: light; --ink: #1b2433; --soft: #5b6676; --line: #d6dce5; --accent: #1d4f91; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 880px; padding: clamp(32px, 8vh, 96px) 24px 48px; background: #f6f8fb; color: var(--ink);
  font: 16px/1.75 "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif;
}
[lang="en"] { color: var(--soft); font-size: .875em; line-height: 1.5; }
h1 { margin: 0; font-size: clamp(26px, 5vw, 38px); line-height: 1.35; font-weight: 700; text-wrap: balance; }
header p { margin: 8px 0 0; font-size: 18px; }
main { margin-top: 40px; display: grid; gap: 24px; }
.sitting { background: var(--accent); color: #fff; border-radius: 12px; padding: 28px 32px; }
.sitting [lang="en"] { color: #c9daf1; }
.sitting p { margin: 0; }
.eyebrow { font-size: 14px; }
h2 { margin: 2px 0 0; font-size: clamp(20px, 3.4vw, 26px); line-height: 1.45; font-weight: 600; }
.sitting h2 + p { margin-top: 8px; }
dl { margin: 20px 0 0; display: grid; gap: 12px 40px; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); }
dt { font-size: 14px; }
dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
.sitting .fine { margin-top: 16px; font-size: 14px; color: #dbe7f6; }
section[aria-label="入口"] { display: grid; gap: 24px; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); }
.door {
  display: flex; flex-direction: column; gap: 6px; padding: 24px 28px; background: #fff; color: inherit; text-decoration: none;
  border: 1px solid var(--line); border-radius: 12px;
}
.door strong { font-size: 19px; color: var(--accent); }
.door strong::after { content: " →"; }
.door:hover, .door:focus-visible { border-color: var(--accent); outline: 3px solid #d3e2f5; }
.note { margin: 0; color: var(--soft); font-size: 14px; }
@media (max-width: 480px) { .sitting { padding: 24px; } .door { padding: 20px 24px; } }
`;
