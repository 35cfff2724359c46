import { html } from '../../../src/platform/http/html.js';

test('what is put into a page is text, whatever it looks like', () => {
  expect(html`<p title="${`"'><script>`}">${'<b>&</b>'}</p>`.text).toBe(
    '<p title="&quot;&#39;&gt;&lt;script&gt;">&lt;b&gt;&amp;&lt;/b&gt;</p>',
  );
});

test('only markup made by the same template stays markup', () => {
  const lines = ['甲', '<乙>'].map((name) => html`<li>${name}</li>`);
  expect(html`<ul>${lines}${undefined}${3}</ul>`.text).toBe('<ul><li>甲</li><li>&lt;乙&gt;</li>3</ul>');
});
