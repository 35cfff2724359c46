/** Markup that may go into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | readonly Html[];

/** A template whose every value is escaped, unless it is markup made by this function itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.reduce((text, part, i) => text + markupOf(values[i - 1] ?? '') + part));
}

function markupOf(value: Content): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
