/** Figures as tables for people, and their place in RESULTS.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { sum } from './figures.mjs';

const whole = (value) => Math.round(value).toLocaleString('en-US');
const ms = (value) => (value < 10 ? value.toFixed(1) : whole(value));
const times = (value) => value.toFixed(2);

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `201 ×3,000, 409 SEATS_FULL ×12` */
export const counted = (answers) =>
  Object.entries(answers)
    .map(([answer, count]) => `${answer} ×${whole(count)}`)
    .join(', ');

/** The machine before anything runs. */
export function describeMachine(mariadb, redis) {
  const load = loadavg().map((value) => value.toFixed(2));
  return {
    busy: loadavg()[0] > cpus().length / 2,
    text: [
      `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
      `MariaDB ${mariadb.version}: innodb_flush_log_at_trx_commit=${mariadb.flush}, ${mariadb.method}, doublewrite, ` +
        `${mariadb.binaryLog}, buffer pool ${mariadb.bufferPoolMb} MB, log ${mariadb.logMb} MB`,
      redis ? `Redis ${redis}: jobs by Bull` : 'no Redis: jobs in the process',
      `load before the run ${load.join(', ')} (1, 5, 15 minutes); client, application, MariaDB and Redis share the machine`,
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
  };
}

/** What must be so whatever the machine: a run in which it is not fails. */
export function wrongs({ seats, refused }) {
  return [
    refused > 0 && `${refused} requests refused that should not have been`,
    seats.oversell > 0 && `${seats.oversell} times more seats than there are`,
    seats.inversions > 0 && `${seats.inversions} times somebody passed those who waited`,
    seats.miscounts > 0 && `${seats.miscounts} venues whose counts are not those of their rows`,
    seats.lost !== 0 && `${seats.lost} answered enrolments without a row`,
    seats.application !== 'clean' && `the application finds: ${seats.application}`,
  ].filter(Boolean);
}

/** The aims set for the project, and whether this run met them. */
const AIMS = { healthMs: 100, ratio: 0.3, p99Ms: 250, at: 64, delayMs: 1000, growth: 1.3 };
const verdict = (aim, value, met) => [aim, value, met ? 'met' : '**not met**'];
const aimsTable = (rows) => ['### Aims', table(['aim', 'this run', ''], rows)].join('\n\n');

function rushAims({ enrolments, waitlist }) {
  const ratio = Math.min(...enrolments.map((row) => row.ratio));
  const p99 = Math.max(...enrolments.filter(({ clients }) => clients === AIMS.at).map(({ app }) => app.p99));
  const failed = sum(
    enrolments.flatMap(({ app }) =>
      Object.entries(app.answers).map(([answer, count]) => (/^[1-4]/.test(answer) ? 0 : count)),
    ),
  );
  const delay = waitlist.single.delay.p99;
  return aimsTable([
    verdict(`at least ${AIMS.ratio} of bare SQL everywhere`, `${times(ratio)} at worst`, ratio >= AIMS.ratio),
    verdict(`enrolling at ${AIMS.at} clients, p99 below ${AIMS.p99Ms} ms`, `${ms(p99)} ms`, p99 < AIMS.p99Ms),
    verdict('no 5xx and no broken connection', whole(failed), failed === 0),
    verdict(
      `a single freed seat given within ${whole(AIMS.delayMs)} ms, p99`,
      `${ms(delay)} ms`,
      delay < AIMS.delayMs,
    ),
  ]);
}

export function rushTables(result) {
  const { enrolments, pages, soldOut, waitlist, seats } = result;
  return [
    rushAims(result),
    '### Enrolling',
    table(
      [
        'venues',
        'clients',
        'per second',
        'p50 ms',
        'p99 ms',
        'API CPU ms',
        'bare SQL per second',
        'its p99 ms',
        '**ratio**',
        'answers',
      ],
      enrolments.map(({ name, clients, app, bare, cpuMs, ratio }) => [
        name,
        clients,
        whole(app.perSecond),
        ms(app.p50),
        ms(app.p99),
        times(cpuMs),
        whole(bare.perSecond),
        ms(bare.p99),
        `**${times(ratio)}**`,
        counted(app.answers) +
          (bare.answers.TAKEN === bare.done ? '' : `; bare SQL: ${counted(bare.answers)}`),
      ]),
    ),
    '### More candidates than seats',
    table(
      ['venues', 'clients', 'candidates', 'seats', 'answers', 'per second', 'p99 ms'],
      soldOut.map(({ venues, clients, candidates, seats: free, round }) => [
        venues,
        clients,
        whole(candidates),
        whole(free),
        counted(round.answers),
        whole(round.perSecond),
        ms(round.p99),
      ]),
    ),
    '### The registration page',
    table(
      ['clients', 'per second', 'p50 ms', 'p99 ms', 'answers'],
      [[pages.clients, whole(pages.perSecond), ms(pages.p50), ms(pages.p99), counted(pages.answers)]],
    ),
    '### From a freed seat to the first in line',
    table(
      [
        'what frees seats',
        'seats',
        'freed per second',
        'allocated per second',
        'delay p50 ms',
        'p99 ms',
        'most ms',
      ],
      [
        ...waitlist.waves.map(({ venues, freed, freedPerSecond, allocatedPerSecond, delay }) => [
          `all lapse at once, ${venues === 1 ? 'one venue' : `${venues} venues`}`,
          whole(freed),
          whole(freedPerSecond),
          whole(allocatedPerSecond),
          ms(delay.p50),
          ms(delay.p99),
          ms(delay.most),
        ]),
        [
          `one after the other gives theirs back (${counted(waitlist.single.answers)})`,
          whole(waitlist.single.freed),
          '',
          '',
          ms(waitlist.single.delay.p50),
          ms(waitlist.single.delay.p99),
          ms(waitlist.single.delay.most),
        ],
      ],
    ),
    drainTable(waitlist.queue),
    seatsTable(seats),
  ].join('\n\n');
}

export function drainTable({ count, seconds, perSecond, tenths }) {
  return [
    '### A queue drains',
    `${whole(count)} entries of one venue in ${whole(seconds)} s, ${whole(perSecond)} a second. By tenths of the run: ` +
      `${tenths.map(whole).join(', ')}; slowest to fastest ${times(Math.min(...tenths) / Math.max(...tenths))}.`,
  ].join('\n\n');
}

export function seatsTable({ oversell, inversions, miscounts, lost, application, seconds }) {
  return [
    '### Every seat, afterwards',
    table(
      ['oversold', 'inversions', 'venues miscounted', 'answers without a row', '`seats.verify`', 'took s'],
      [[oversell, inversions, miscounts, lost, application, ms(seconds)]],
    ),
  ].join('\n\n');
}

export function growthTables({ sizes, queue, seats }) {
  const [smallest] = sizes;
  const compared = (of) => (row) => `${times(of(row))} (×${times(of(row) / of(smallest))})`;
  const ratioOf = {
    enrol: compared(({ enrol }) => 1000 / enrol.perSecond),
    stranger: compared(({ stranger }) => 1000 / stranger.perSecond),
    page: compared(({ page }) => 1000 / page.perSecond),
    cpu: compared(({ cpuMs }) => cpuMs),
    bare: compared(({ bare }) => 1000 / bare.perSecond),
  };
  const growth = Math.max(
    ...sizes.flatMap(({ enrol, page }) => [
      smallest.enrol.perSecond / enrol.perSecond,
      smallest.page.perSecond / page.perSecond,
    ]),
  );
  return [
    aimsTable([
      verdict(
        `a call costs at most ${AIMS.growth} times as much`,
        `×${times(growth)} at worst`,
        growth <= AIMS.growth,
      ),
    ]),
    '### Cost of a call, by candidates present',
    'Milliseconds a call of 64 clients takes from the machine (one second divided by the rate), and how many times that of the smallest.',
    table(
      [
        'candidates',
        'enrolling',
        'its p99 ms',
        'its API CPU',
        'rows read',
        'pages from disk',
        'enrolling unseen',
        'its pages from disk',
        'page',
        'bare SQL',
        'answers',
        'to pages',
      ],
      sizes.map((row) => [
        whole(row.present),
        ratioOf.enrol(row),
        ms(row.enrol.p99),
        ratioOf.cpu(row),
        row.rowsRead.toFixed(1),
        row.diskReads.toFixed(1),
        ratioOf.stranger(row),
        row.strangersDiskReads.toFixed(1),
        ratioOf.page(row),
        ratioOf.bare(row),
        counted(row.enrol.answers),
        counted(row.page.answers),
      ]),
    ),
    drainTable(queue),
    seatsTable(seats),
  ].join('\n\n');
}

/** What whoever was at the door saw of each act of staff. */
export function staffTable(acts) {
  const worst = Math.max(...acts.map(({ health }) => health.p99));
  return [
    aimsTable([
      verdict(
        `\`/healthz\` within ${AIMS.healthMs} ms, p99, whatever staff do`,
        `${ms(worst)} ms at worst`,
        worst <= AIMS.healthMs,
      ),
    ]),
    '### At the door, while staff work',
    table(
      [
        'act',
        'came to',
        'took s',
        '`/healthz` asked',
        'p50 ms',
        '**p99 ms**',
        'most ms',
        'the loop’s own: p99 ms',
        'most ms',
        'a candidate saves: p50 ms',
        'p99 ms',
        'most ms',
        'answers',
      ],
      acts.map(({ name, told, seconds, health, loop, write }) => [
        name,
        told,
        seconds.toFixed(1),
        whole(health.count),
        ms(health.p50),
        `**${ms(health.p99)}**`,
        ms(health.most),
        loop ? ms(loop.p99) : '',
        loop ? ms(loop.most) : '',
        ms(write.p50),
        ms(write.p99),
        ms(write.most),
        counted(write.answers),
      ]),
    ),
  ].join('\n\n');
}

