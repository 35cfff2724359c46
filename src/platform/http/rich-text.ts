import { FilterXSS } from 'xss';

/** What the editor of the back office makes, and nothing that acts, loads or looks like a part of the page. */
const TAGS = [
  'p',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'h2',
  'h3',
  'ul',
  'ol',
  'li',
  'blockquote',
  'hr',
];
const TABLE = ['table', 'thead', 'tbody', 'tr'];
const CELLS = ['td', 'th'];
/** Addresses a link may lead to; anything else (`javascript:`, `data:`, another host by `//`) becomes no link. */
const SAFE_LINK = /^(https?:\/\/|mailto:|tel:)[^\s"'<>]+$/i;

const filter = new FilterXSS({
  whiteList: {
    ...Object.fromEntries([...TAGS, ...TABLE].map((tag) => [tag, []])),
    ...Object.fromEntries(CELLS.map((tag) => [tag, ['colspan', 'rowspan']])),
    a: ['href'],
  },
  stripIgnoreTag: true,
  stripIgnoreTagBody: [
    'script',
    'style',
    'iframe',
    'object',
    'svg',
    'math',
    'template',
    'noscript',
    'textarea',
  ],
  css: false,
  // '' drops the attribute; the list of tags says which there are
  onTagAttr: (_tag, name, value, isListed) => (isListed ? safeAttribute(name, value.trim()) : ''),
});

/** Rich text with everything taken out that is not plain formatting. Safe to put into a page; twice changes nothing. */
export function safeHtml(html: string): string {
  return filter.process(html).trim();
}

const noTags = new FilterXSS({
  whiteList: {},
  stripIgnoreTag: true,
  stripIgnoreTagBody: ['script', 'style'],
});

/** The same as plain text, a line a paragraph, for programs that show text. */
export function plainText(html: string): string {
  const lines = html
    .replace(/<(br|hr)\s*\/?>|<\/(p|h2|h3|li|tr|blockquote)>/gi, '\n')
    .replace(/<\/t[dh]>/gi, ' ');
  return noTags
    .process(lines)
    .replace(/&(lt|gt|quot|nbsp|#39|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", amp: '&' } as const;

function safeAttribute(name: string, value: string): string {
  if (name !== 'href') return /^\d{1,2}$/.test(value) ? `${name}="${value}"` : '';
  return SAFE_LINK.test(value) ? `href="${value.replace(/&(?!amp;)/g, '&amp;')}"` : '';
}
