/** The buttons of the editor that are of use, by their places in its bar, and what they are called. */
const EDITOR_BUTTONS = Object.entries({
  2: '标题',
  3: '小标题',
  7: '正文',
  8: '加粗',
  9: '斜体',
  16: '列表',
  17: '编号',
  18: '引用',
  20: '换行',
  21: '撤销',
  22: '重做',
  23: '清除格式',
})
  .map(
    ([place, name]) =>
      `.rich-text .adminjs_MenuBarWrapper > span:nth-child(${place}) { display: inline-block; }\n` +
      `.rich-text .adminjs_MenuBarWrapper > span:nth-child(${place})::after { content: '${name}'; }`,
  )
  .join('\n');

/** What AdminJS draws otherwise, by the marks it leaves in its pages for this purpose, and what our own pieces share. */
export const PANEL_STYLE = `
h1, h2, h3, h4, h5, h6 { font-weight: 600 !important; }
h2 { font-size: 26px !important; line-height: 1.35 !important; }
[data-css='sidebar-logo'] { padding: 16px 0 24px !important; }
[data-css='sidebar-logo'] h1 {
  width: 12em; font-size: 16px !important; line-height: 1.5 !important; color: #1b2433; word-break: break-all;
}

a { color: #1d4f91; }
:focus-visible { outline: 3px solid #7fa3d3 !important; outline-offset: 1px; }
[role='combobox']:focus-visible { outline: none !important; }
.adminjs_Select:focus-within { border-radius: 2px; outline: 3px solid #7fa3d3; outline-offset: 1px; }
button { white-space: nowrap; }

/* words stay whole; what is too long for one line breaks where it must */
td { word-break: keep-all !important; overflow-wrap: break-word; }
td > section { max-width: 20em; }
tr[data-css$='-table-row'] { cursor: pointer; }
tr[data-css$='-table-row'] > td { padding-top: 9px !important; padding-bottom: 9px !important; }
tr[data-css$='-table-row'] > td, tr[data-css$='-table-row'] > td section { font-size: 13px !important; line-height: 1.5 !important; }
td[data-property-name$='Number'], td[data-property-name$='At'] { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr[data-css$='-table-row'] > td, tr[data-css$='-table-head-row'] > td {
  padding-left: 6px !important; padding-right: 6px !important; font-size: 13px;
}
tr[data-css$='-table-head-row'] > td { white-space: nowrap; }
/* what lists are sorted by looks like the other heads */
.adminjs_SortLink { display: inline-flex !important; align-items: center; font: inherit !important; color: inherit !important; }
.adminjs_SortLink .adminjs_Icon { margin-left: 2px !important; }
.row-choice { cursor: default; }
.row-menu-dots {
  display: inline-flex; align-items: center; justify-content: center; width: 32px; height: 28px;
  border: 0; border-radius: 4px; background: none; color: #1b2433; cursor: pointer;
}
.row-menu-dots:hover, .row-menu-dots[aria-expanded='true'] { background: #e3ecf7; }
.row-menu {
  position: fixed; z-index: 40; min-width: 148px; padding: 4px 0; border-radius: 6px; background: #fff;
  box-shadow: 0 0 0 1px #d6dce5, 0 8px 24px rgba(27, 36, 51, .14); text-align: left;
}
.row-menu a {
  display: flex; align-items: center; gap: 8px; height: 40px; padding: 0 20px 0 16px;
  color: #1b2433; font-size: 14px; text-decoration: none; white-space: nowrap;
}
.row-menu a:hover, .row-menu a:focus { background: #e3ecf7; outline: none !important; }
[data-css$='-list-table-wrapper'] { overflow-x: auto; padding: 20px !important; }
td[data-property-name='name'] { min-width: 7em; overflow-wrap: anywhere; }
td[data-property-name='login'] { min-width: 10em; overflow-wrap: anywhere; }
/* names of schools are long: one that has no room on a line breaks, but never into a narrow column */
td[data-property-name='school'], td[data-property-name='campus'], td[data-property-name='place'] {
  min-width: 11em; overflow-wrap: anywhere;
}
tr[data-css='student-records-table-row'] > td[data-property-name='campus'] { min-width: 6em; }
td[data-property-name='subjects'] { min-width: 13em; }
td[data-property-name='subjects'] > section, [data-css$='-show-subjects'] > section { white-space: pre-line; }
[data-css$='-filter-drawer'] { box-shadow: none !important; border-left: 1px solid #d6dce5; }

[data-css$='-show-drawer-content'] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 0 32px; align-content: start;
}

[data-css$='-show-photo'] { grid-row: span 4; }
[data-css$='-show-changes'], [data-css='audit-lines-show-drawer-content'] > :last-child { grid-column: 1 / -1; }

.rich-text .adminjs_MenuBarWrapper { padding: 6px 8px; background: #f7f9fb; }
.rich-text .adminjs_MenuBarWrapper > span { display: none; margin: 0 2px; padding: 4px 6px; border-radius: 4px; font-size: 0; cursor: pointer; }
.rich-text .adminjs_MenuBarWrapper > span svg { display: none; }
.rich-text .adminjs_MenuBarWrapper > span:hover { background: #e3ecf7; }
.rich-text .adminjs_MenuBarWrapper > span::after { font-size: 14px; }
${EDITOR_BUTTONS}
.rich-text .ProseMirror { min-height: 200px; line-height: 1.7; outline: none; }
.rich-text .ProseMirror p, .rich-text .ProseMirror ul, .rich-text .ProseMirror ol { margin: 0 0 8px; }
.rich-text .ProseMirror ul { padding-left: 40px !important; list-style: disc; }
.rich-text .ProseMirror ol { padding-left: 40px !important; list-style: decimal; }
.rich-text .ProseMirror blockquote { margin: 0 0 8px; padding-left: 12px; border-left: 3px solid #c9d1dc; }
/* an action's name at the end of the path: AdminJS makes English of it, and the heading says it in Chinese */
[data-css$='-breadcrumbs'] > :nth-child(3) { display: none !important; }
[data-css$='-breadcrumbs'] > :nth-child(2)::after { content: none !important; }

[data-css$='-show-body'] > section, [data-css$='-show-textZh'] > section, [data-css$='-show-textEn'] > section {
  white-space: pre-line; line-height: 1.7;
}
`;
