/** Freed seats and those who wait for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { callBy, deleteRegistration } from './clients.mjs';
import { ascending, percentile, rateInTenths } from './figures.mjs';
import { LedgerWatch } from './ledger-watch.mjs';
import { candidate, venueOf, venuesOf } from './people.mjs';
import {
  makeDue,
  resize,
  seedBlacklist,
  seedCampuses,
  seedCandidates,
  seedEnrolments,
  seedQueue,
  seedSessions,
} from './seed.mjs';
import { wake } from './system.mjs';

/** Between two candidates who give their seats back. */
const PAUSE_MS = 50;

/**
 * Full venues with a queue, in which some may not have a seat any more.
 * @param {{ holding: number, queue: number, venues: number }} size  `holding` is so many times `venues`
 */
export async function seedFullVenues(pool, numbers, { holding, queue, venues }) {
  const holders = numbers.group(holding, venues);
  const waiting = numbers.more(queue, holders);
  await seedCampuses(pool, holders, holding / venues);
  for (const group of [holders, waiting]) await seedCandidates(pool, group, { holdingNothing: false });
  await seedEnrolments(pool, holders, { dueInHours: 24 });
  await seedQueue(pool, waiting);
  return { holders, waiting };
}

/**
 * All at once so many holders' time to pay is over.
 * @returns {Promise<{ freed: number, freedPerSecond: number, allocatedPerSecond: number, delay: Delay }>}
 */
export async function waveOfLapses(setting, database, pool, numbers, size) {
  const full = await seedFullVenues(pool, numbers, size);
  await seedBlacklist(pool, full.waiting);
  await makeDue(pool, full.holders);
  const watch = await LedgerWatch.of(pool, venuesOf(full.holders));
  const woken = wake(setting, database, 'enrolment.lapse');
  await watch.until(({ allocations }) => allocations.length >= size.holding);
  await woken;
  const { releases, allocations, delays } = watch;
  const from = releases[0];
  return {
    freed: releases.length,
    freedPerSecond: perSecond(releases.length, from, releases.at(-1)),
    allocatedPerSecond: perSecond(allocations.length, from, allocations.at(-1)),
    delay: delayOf(delays),
  };
}

/** One seat at a time: candidates delete their registrations, the first in line gets each seat. */
export async function singleSeats(api, pool, numbers, count) {
  const { holders } = await seedFullVenues(pool, numbers, { holding: count, queue: count * 2, venues: 1 });
  await seedSessions(pool, holders);
  const watch = await LedgerWatch.of(pool, venuesOf(holders));
  const watching = watch.until(({ allocations }) => allocations.length >= count);
  const answers = {};
  for (let i = 0; i < count; i++) {
    const round = await callBy(api.port, 1, [deleteRegistration(candidate(holders, i))]);
    for (const answer of Object.keys(round.answers)) answers[answer] = (answers[answer] ?? 0) + 1;
    await sleep(PAUSE_MS);
  }
  await watching;
  return { freed: watch.releases.length, answers, delay: delayOf(watch.delays) };
}

/**
 * A queue that is handed seats for all at once, to the last one.
 * @param {(work: () => Promise<void>) => Promise<unknown>} [during]  what to do while it drains; `watched` is its answer
 */
export async function drain(setting, database, pool, numbers, count, during = (work) => work()) {
  const { holders } = await seedFullVenues(pool, numbers, { holding: 1, queue: count, venues: 1 });
  const venueId = venueOf(holders.campus);
  const watch = await LedgerWatch.of(pool, [venueId]);
  await resize(pool, venueId, 1 + count);
  const begun = performance.now();
  const watched = await during(async () => {
    const woken = wake(setting, database, 'waitlist.allocate', { venueId });
    await watch.until(({ allocations }) => allocations.length >= count);
    await woken;
  });
  const tenths = rateInTenths(watch.allocations);
  return {
    watched,
    count,
    seconds: (performance.now() - begun) / 1000,
    perSecond: perSecond(count, watch.allocations[0], watch.allocations.at(-1)),
    tenths,
  };
}

const perSecond = (count, from, to) => (1000 * count) / Math.max(1, to - from);

/**
 * From a seat seen free to the same seat seen given, in ms.
 * @typedef {{ p50: number, p99: number, most: number }} Delay
 */
function delayOf(delays) {
  const sorted = ascending(delays);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), most: sorted.at(-1) };
}
