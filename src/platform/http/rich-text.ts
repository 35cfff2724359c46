/** What the editor of the back office makes, and nothing that acts, loads or looks like a part of the page. */
const TAGS = new Set(
  'p br strong b em i u s h2 h3 ul ol li blockquote hr table thead tbody tr td th a'.split(' '),
);
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
};
/** Go with what is in them. */
const WITH_CONTENTS = new Set(
  'script style iframe object svg math template noscript textarea title'.split(' '),
);
/** A line of plain text ends after them, opened or closed. */
const LINE_ENDS = new Set(['br', 'hr', '/p', '/h2', '/h3', '/li', '/tr', '/blockquote']);
const CELL_ENDS = new Set(['/td', '/th']);
/** Addresses a link may lead to; anything else (`javascript:`, `data:`, another host by `//`) becomes no link. */
const SAFE_LINK = /^(?:https?:\/\/|mailto:|tel:)[^\s"'<>]{1,2000}$/i;

/** Text with its formatting, which nobody but `RichText.of` makes. */
export class RichText {
  private constructor(
    /** Safe to put into a page: built of the tags above, a link's address and escaped text alone. */
    readonly html: string,
    /** The same without formatting, a line a paragraph, for programs that show text. */
    readonly text: string,
  ) {}

  /** Whatever was sent, cleaned: in one pass, and once, when it is saved. What is clean stays as it is. */
  static of(sent: string): RichText {
    const html: string[] = [];
    const text: string[] = [];
    let within: string | undefined;
    for (const piece of piecesOf(sent)) {
      const { closes, name } = piece;
      if (within !== undefined) {
        if (closes && name === within) within = undefined;
      } else if (name === undefined) {
        html.push(escaped(piece.source));
        text.push(piece.source);
      } else if (TAGS.has(name)) {
        html.push(closes ? `</${name}>` : `<${name}${attributesOf(name, piece.source)}>`);
        const tag = closes ? `/${name}` : name;
        if (LINE_ENDS.has(tag)) text.push('\n');
        else if (CELL_ENDS.has(tag)) text.push(' ');
      } else if (!closes && WITH_CONTENTS.has(name)) within = name;
    }
    return new RichText(html.join('').trim(), plain(text.join('')));
  }
}

/** A tag, by its name; or text, which has none. */
interface Piece {
  readonly source: string;
  readonly name?: string;
  readonly closes?: boolean;
}

/** Every character is looked at once: what turns out to be no tag is text, and is not looked at again. */
function* piecesOf(html: string): Generator<Piece> {
  for (let at = 0; at < html.length; ) {
    const open = indexOrEnd(html, '<', at);
    if (open > at) yield { source: html.slice(at, open) };
    if (open === html.length) return;
    if (html.startsWith('<!--', open)) {
      at = indexOrEnd(html, '-->', open) + 3;
      continue;
    }
    const { end, isTag } = endOfTag(html, open);
    const source = html.slice(open, end);
    yield isTag ? { source, name: nameOf(source), closes: source[1] === '/' } : { source };
    at = end;
  }
}

/** `<` and a letter begin a tag, which ends at the next `>` outside a quoted value; at another `<`, or never, it is text. */
function endOfTag(html: string, open: number): { end: number; isTag: boolean } {
  if (!/[a-z/!?]/i.test(html[open + 1] ?? '')) return { end: open + 1, isTag: false };
  let before = '';
  for (let at = open + 1; at < html.length; at++) {
    const sign = html[at]!;
    if (sign === '>') return { end: at + 1, isTag: true };
    if (sign === '<') return { end: at, isTag: false };
    if (before === '=' && (sign === '"' || sign === "'")) at = indexOrEnd(html, sign, at + 1);
    if (sign.trim() !== '') before = sign;
  }
  return { end: html.length, isTag: false };
}

function nameOf(tag: string): string {
  return /^<\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
}

/** Those of the list that have a value which may stand there, the first of each. */
function attributesOf(name: string, tag: string): string {
  const found = new Map<string, string>();
  for (const [, attribute, double, single, bare] of tag.matchAll(ATTRIBUTE)) {
    const key = attribute!.toLowerCase();
    const value = safeValue(key, (double ?? single ?? bare)!.trim());
    if (ATTRIBUTES[name]?.includes(key) && value !== undefined && !found.has(key)) found.set(key, value);
  }
  return [...found].map(([key, value]) => ` ${key}="${value}"`).join('');
}

const ATTRIBUTE = /[\s"'/]([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

function safeValue(attribute: string, value: string): string | undefined {
  if (attribute !== 'href') return /^\d{1,2}$/.test(value) ? value : undefined;
  return SAFE_LINK.test(value) ? value.replace(/&(?!amp;)/g, '&amp;') : undefined;
}

function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", amp: '&' } as const;

function plain(text: string): string {
  return text
    .replace(/&(lt|gt|quot|nbsp|#39|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Where it stands next; where it does not, the end. */
function indexOrEnd(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at < 0 ? text.length : at;
}
