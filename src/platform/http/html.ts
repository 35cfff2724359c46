import { createHash } from 'node:crypto';
import type { Response } from 'express';

/** Text that is markup already. Only the `html` template makes it. */
export class Html {
  /** @internal */
  constructor(readonly text: string) {}
}

type Inserted = string | number | Html | readonly Html[] | undefined;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markup(value: Inserted): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map((part: Html) => part.text).join('');
  return String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

/**
 * Markup with values put in; every value that is not markup itself is escaped.
 *
 * @example
 * html`<p>${candidate.name}</p>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Html(parts.reduce((text, part, i) => text + markup(values[i - 1]) + part));
}

/** The sign on a browser's tab, in the page itself: nothing has to be fetched. */
export const ICON = new Html(
  `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d4f91"/><path d="M8 17l6 6 11-14" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
  )}">`,
);

/** A page of ours: one style sheet and at most one script of its own, nothing from elsewhere. */
export interface Page {
  readonly title: string;
  readonly style: string;
  readonly body: Html;
  readonly script?: string;
}

/** Answers with the page. Its policy lets nothing run or load but the style sheet and the script in it. */
export function sendPage(response: Response, { title, style, body, script }: Page): void {
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src ${hashOf(style)};${script ? ` script-src ${hashOf(script)};` : ''} img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  const page = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${ICON}
<style>${new Html(style)}</style>
</head>
<body>
${body}
${script === undefined ? undefined : new Html(`<script>${script}</script>`)}
</body>
</html>
`;
  response.type('html').send(page.text);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
