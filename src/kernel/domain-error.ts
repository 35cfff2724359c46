/** A sentence in both languages people read here. */
export interface Bilingual {
  zh: string;
  en: string;
}

/**
 * HTTP classes a refusal can have (api.md): 401 no session, 403 not allowed to this actor, 404 not there or not
 * yours, 409 a rule refuses, 422 a field is invalid, 429 too many, 503 try again.
 */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** What is known about one way of saying no. `detail` may name `{placeholders}` that the refusal fills in. */
export interface RefusalDefinition {
  readonly code: string;
  readonly status: RefusalStatus;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  /** The input field at fault, for refusals of status 422. */
  readonly field?: string;
}

export interface RefusalFacts {
  /** Fills `{placeholders}` of the detail. Never a document number, a phone number or a name. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Seconds until it makes sense to try again, for 429 and 503. */
  readonly retryAfterSeconds?: number;
  /** The invalid field, when it is not always the same one. */
  readonly field?: string;
  /** Further members of the problem, for programs: what helps to do better. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** Thrown by rules and use-cases when the answer is no. Whoever throws it has changed nothing. */
export class DomainError extends Error {
  constructor(
    readonly definition: RefusalDefinition,
    readonly facts: RefusalFacts = {},
  ) {
    super(definition.code);
    this.name = 'DomainError';
  }

  get code(): string {
    return this.definition.code;
  }

  /** The sentence for the candidate, placeholders filled in. */
  detail(language: keyof Bilingual): string {
    return this.definition.detail[language].replace(/\{(\w+)\}/g, (_, name: string) =>
      String(this.facts.values?.[name] ?? ''),
    );
  }
}

/** Makes the error: `throw SEATS_FULL()`. Carries its definition, so that OpenAPI and tests can list it. */
export interface Refusal {
  (facts?: RefusalFacts): DomainError;
  readonly definition: RefusalDefinition;
}

const defined = new Map<string, Refusal>();

/**
 * Defines a refusal: one stable code, one rule, one message in each language.
 *
 * @example
 * export const SEATS_FULL = refusal('SEATS_FULL', 409,
 *   { zh: '考位已满', en: 'No seat left' },
 *   { zh: '该科目在本校区已无剩余考位，可以提交候补。', en: 'No seat is left at this campus; you may join the waitlist.' });
 */
export function refusal(
  code: string,
  status: RefusalStatus,
  title: Bilingual,
  detail: Bilingual,
  field?: string,
): Refusal {
  if (defined.has(code)) throw new Error(`The refusal ${code} is defined twice: one code, one rule.`);
  const definition: RefusalDefinition = { code, status, title, detail, field };
  const make = Object.assign((facts?: RefusalFacts) => new DomainError(definition, facts), { definition });
  defined.set(code, make);
  return make;
}

/** Is it this one? */
export function isRefusal(error: unknown, { definition }: Refusal): error is DomainError {
  return error instanceof DomainError && error.code === definition.code;
}

/** Every refusal the loaded code can answer with, by code. */
export function allRefusals(): ReadonlyMap<string, Refusal> {
  return defined;
}
