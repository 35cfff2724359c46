import { Html } from './html.js';

/** The pages' own style sheet; it stands in the page itself. */
export const SANDBOX_STYLE = new Html(`
:root { --ink: #1d2733; --soft: #5b6776; --line: #dfe4ea; --ground: #f3f5f8; --brand: #1f4e8c; --warn: #8a4b00 }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
.ribbon { margin: 0; padding: 8px 20px; background: #ffe9c7; color: var(--warn); text-align: center; font-size: 14px }
.ribbon span { margin-left: 12px }
.warning { margin: 0; padding: 14px 20px; background: #a4130f; color: #fff; text-align: center }
header { background: var(--brand); color: #fff }
header div, main { width: 100%; max-width: 880px; margin: 0 auto; padding: 0 20px }
header div { display: flex; align-items: center; gap: 14px; padding-block: 18px }
h1 { margin: 0; font-size: 22px; font-weight: 600; letter-spacing: .02em; word-break: keep-all }
.tag { flex: none; padding: 2px 10px; border: 1px solid #ffffff80; border-radius: 99px; font-size: 13px }
main { flex: 1; padding-block: 28px }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 24px 28px; margin-bottom: 20px }
h2 { margin: 0 0 16px; padding-left: 12px; border-left: 4px solid var(--brand); font-size: 18px; line-height: 1.3 }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 0 32px; margin: 0 }
dl div { display: flex; gap: 16px; padding: 10px 0; border-bottom: 1px solid var(--line) }
dl div:nth-last-child(-n + 2) { border-bottom: 0 }
.wide { grid-column: 1 / -1 }
dt { flex: none; width: 5em; color: var(--soft) }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.amount { color: #c2410c; font-size: 20px; font-weight: 700; line-height: 1.28 }
.code { font: 14px/1.83 ui-monospace, "SF Mono", Consolas, monospace }
.methods { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; margin: 0 0 20px; padding: 0; list-style: none }
button { display: flex; align-items: center; gap: 14px; width: 100%; padding: 16px 18px; border: 1px solid var(--line);
  border-radius: 8px; background: #fff; color: inherit; font: inherit; text-align: left; cursor: pointer }
button:hover, button:focus-visible { border-color: var(--brand); box-shadow: 0 0 0 3px #1f4e8c26; outline: 0 }
.mark { flex: none; width: 40px; height: 40px; border-radius: 8px; color: #fff; font-weight: 700; line-height: 40px;
  text-align: center }
.ALIPAY { background: #1677ff } .BOC { background: #a71930 } .CMB { background: #c7000b } .WECHAT { background: #07a35a }
button b { display: block; font-weight: 600; line-height: 1.35 }
button small { color: var(--soft); font-size: 13px }
fieldset { margin: 0; padding: 14px 18px 16px; border: 1px dashed #cfa666; border-radius: 8px; background: #fffaf1 }
legend { padding: 0 8px; color: var(--warn); font-size: 14px; font-weight: 600 }
fieldset label { display: inline-flex; align-items: center; gap: 6px; margin: 4px 22px 4px 0; font-size: 15px }
fieldset input { margin: 0; width: 16px; height: 16px; accent-color: var(--brand) }
.result { text-align: center; padding-block: 36px }
.result h2 { padding: 0; border: 0; font-size: 24px }
.result p { margin: 0 auto 8px; max-width: 36em; color: var(--soft); text-wrap: balance }
.sign { width: 64px; height: 64px; margin: 0 auto 16px; border-radius: 50%; color: #fff; font-size: 34px; line-height: 64px }
.good { background: #15803d } .bad { background: #78818c }
.back { display: inline-block; margin-top: 18px; padding: 10px 28px; border-radius: 8px; background: var(--brand);
  color: #fff; font-weight: 600; text-decoration: none }
.back:hover, .back:focus-visible { background: #173c6d }
footer { padding: 18px 20px 26px; color: var(--soft); font-size: 13px; text-align: center }
@media (max-width: 640px) {
  dl, .methods { grid-template-columns: 1fr }
  dl div:nth-last-child(2) { border-bottom: 1px solid var(--line) }
  section { padding: 20px 18px }
  h1 { font-size: 18px }
  .ribbon span { display: block; margin-left: 0 }
}
`);
