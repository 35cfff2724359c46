import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { ICON } from '../../platform/http/html.js';

/**
 * AdminJS puts raw JSON into inline scripts and links a font on another site. Its pages leave here escaped, with scripts
 * that run only by this answer's nonce.
 */
export function hardenPages(_request: Request, response: Response, next: NextFunction): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}'`,
      // styled-components writes style sheets while the page runs
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  );
  const send = response.send.bind(response);
  response.send = (body?: unknown) =>
    send(typeof body === 'string' && /^\s*<!DOCTYPE html>/i.test(body) ? hardenedPage(body, nonce) : body);
  next();
}

/**
 * Every `<` of the page's state becomes `\u003c`, so that no text of it can end the script it stands in.
 *
 * @throws Error if the page has no state where it is expected: better no page than one that is not escaped
 */
export function hardenedPage(page: string, nonce: string): string {
  let states = 0;
  const lines = page.split('\n').flatMap((line) => {
    if (!/^\s*window\.(REDUX_STATE|THEME) = /.test(line)) return isForeignFont(line) ? [] : line;
    states++;
    return line.replace(
      /[<\u2028\u2029]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  });
  if (states < 2) throw new Error('The page of AdminJS is not built as expected, so it cannot be made safe.');
  return lines
    .join('\n')
    .replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`)
    .replace('</title>', `</title>${ICON.text}`);
}

function isForeignFont(line: string): boolean {
  return line.trimStart().startsWith('<link ') && line.includes('fonts.googleapis.com');
}
