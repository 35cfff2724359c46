/**
 * The lists of the back office over a million rows: the first page, every filter and every sort of every screen, for
 * central staff, for a province and for a large school, asked as the panel's own pages ask.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { settings } from './database.mjs';
import { ascending, median } from './figures.mjs';
import { seedLists } from './lists-seed.mjs';
import { Process } from './system.mjs';

const PASSWORD = 'bench-staff-password';
/** The aim, in ms (the slowest of a call's repetitions). */
export const AIM_MS = 300;

/** @param {import('./system.mjs').Setting} setting */
export async function runLists(server, setting, size, say) {
  const database = await server.create('lists', setting.app);
  const pool = database.pool(4);
  const { school } = await seedLists(pool, size, say);
  return measureLists(setting, database, school, size.repetitions, say);
}

/** Measures them in a database that is filled. */
export async function measureLists(setting, database, school, repetitions, say) {
  const api = await Process.start({ ...setting, redisUrl: undefined }, database, 'api');
  const staff = [
    { login: 'central', role: ['CENTRAL'] },
    { login: 'province', role: ['PROVINCE', '--province', school.slice(0, 2)] },
    { login: 'school', role: ['SCHOOL', '--school', school] },
  ];
  const calls = [];
  for (const { login, role } of staff) {
    await addStaff(setting.app, database, login, role);
    const panel = await Panel.signIn(api.port, login);
    for (const call of await callsOf(panel)) {
      const times = [];
      for (let i = 0; i <= repetitions; i++) times.push(await panel.time(call.path));
      const warm = ascending(times.slice(1).map(({ ms }) => ms));
      calls.push({
        login,
        ...call,
        first: times[0].ms,
        median: median(warm),
        slowest: warm.at(-1),
        rows: times[0].rows,
      });
    }
    say(`${login}: measured`);
  }
  await api.stop();
  return calls;
}

/** A table of what was slowest on each screen, and of everything beyond the aim. */
export function listsTable(calls) {
  const line = ({ login, noun, what, rows, first, median: middle, slowest }) =>
    `| ${login} | ${noun} | ${what} | ${rows} | ${first.toFixed(0)} | ${middle.toFixed(0)} | ${slowest.toFixed(0)} |`;
  const head =
    '| who | screen | call | rows | first ms | median ms | slowest ms |\n|---|---|---|---|---|---|---|';
  const worst = new Map();
  for (const call of calls) {
    const screen = `${call.login} ${call.noun}`;
    if (!(worst.get(screen)?.slowest >= call.slowest)) worst.set(screen, call);
  }
  const beyond = calls.filter(({ slowest }) => slowest >= AIM_MS);
  return [
    `${calls.length} calls; ${beyond.length} of them took ${AIM_MS} ms or more.`,
    `The slowest call of each screen:\n\n${head}\n${[...worst.values()].map(line).join('\n')}`,
    ...(beyond.length > 0 ? [`Beyond the aim:\n\n${head}\n${beyond.map(line).join('\n')}`] : []),
  ].join('\n\n');
}

/** Every list the side bar leads to: as it opens, by each filter, by each sort; and the first page's figures. */
async function callsOf(panel) {
  const calls = [{ noun: 'dashboard', what: 'figures', path: '/api/dashboard' }];
  for (const noun of await panel.nouns()) {
    const list = (query) => `/api/resources/${noun.id}/actions/list?page=1&perPage=20${query}`;
    calls.push({ noun: noun.id, what: 'first page', path: list('') });
    const sample = await panel.sample(noun.id);
    for (const { name, isSortable } of noun.listProperties.filter((property) => property.isSortable)) {
      if (!isSortable) continue;
      for (const direction of ['asc', 'desc'])
        calls.push({
          noun: noun.id,
          what: `sort ${name} ${direction}`,
          path: list(`&sortBy=${name}&direction=${direction}`),
        });
    }
    for (const { name, availableValues } of noun.filterProperties) {
      for (const [what, query] of filtersOf(name, availableValues, sample[name]))
        calls.push({ noun: noun.id, what, path: list(query) });
    }
    for (const [what, query] of pairsOf(noun.filterProperties))
      calls.push({ noun: noun.id, what, path: list(query) });
  }
  return calls;
}

