/** What a run measures and how much of it. */
import { parseArgs } from 'node:util';

export const USAGE = `npm run bench -- [options]

  --quick            a smoke run of less than a minute; writes no results
  --growth           the same calls with 10 thousand, 1 million and 5 million candidates present, and a long queue
  --lists            the back office's lists over a million rows, every filter and sort
  --staff            what is seen at the door while staff export, import, print, arrange and search, on SQLite
  --mariadb          --staff: on MariaDB instead
  --campus           5,000 students behind one address sign up, sign in and look themselves up while one attacks
  --profile          what the application's time goes to, by package and by function; writes no results
  --rounds <n>       rounds of each measurement (3; --growth 5); medians are shown
  --pool <n>         database connections of the application, and of bare SQL (20, the application's default)
  --sizes <n,n,…>    --growth: candidates present (10000,1000000,5000000)
  --queue <n>        entries in the queue that is drained (2000; --growth 100000)
  --app <folder>     the built application to measure (dist)
  --date <date>      the date to write in the results (today)
  --keep             leaves the database as it is at the end, and says its name

BENCH_DATABASE_URL   a MariaDB server whose user may create databases (mysql://root@127.0.0.1:3306)
BENCH_REDIS_URL      a Redis (redis://127.0.0.1:6379); where none answers, jobs run in the process`;

const SIZES = {
  /** About ten minutes on two cores. */
  full: {
    clients: [8, 64, 256],
    rounds: 3,
    enrolments: 3000,
    bare: 12000,
    warmUp: 1000,
    sellOut: { candidates: 3000, seats: 1000 },
    pages: 3000,
    wave: { holding: 1000, queue: 2000, manyVenues: 100, single: 100 },
    drained: 2000,
  },
  quick: {
    clients: [8, 64, 256],
    rounds: 1,
    enrolments: 200,
    bare: 600,
    warmUp: 200,
    sellOut: { candidates: 200, seats: 100 },
    pages: 200,
    wave: { holding: 60, queue: 150, manyVenues: 20, single: 15 },
    drained: 150,
  },
  growth: {
    clients: [64],
    rounds: 5,
    enrolments: 1500,
    bare: 4500,
    warmUp: 500,
    pages: 1500,
    sizes: [10_000, 1_000_000, 5_000_000],
    drained: 100_000,
  },
  growthQuick: {
    clients: [64],
    rounds: 1,
    enrolments: 300,
    bare: 600,
    warmUp: 100,
    pages: 300,
    sizes: [1_000, 10_000, 50_000],
    drained: 300,
  },
  lists: {
    candidates: 1_000_000,
    large: 20_000,
    waiting: 50_000,
    others: { reviews: 100_000, messages: 1_000_000, audit: 300_000 },
    repetitions: 3,
  },
  listsQuick: {
    candidates: 20_000,
    large: 2_000,
    waiting: 1_000,
    others: { reviews: 2_000, messages: 5_000, audit: 5_000 },
    repetitions: 1,
  },
  staff: {
    schools: 3_000,
    roster: 200_000,
    workbook: 50_000,
    photos: 2_000,
    candidates: 20_000,
    tickets: 200,
  },
  staffQuick: { schools: 100, roster: 5_000, workbook: 1_000, photos: 100, candidates: 500, tickets: 10 },
  campus: { students: 5_000, atOnce: 48, attackers: 4 },
  campusQuick: { students: 200, atOnce: 24, attackers: 2 },
  profile: { clients: [64], rounds: 1, enrolments: 6000, pages: 4000, drained: 2000 },
  profileQuick: { clients: [64], rounds: 1, enrolments: 1200, pages: 600, drained: 400 },
};

/** A measurement stops after this long, however many requests are left: a slow machine must not make an evening of it. */
export const LONGEST_ROUND_MS = 15_000;

/** What the user can mend: said in a line, without a stack. */
export class CannotRun extends Error {}

/** @param {string[]} args @throws TypeError when an option is unknown */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      growth: { type: 'boolean', default: false },
      lists: { type: 'boolean', default: false },
      staff: { type: 'boolean', default: false },
      mariadb: { type: 'boolean', default: false },
      campus: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      pool: { type: 'string', default: '20' },
      sizes: { type: 'string' },
      queue: { type: 'string' },
      app: { type: 'string', default: 'dist' },
      date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const mode = ['profile', 'lists', 'campus', 'growth', 'staff'].find((name) => values[name]) ?? 'rush';
  const name = mode === 'rush' ? (values.quick ? 'quick' : 'full') : `${mode}${values.quick ? 'Quick' : ''}`;
  const size = { ...SIZES[name] };
  if (values.rounds) size.rounds = number('rounds', values.rounds);
  if (values.queue) size.drained = number('queue', values.queue);
  if (values.sizes) size.sizes = values.sizes.split(',').map((text) => number('sizes', text));
  return { ...values, mode, size, pool: number('pool', values.pool) };
}

function number(option, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new TypeError(`--${option} takes whole numbers above 0`);
  return value;
}
