import type { Actor } from '../../kernel/actor.js';

/** Whose doing a file was, for its line in the audit trail: the school's or province's whose staff took it in. */
export function placeOf(actor: Actor): { provinceCode: string | null; schoolCode: string | null } {
  if (actor.type !== 'STAFF') return { provinceCode: null, schoolCode: null };
  const { schoolCode = null, provinceCode = schoolCode?.slice(0, 2) ?? null } = actor;
  return { provinceCode, schoolCode };
}
