/**
 * Loaded into the application's process by `--staff`: how much processor time its event loop spends between two of its
 * turns, which is what whoever comes meanwhile waits for at most. Unlike what a client sees, it does not grow when
 * something else has the processor. Only where Linux tells a thread's time.
 */
import { openSync, readSync } from 'node:fs';

const time = openSync(`/proc/self/task/${process.pid}/schedstat`);
const text = Buffer.alloc(64);
const cpuMs = () => Number(text.toString('latin1', 0, readSync(time, text, 0, 64, 0)).split(' ')[0]) / 1e6;

let slices = [];
let last = cpuMs();
setInterval(() => {
  const now = cpuMs();
  slices.push(now - last);
  last = now;
}, 1).unref();

process.on('message', ({ slices: what }) => {
  if (what === 'begin') slices = [];
  if (what) process.send(what === 'end' ? figures() : {});
});

/** In ms: the longest, and what 99 of 100 who come while the loop is at work wait for at most. */
function figures() {
  const busy = slices.filter((ms) => ms > 0.1).sort((a, b) => b - a);
  const total = busy.reduce((sum, ms) => sum + ms, 0);
  // whoever comes in a slice of `ms` waits for more than `bound` with a probability of (ms - bound) / ms
  const beyond = (bound) => busy.reduce((sum, ms) => sum + Math.max(0, ms - bound), 0);
  let [low, high] = [0, busy[0] ?? 0];
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (beyond(middle) > total / 100) low = middle;
    else high = middle;
  }
  return { most: busy[0] ?? 0, p99: high, cpuSeconds: total / 1000 };
}
