import { Injectable } from '@nestjs/common';

import { type Actor, actorLabel } from '../../kernel/actor.js';
import { maskDocumentNumber, maskEmail, maskPhone } from '../../kernel/document-number.js';
import { newId } from '../../kernel/ids.js';
import { insertAll } from '../../platform/database/dialect.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Change, ImportResult } from '../../platform/import/intake.js';
import { type AuditedFacts, AuditLine } from './audit-line.entity.js';

/** A change to leave a line of. Of facts given before and after, only those that differ are kept. */
export interface AuditedChange {
  /** `noun.verb`, as `cet6-review.decide`. */
  action: string;
  rowId: string;
  /** Whose row it is; leave out what is nobody's in particular (a sitting, the agreement). */
  provinceCode?: string | null;
  schoolCode?: string | null;
  before?: AuditedFacts | null;
  after?: AuditedFacts | null;
}

/** Every change by staff leaves who, when, what before and after (R-AD-2). */
@Injectable()
export class AuditTrail {
  /** Writes the line in the change's own transaction: there is never one without the other. */
  record(tx: Tx, actor: Actor, change: AuditedChange): Promise<void> {
    return this.recordAll(tx, actor, [change]);
  }

  /** One line for a file taken in: which it was, and how many of its lines did what. */
  recordImport(
    tx: Tx,
    actor: Actor,
    change: Pick<AuditedChange, 'action' | 'rowId' | 'provinceCode' | 'schoolCode'>,
    { sha256, lines, inserted, updated, unchanged, rejected }: ImportResult,
  ): Promise<void> {
    return this.record(tx, actor, {
      ...change,
      after: { sha256, lines, inserted, updated, unchanged, rejected },
    });
  }

  /**
   * A line for each row that a file changed and, by the action `added`, for each it added (R-AD-2). Without `added` these
   * are only counted: of a hundred thousand students, results or places, the rows are what the file's line says it was.
   */
  recordRows<Row>(
    tx: Tx,
    actor: Actor,
    { added, edited, changes }: { added?: string; edited: string; changes: readonly Change<Row>[] },
    tell: (row: Row) => Omit<AuditedChange, 'action' | 'before' | 'after'> & { facts: AuditedFacts },
  ): Promise<void> {
    const lines = changes.flatMap(({ before, after }) => {
      const action = before === undefined ? added : edited;
      if (action === undefined) return [];
      const { facts, ...whose } = tell(after);
      return [{ action, ...whose, before: before === undefined ? null : tell(before).facts, after: facts }];
    });
    return this.recordAll(tx, actor, lines);
  }

  /** A line each for many rows changed at once. */
  async recordAll(tx: Tx, actor: Actor, changes: readonly AuditedChange[]): Promise<void> {
    const lines = changes.map((change) => lineOf(tx, actor, change));
    await insertAll<AuditLine>(tx.manager, AuditLine, lines);
  }
}

function lineOf(tx: Tx, actor: Actor, change: AuditedChange): AuditLine {
  const { action, rowId, provinceCode, schoolCode } = change;
  const { before, after } = whatDiffers(change.before ?? null, change.after ?? null);
  return {
    id: newId(),
    happenedAt: tx.now,
    actor: actorLabel(actor),
    action,
    rowId,
    provinceCode: provinceCode ?? null,
    schoolCode: schoolCode ?? null,
    factsBefore: before && masked(before),
    factsAfter: after && masked(after),
  };
}

/** By what facts are called: which of them point at a person, and how much of them a line keeps. */
const MASKS: Readonly<Record<string, (fact: string) => string>> = {
  documentNumber: maskDocumentNumber,
  email: maskEmail,
  phone: maskPhone,
};

/** A line outlives the row it tells of, so numbers and addresses of people do not stand in it (R-AD-2). */
function masked(facts: AuditedFacts): AuditedFacts {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, maskedFact(name, fact)]));
}

function maskedFact(name: string, fact: unknown): unknown {
  if (typeof fact === 'string') return MASKS[name]?.(fact) ?? fact;
  if (Array.isArray(fact)) return fact.map((one) => maskedFact(name, one));
  const isPlain = typeof fact === 'object' && fact !== null && !(fact instanceof Date);
  return isPlain ? masked(fact as AuditedFacts) : fact;
}

function whatDiffers(before: AuditedFacts | null, after: AuditedFacts | null) {
  if (!before || !after) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (facts: AuditedFacts) =>
    Object.fromEntries(differing.filter((name) => name in facts).map((name) => [name, facts[name]]));
  return { before: only(before), after: only(after) };
}
