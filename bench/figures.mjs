/** Arithmetic on measurements. */

/** The value that `share` of the values do not exceed; NaN of none. @param {number[]} sorted ascending */
export function percentile(sorted, share) {
  return sorted.length === 0 ? Number.NaN : sorted[Math.ceil(sorted.length * share) - 1];
}

/** @param {number[]} values */
export function median(values) {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const ascending = (values) => [...values].sort((a, b) => a - b);
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * What one round came to.
 * @typedef {{ done: number, seconds: number, perSecond: number, p50: number, p99: number,
 *   answers: Record<string, number> }} Round  times in ms
 */

/**
 * Runs `work` by so many clients at once, each taking the next task when it is done with one, until none is left or
 * the time is up. `work` gives the word its answer is counted under.
 * @template T
 * @param {{ clients: number, tasks: readonly T[], longestMs: number, work: (task: T) => Promise<string> }} load
 * @returns {Promise<Round>}
 */
export async function measure({ clients, tasks, longestMs, work }) {
  const times = [];
  const answers = {};
  const begun = performance.now();
  let next = 0;
  const client = async () => {
    while (next < tasks.length && performance.now() - begun < longestMs) {
      const task = tasks[next++];
      const from = performance.now();
      const answer = await work(task);
      times.push(performance.now() - from);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  const sorted = ascending(times);
  return {
    done: times.length,
    seconds,
    perSecond: times.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    answers,
  };
}

/** The medians of several rounds, and all their answers. @param {Round[]} rounds @returns {Round & { rounds: number }} */
export function medians(rounds) {
  const of = (key) => median(rounds.map((round) => round[key]));
  const answers = {};
  for (const round of rounds)
    for (const [answer, count] of Object.entries(round.answers))
      answers[answer] = (answers[answer] ?? 0) + count;
  return {
    rounds: rounds.length,
    done: sum(rounds.map(({ done }) => done)),
    seconds: of('seconds'),
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    answers,
  };
}

/** Requests that were refused though they were right: a fault of the bench, or of the application. @param {Round} round */
export function refusedIn({ answers }, right) {
  return sum(
    Object.entries(answers).map(([answer, count]) => (/^[1-4]/.test(answer) && answer !== right ? count : 0)),
  );
}

/** How even a row of moments is: the rate in each tenth of them, per second. @param {number[]} moments ascending, ms */
export function rateInTenths(moments) {
  const edges = Array.from({ length: 11 }, (_, i) => Math.round(((moments.length - 1) * i) / 10));
  return edges
    .slice(1)
    .map((to, i) => (1000 * (to - edges[i])) / Math.max(1, moments[to] - moments[edges[i]]));
}
