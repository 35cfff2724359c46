import { toShanghai } from '../../kernel/clock.js';
import { type Fen, yuanAmount } from '../../kernel/money.js';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface AnyField {
  /** The property of the action's input. */
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
  /** Below the field, for what the label cannot say. */
  readonly help?: string;
}

/**
 * A field of an action's form, and what it sends: TEXT, LONG_TEXT and SECRET text (nothing typed is not sent); RICH_TEXT
 * HTML that is not safe yet; NUMBER a number; YUAN text like `30.50`, for a `YuanField`; CHOICE a word, CHOICES a list of
 * words; TIME `2026-11-21T09:00` and DAY `2026-11-21`, of Shanghai, for a `TimeField`; FLAG true or false; FILE, which is
 * called `file`, the body of the request (one at most).
 */
export type FormField =
  | (AnyField & {
      readonly kind: 'TEXT' | 'LONG_TEXT';
      readonly maxLength?: number;
      readonly placeholder?: string;
    })
  | (AnyField & { readonly kind: 'RICH_TEXT' })
  | (AnyField & { readonly kind: 'SECRET' })
  | (AnyField & { readonly kind: 'NUMBER'; readonly unit?: string })
  | (AnyField & { readonly kind: 'YUAN' })
  | (AnyField & { readonly kind: 'TIME' | 'DAY' | 'FLAG' })
  | (AnyField & { readonly kind: 'CHOICE' | 'CHOICES'; readonly choices: readonly Choice[] })
  | (AnyField & { readonly kind: 'FILE'; readonly accept: string });

/** What a form shows when it opens: a moment as Date, money in fen, a choice as its word. */
export type InitialValues = Readonly<
  Record<string, string | number | boolean | Date | readonly string[] | null | undefined>
>;

/** The initial values as the fields of the page hold them. */
export function shownValues(fields: readonly FormField[], values: InitialValues): Record<string, unknown> {
  const kinds = new Map(fields.map(({ name, kind }) => [name, kind]));
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => kinds.has(name) && value !== null && value !== undefined)
      .map(([name, value]) => [name, shownValue(kinds.get(name)!, value)]),
  );
}

function shownValue(kind: FormField['kind'], value: InitialValues[string]): unknown {
  if (value instanceof Date) return toShanghai(value).slice(0, kind === 'DAY' ? 10 : 16);
  return kind === 'YUAN' ? yuanAmount(value as Fen) : value;
}

/** Words with their labels, as choices. */
export function choicesOf(words: Readonly<Record<string, string | { readonly label: string }>>): Choice[] {
  return Object.entries(words).map(([value, word]) => ({
    value,
    label: typeof word === 'string' ? word : word.label,
  }));
}
