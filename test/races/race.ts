import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Response } from 'supertest';
import { VerifySeats } from '../../src/modules/waitlist/index.js';
import { engine } from '../support/engine.js';
import type { World } from '../support/world.js';

/** A round trip to a database in the same building, at most. */
const LONGEST_ROUND_TRIP_MS = 6;

/**
 * Until `jest.restoreAllMocks()` every statement takes a while, as over a network, and never equally long: how much of
 * a race overlaps then hangs neither on how fast this machine is nor on what else it does. On SQLite, where
 * transactions take turns, nothing overlaps whatever it takes, so nobody waits there.
 */
export async function letStatementsTravel(world: World): Promise<void> {
  if (engine === 'sqlite') return;
  const runner = world.dataSource.createQueryRunner();
  const statements = Object.getPrototypeOf(runner) as typeof runner;
  await runner.release();
  const { query } = statements;
  jest.spyOn(statements, 'query').mockImplementation(async function (this: unknown, ...args) {
    await sleep(Math.random() * LONGEST_ROUND_TRIP_MS);
    return query.apply(this, args);
  });
}

/** How many answers there were of each kind: `{ '201': 30, '409 SEATS_FULL': 170 }`. */
export function tally(answers: readonly Response[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const kind = status < 400 ? String(status) : `${status} ${body.code}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** How many answers have this status. */
export function count(answers: readonly Response[], status: number): number {
  return answers.filter((answer) => answer.status === status).length;
}

/** What `cet verify seats` finds, in words. */
export async function seatFaults(world: World): Promise<string[]> {
  const { faults } = await world.use(VerifySeats).execute();
  return faults.map(({ fault }) => fault);
}

/**
 * Two who want what only one can have, one of them with a head start of chance, up to `longest` milliseconds: over
 * several pairs now this one is first, now that one.
 */
export async function rivals<A, B>(
  one: () => PromiseLike<A>,
  other: () => PromiseLike<B>,
  longest: number,
): Promise<[A, B]> {
  const start = (Math.random() * 2 - 1) * longest;
  return Promise.all([sleep(Math.max(0, start)).then(one), sleep(Math.max(0, -start)).then(other)]);
}

/** Runs a race, which says how often it ended either way, until both ends have been seen: only then has it been one. */
export async function untilBothEndsAreSeen(
  world: World,
  race: () => Promise<readonly [number, number]>,
): Promise<void> {
  const seen: [number, number] = [0, 0];
  for (let attempt = 1; attempt <= 10 && seen.includes(0); attempt++) {
    if (attempt > 1) await world.reset();
    const [one, other] = await race();
    seen[0] += one;
    seen[1] += other;
  }
  // in one expectation with the figures, which say what the race was like where it fails
  expect({ seen, bothEnds: !seen.includes(0) }).toEqual({ seen, bothEnds: true });
}

/**
 * Runs a race whose guard is off until the fault shows: how much of it, or 0 if it never does. What fails loudly on
 * the way is caught by the nets beneath the guard.
 */
export async function untilItShows(
  world: World,
  race: () => Promise<unknown>,
  fault: () => Promise<number>,
): Promise<number> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    await world.reset();
    await race().catch(() => 'loudly');
    const found = await fault();
    if (found > 0) return found;
  }
  return 0;
}
