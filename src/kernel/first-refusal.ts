import { DomainError } from './domain-error.js';

/** Runs a rule and gives the refusal it throws, if any: for pages that say beforehand what would be refused. */
export function firstRefusal(rule: () => void): DomainError | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
