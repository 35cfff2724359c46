/**
 * Loaded into the application's process by `--profile`: V8's sampling profiler and a count of SQL statements, told when
 * to begin and to end. Node's own `--cpu-prof` would count the start-up too, and writes nothing when a signal ends the
 * process.
 */
import { tracingChannel } from 'node:diagnostics_channel';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

const SAMPLE_EVERY_US = 500;
/** Enough of a statement to tell it from the others, and before the first value. */
const TELLING = 48;

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });

/** @type {Map<string, { count: number, ms: number }>} */
let statements = new Map();
const counting = {
  start(statement) {
    statement.begun = performance.now();
  },
  asyncStart({ query, begun }) {
    const key = query.slice(0, TELLING);
    const counted = statements.get(key) ?? { count: 0, ms: 0 };
    counted.count++;
    counted.ms += performance.now() - begun;
    statements.set(key, counted);
  },
};

process.on('message', async ({ profiler, file }) => {
  if (profiler === 'start') {
    statements = new Map();
    tracingChannel('mysql2:query').subscribe(counting);
    await session.post('Profiler.start');
    process.send('started');
  } else if (profiler === 'stop') {
    const { profile } = await session.post('Profiler.stop');
    tracingChannel('mysql2:query').unsubscribe(counting);
    await writeFile(file, JSON.stringify({ profile, statements: [...statements] }));
    process.send(file);
  }
});
