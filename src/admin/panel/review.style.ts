/** The page of one CET6 review, and what decisions share: states as words, the bar at the foot, the way back. */
export const REVIEW_STYLE = `
.review *, .review *::before, .take-back, .take-back * { box-sizing: border-box; }
.review { padding: 24px 32px 0; background: #fff; min-height: 100%; color: #1b2433; line-height: 1.6; }
.review h2 { margin: 2px 0; outline: none !important; }
.review h3 { margin: 0 0 8px; font-size: 16px; }
.review h4 { font-weight: 400 !important; }
.review section { margin-top: 28px; }
.review .quiet, .review .eyebrow, .review dt { color: #5b6676; }
.review .eyebrow { font-size: 13px; }
.review .late { color: #7d4700; font-weight: 600; }
.review-cols { display: grid; grid-template-columns: minmax(0, 1fr) 232px; gap: 0 40px; }
.as-link { padding: 0; border: 0; background: none; color: #1d4f91; font: inherit; text-decoration: underline; text-underline-offset: .2em; cursor: pointer; }

.tag { padding: 1px 8px; border-radius: 4px; background: #e4f4ea; color: #0f6339; font-size: 13px; font-weight: 600; vertical-align: middle; white-space: nowrap; }
.tag--warn { background: #fff1d6; color: #7d4700; }
.tag--bad { background: #fdecec; color: #a5161f; }
.st { white-space: nowrap; }
.st::before { content: ''; display: inline-block; width: 10px; height: 10px; margin-right: 6px; border: 2px solid #5b6676; border-radius: 50%; }
.st--good::before { border-color: #0f6339; background: #0f6339; }
.st--warn::before { border-color: #7d4700; background: linear-gradient(90deg, #7d4700 50%, transparent 0); }
.st--info::before { border-color: #1d4f91; }

/* sources stand one below the other, so that digits align */
.cmp { display: grid; grid-template: repeat(5, auto) / 5.5em minmax(4em, 1fr) auto auto auto auto; margin-bottom: 16px; font-variant-numeric: tabular-nums; }
.cmp > div { display: grid; grid-row: 1 / span 5; grid-template-rows: subgrid; }
.cmp dl { display: grid; grid-row: span 4; grid-template-rows: subgrid; }
.cmp h4, .cmp-key > *, .cmp dl > div { min-height: 38px; padding: 7px 16px 7px 0; border-bottom: 1px solid #d6dce5; font-size: 13px; white-space: nowrap; }
.cmp > div:nth-child(2) dd { white-space: normal; overflow-wrap: anywhere; }
.cmp h4, .cmp-key > * { color: #5b6676; }
.cmp dl, .cmp dd { margin: 0; }
.cmp dt { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.cmp dd { font-size: 16px; letter-spacing: .03em; line-height: 23px; }
.cmp dd .st { font-size: 14px; letter-spacing: 0; }
.cmp mark { padding: 1px 0; border-bottom: 2px solid; background: #fff1d6; color: #7d4700; font-weight: 600; }

.pick { margin: 0; padding: 0; border: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(232px, 1fr)); gap: 0 24px; }
.pick--long { grid-template-columns: 1fr; margin-bottom: 12px; }
.pick label { display: flex; gap: 8px; padding: 6px 0; cursor: pointer; }
.pick input { flex: none; width: 16px; height: 16px; margin: 3px 0; accent-color: #1d4f91; }
.note { display: flex; align-items: center; gap: 8px; margin-top: 8px; max-width: 30em; }
.note input { flex: 1; min-width: 0; }

.face { display: flex; flex-wrap: wrap; gap: 8px 16px; }
.photo { display: grid; place-content: center; width: 96px; height: 128px; border: 1px solid #d6dce5; border-radius: 4px; background: #f4f6f9; color: #5b6676; font-size: 13px; object-fit: cover; }
.facts { flex: 1 1 200px; margin: 0; font-size: 13px; }
.facts > div { display: flex; padding: 3px 0; }
.facts dt { flex: 0 0 4em; }
.facts dd { flex: 1; margin: 0; overflow-wrap: anywhere; }
.next { margin: 0; padding: 0; list-style: none; font-size: 13px; }
.next li { display: flex; justify-content: space-between; gap: 12px; padding: 6px 0; border-bottom: 1px solid #d6dce5; }
.next .as-link { overflow-wrap: anywhere; text-align: left; }

/* decisions stay at the foot of the window, and what they came to appears beside them */
.acts { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
.decide { position: sticky; bottom: 0; z-index: 4; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; min-height: 64px; margin-top: 24px; padding: 12px 0; background: #fff; border-top: 1px solid #d6dce5; }
.decide:empty { display: none; }
.decide .acts button { max-width: 20em; overflow: hidden; text-overflow: ellipsis; }
.decide > .take-back { flex: 0 1 420px; margin-left: auto; }
.take-back { position: relative; display: flex; align-items: center; gap: 12px; min-height: 40px; padding: 6px 12px; border-radius: 4px; background: #1b2433; color: #fff; overflow: hidden; }
.take-back > span { flex: 1; }
.take-back button, .take-back button[disabled] { border-color: #fff !important; background: none !important; color: #fff !important; }
.take-back button[disabled] { opacity: .5; }
.take-back > i { position: absolute; left: 0; bottom: 0; width: 100%; height: 3px; background: #ffd23f; transform-origin: left; animation: time-left linear forwards; }
@keyframes time-left { to { transform: scaleX(0); } }

/* what does not count yet looks it */
button[disabled] { cursor: not-allowed !important; border-color: #d6dce5 !important; background: #eef1f5 !important; color: #5b6676 !important; }
.choice--on { background: #e3ecf7 !important; font-weight: 600 !important; }

.row-named { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0 0 20px; padding: 12px 16px; border-radius: 6px; background: #f4f6f9; }
.row-named > div { display: flex; gap: 8px; min-width: 0; }
.row-named dt { color: #5b6676; white-space: nowrap; }
.row-named dd { margin: 0; overflow-wrap: anywhere; }
.row-named--changed, .row-changed > td { background: #fff1d6 !important; }
.rows-changed { margin: 0 0 12px; padding: 10px 12px; border-left: 4px solid #7d4700; border-radius: 4px; background: #fff1d6; color: #1b2433; }
.rows-named { max-height: 320px; overflow: auto; border: 1px solid #d6dce5; border-radius: 6px; }
.rows-named td { padding: 8px 10px; font-size: 13px; }

@media (max-width: 900px) {
  .review { padding: 16px 16px 0; }
  .review-cols { display: block; }
}
@media (max-width: 768px) {
  .cmp, .cmp > div { display: block; }
  .cmp-key { display: none; }
  .cmp h4, .cmp dl > div { min-height: 0; padding: 3px 0; border: 0; white-space: normal; }
  .cmp h4 { padding-top: 10px; font-weight: 600 !important; color: #1b2433; }
  .cmp dl { display: block; padding-bottom: 8px; border-bottom: 1px solid #d6dce5; }
  .cmp dl > div { display: flex; flex-wrap: wrap; }
  .cmp dt { position: static; flex: 0 0 6em; width: auto; height: auto; clip-path: none; }
  /* on a phone fields that agree shrink */
  .cmp .agrees { display: none; }
  .pick label { padding: 10px 0; }
  .decide > * { flex: 1 0 100% !important; }
  .decide > .take-back { order: -1; margin: 0; }
  .decide .acts > button:not(.as-link) { flex: 1; min-height: 44px; }
}
`;
