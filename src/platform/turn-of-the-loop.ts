import { setImmediate } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * To be awaited between the pieces of long work, and before each of them: the event loop hears whoever is at the door
 * between two of its turns, and each turn lets one piece of such work go on, however much of it is under way.
 */
export function turnOfTheLoop(): Promise<void> {
  last = last.then(() => setImmediate());
  return last;
}
