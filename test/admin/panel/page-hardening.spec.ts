import { hardenedPage } from '../../../src/admin/panel/page-hardening.js';

const page = (state: object) => `
    <!DOCTYPE html>
    <html lang=zh-CN>
    <head>
      <script>
        window.REDUX_STATE = ${JSON.stringify(state)};
        window.THEME = {};
      </script>
      <title>后台</title>
      <link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto:300" type="text/css">
      <script src="/admin/frontend/assets/app.bundle.js"></script>
    </head>`;

/** The value a browser would read from the state's line. */
function stateIn(text: string): unknown {
  const line = text.split('\n').find((candidate) => candidate.includes('window.REDUX_STATE'));
  return JSON.parse(/= (.*);$/s.exec(line!)![1]!);
}

describe('A page of AdminJS leaves hardened', () => {
  test.each([
    ['the end of its script', '</script><script>alert(1)</script>'],
    ['a line separator, then the end of its script', 'a\u2028</script><script>alert(1)</script>\u2029b'],
    ['a comment that would swallow the page', '<!-- <script>'],
    ['what looks like the state itself', '\u2028window.REDUX_STATE = 1;</script><script>alert(1)</script>'],
  ])('a name that is %s stays a text, and the same text', (_, name) => {
    const hardened = hardenedPage(page({ session: { email: name } }), 'N0NCE');
    expect(hardened.match(/<script/g)).toHaveLength(2);
    expect(hardened.match(/<\/script/g)).toHaveLength(2);
    expect(hardened).not.toMatch(/<!-- |[\u2028\u2029]/);
    expect(stateIn(hardened)).toEqual({ session: { email: name } });
  });

  test('its own scripts carry the nonce of the answer', () => {
    expect(hardenedPage(page({}), 'N0NCE').match(/<script nonce="N0NCE"/g)).toHaveLength(2);
  });

  test('it asks nobody else for a font', () => {
    expect(hardenedPage(page({}), 'N0NCE')).not.toContain('googleapis');
  });

  test('a page that is built otherwise does not leave at all', () => {
    expect(() => hardenedPage('<!DOCTYPE html><script>window.STATE = {}</script>', 'N0NCE')).toThrow(
      'not built as expected',
    );
  });
});
