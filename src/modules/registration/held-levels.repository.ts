import { Injectable } from '@nestjs/common';
import type { ExamKind, Level } from '../../kernel/words.js';
import { updateCounting } from '../../platform/database/dialect.js';
import { placeholders } from '../../platform/database/select-entities.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LEVEL_CONFLICT } from './registration.rules.js';

/** A level of a registration, written and oral apart. */
export interface LevelOfRegistration {
  registrationId: string;
  kind: ExamKind;
  level: Level;
}

const BITS: Readonly<Record<ExamKind, Readonly<Record<Level, number>>>> = {
  WRITTEN: { 4: 1, 6: 2 },
  ORAL: { 4: 4, 6: 8 },
};

/**
 * One subject per level (R-WE-2), enrolments and places in a queue together: the only writer of what levels
 * registrations hold. Taking is one conditional UPDATE, like a seat's; no row changed means that somebody was first.
 */
@Injectable()
export class HeldLevels {
  /** Takes levels for enrolments or waitlist entries. @throws LEVEL_CONFLICT if something holds one of them */
  async take(tx: Tx, ...wanted: readonly LevelOfRegistration[]): Promise<void> {
    const byRegistration = new Map<string, number>();
    for (const { registrationId, kind, level } of wanted) {
      const bits = byRegistration.get(registrationId) ?? 0;
      if (bits & BITS[kind][level]) throw LEVEL_CONFLICT();
      byRegistration.set(registrationId, bits | BITS[kind][level]);
    }
    const bits = `CASE id ${'WHEN ? THEN ? '.repeat(byRegistration.size)}END`;
    const bitsOfAll = [...byRegistration].flat();
    const taken = await updateCounting(
      tx.manager,
      `UPDATE registration SET levels_held = levels_held | ${bits}, levels_held_since = ?
       WHERE id IN (${placeholders([...byRegistration])}) AND (levels_held & ${bits}) = 0`,
      [...bitsOfAll, tx.now, ...byRegistration.keys(), ...bitsOfAll],
    );
    if (taken !== byRegistration.size) throw LEVEL_CONFLICT();
  }

  /** What held the level has ended. When it was the last, the hours until the registration is deleted begin (R-QU-7). */
  async giveBack(tx: Tx, { registrationId, kind, level }: LevelOfRegistration): Promise<void> {
    const bit = BITS[kind][level];
    const given = await updateCounting(
      tx.manager,
      'UPDATE registration SET levels_held = levels_held - ?, levels_held_since = ? WHERE id = ? AND (levels_held & ?) = ?',
      [bit, tx.now, registrationId, bit, bit],
    );
    if (given === 0) throw new Error(`Registration ${registrationId} did not hold ${kind} ${level}.`);
  }
}
