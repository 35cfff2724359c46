import { html } from '../../../src/modules/payment/gateways/sandbox/html.js';

test('values are escaped, in text and in attributes; markup made here is not', () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  expect(html`<p title="${name}">${name}</p>`.text).not.toMatch(/<img|" onerror|'/);
  expect(html`<ul>${[html`<li>${'a<b'}</li>`, html`<li>${2}</li>`]}</ul>`.text).toBe(
    '<ul><li>a&#60;b</li><li>2</li></ul>',
  );
});