/** What people may set a filter to: each of its words; a day; a text as it stands in a row, its beginning, and one that is nowhere. */
function filtersOf(name, words, text) {
  const is = (value) => `&filters.${name}=${encodeURIComponent(value)}`;
  if (words) return words.map(({ value }) => [`${name} = ${value}`, is(value)]);
  if (/At$|By$/.test(name) || /^\d{4}-\d\d-\d\d/.test(text ?? '')) {
    const day = (text ?? new Date().toISOString()).slice(0, 10);
    return [
      [`${name} one day`, `&filters.${name}~~from=${day}&filters.${name}~~to=${day}`],
      [`${name} until a day long ago`, `&filters.${name}~~to=2020-01-01`],
    ];
  }
  if (name === 'sittingNumber')
    return ['262', '261', '1'].map((number) => [`${name} = ${number}`, is(number)]);
  const some = text && text !== '—' ? text : 'x1';
  return [
    [`${name} = ${some}`, is(some)],
    [`${name} = ${some.slice(0, 1)}`, is(some.slice(0, 1))],
    [`${name} = nobody's`, is('qqqqqq')],
  ];
}

/** Two filters at once, of those that are one of few words: the first word of both, and the last. */
function pairsOf(filters) {
  const few = filters.filter(({ availableValues }) => availableValues?.length > 0);
  const is = ({ name, availableValues }, at) => `${name}=${availableValues.at(at).value}`;
  return few.flatMap((one, i) =>
    few
      .slice(i + 1)
      .flatMap((other) =>
        [0, -1].map((at) => [
          `${is(one, at)}, ${is(other, at)}`,
          `&filters.${is(one, at)}&filters.${is(other, at)}`,
        ]),
      ),
  );
}

/** The panel's HTTP API, to one who is signed in. */
export class Panel {
  static async signIn(port, login) {
    const answer = await fetch(`http://127.0.0.1:${port}/admin/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ login, password: PASSWORD }),
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status !== 303 || !cookie) throw new Error(`${login} cannot sign in: ${answer.status}`);
    return new Panel(port, cookie);
  }

  constructor(port, cookie) {
    this.port = port;
    this.cookie = cookie;
  }

  async get(path) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/admin${path}`, {
      headers: { cookie: this.cookie },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  }

  async time(path) {
    const begun = performance.now();
    const { meta } = JSON.parse(await this.get(path));
    return { ms: performance.now() - begun, rows: meta?.total ?? '' };
  }

  /** The screens, as the panel tells its pages of them. */
  async nouns() {
    const state = /^\s*window\.REDUX_STATE = (.*?);?\s*$/m.exec(await this.get(''));
    const { resources } = JSON.parse(state[1]);
    return resources.filter(({ resourceActions }) => resourceActions.some(({ name }) => name === 'list'));
  }

  /** A row in full, to take values from: by column. */
  async sample(noun) {
    const list = JSON.parse(await this.get(`/api/resources/${noun}/actions/list?page=1&perPage=1`));
    const [record] = list.records;
    if (!record) return {};
    // a message's page would unseal its body, and the bench has sealed none
    const page = await this.get(`/api/resources/${noun}/records/${record.id}/show`).catch(() => undefined);
    return page ? JSON.parse(page).record.params : record.params;
  }
}

/** As on a new installation: by the command line. */
export async function addStaff(app, database, login, [role, ...scope]) {
  const args = [
    'staff',
    'add',
    '--login',
    login,
    '--name',
    login,
    '--role',
    role,
    ...scope,
    '--password-stdin',
  ];
  const child = spawn(process.execPath, [join(app, 'src/cli.js'), ...args], {
    env: { ...process.env, REDIS_URL: '', ...settings(database) },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(PASSWORD);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`staff add ended with ${code}`);
}