const FILE = new URL('RESULTS.md', import.meta.url);
/** @typedef {'rush' | 'growth' | 'lists' | 'staff' | 'staff-mariadb' | 'campus'} Kind */
const TITLES = {
  rush: 'The rush',
  growth: 'Growth',
  lists: 'Lists of a million rows',
  staff: 'Staff at work, on SQLite',
  'staff-mariadb': 'Staff at work, on MariaDB',
  campus: 'A campus behind one address',
};
const FRAME = `# Results

How to read them: \`README.md\` beside this file. Written by \`npm run bench\`; do not edit.

${Object.entries(TITLES)
  .map(([kind, title]) => `<!-- ${kind} -->\n## ${title}\n\nNot run yet.\n<!-- /${kind} -->\n`)
  .join('\n')}`;

/** Puts a run's section in the place of the last one of its kind. @param {{ kind: Kind, date: string, text: string }} run */
export async function writeResults({ kind, date, text }) {
  const before = withPlaceFor(kind, await readFile(FILE, 'utf8').catch(() => FRAME));
  const section = new RegExp(`<!-- ${kind} -->[\\s\\S]*<!-- /${kind} -->`);
  await writeFile(
    FILE,
    before.replace(
      section,
      () => `<!-- ${kind} -->\n## ${TITLES[kind]}, ${date}\n\n${text}\n<!-- /${kind} -->`,
    ),
  );
}

/** A kind that the results do not know yet comes at their end. */
function withPlaceFor(kind, text) {
  const [begin, end] = [`<!-- ${kind} -->`, `<!-- /${kind} -->`];
  return text.includes(begin) ? text : `${text.trimEnd()}\n\n${begin}\n${end}\n`;
}
