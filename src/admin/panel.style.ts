/** What AdminJS draws otherwise, by the marks it leaves in its pages for this purpose. */
export const PANEL_STYLE = `
h1, h2, h3, h4, h5, h6 { font-weight: 600 !important; }
h2 { font-size: 26px !important; }
[data-css='sidebar-logo'] { padding: 16px 0 24px !important; }
[data-css='sidebar-logo'] h1 {
  width: 12em; font-size: 16px !important; line-height: 1.5 !important; color: #1b2433; word-break: break-all;
}

/* a column of check boxes, though nothing is done to several rows at once */
tr[data-css$='-table-row'] > td:first-child, tr[data-css$='-table-head-row'] > td:first-child { display: none; }
tr[data-css$='-table-row'] > td, tr[data-css$='-table-row'] > td > section { line-height: 1.5 !important; }
td[data-property-name$='Number'], td[data-property-name$='At'] { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr[data-css$='-table-row'] > td, tr[data-css$='-table-head-row'] > td { padding-left: 10px !important; padding-right: 10px !important; }
[data-css$='-list-table-wrapper'] { overflow-x: auto; }
td[data-property-name='name'] { min-width: 6em; }
td[data-property-name='school'] { min-width: 9em; }
td[data-property-name='subjects'] { min-width: 13em; }
td[data-property-name='subjects'] > section, [data-css$='-show-subjects'] > section { white-space: pre-line; }
[data-css$='-filter-drawer'] { box-shadow: none !important; border-left: 1px solid #d6dce5; }

[data-css$='-show-drawer-content'] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 0 32px; align-content: start;
}
`;
