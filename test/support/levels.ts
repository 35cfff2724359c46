import type { ExamKind, Level } from '../../src/kernel/words.js';
import { Registration } from '../../src/modules/registration/index.js';
import type { World } from './world.js';

/** `Registration.levelsHeld` of one that holds these. */
export function levelBits(held: readonly { kind: ExamKind; level: Level }[]): number {
  const bit = { 'WRITTEN 4': 1, 'WRITTEN 6': 2, 'ORAL 4': 4, 'ORAL 6': 8 };
  return held.reduce((bits, { kind, level }) => bits | bit[`${kind} ${level}`], 0);
}

/** How many levels all registrations together hold, by what the registrations say. */
export async function countLevelsHeld(world: World): Promise<number> {
  const registrations = await world.dataSource.manager.find(Registration);
  return registrations.reduce(
    (sum, { levelsHeld }) => sum + [...levelsHeld.toString(2)].filter((bit) => bit === '1').length,
    0,
  );
}
