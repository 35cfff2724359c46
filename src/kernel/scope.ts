import type { Actor } from './actor.js';

/**
 * Which schools' rows exist for somebody (R-AD-1). A row outside one's scope is not there: every query of the back
 * office is narrowed by it, and an unknown actor sees nothing.
 */
export type Scope =
  | { readonly all: true }
  | { readonly provinceCode: string }
  | { readonly schoolCode: string }
  | { readonly none: true };

export function scopeOf(actor: Actor | undefined): Scope {
  if (actor?.type !== 'STAFF') return { none: true };
  if (actor.role === 'CENTRAL') return { all: true };
  if (actor.role === 'PROVINCE' && actor.provinceCode) return { provinceCode: actor.provinceCode };
  if (actor.role === 'SCHOOL' && actor.schoolCode) return { schoolCode: actor.schoolCode };
  return { none: true };
}

/** Is a row that belongs to this school inside the scope? */
export function covers(scope: Scope, row: { provinceCode: string; schoolCode: string }): boolean {
  if ('all' in scope) return true;
  if ('provinceCode' in scope) return scope.provinceCode === row.provinceCode;
  if ('schoolCode' in scope) return scope.schoolCode === row.schoolCode;
  return false;
}
