import { getMetadataStorage } from 'class-validator';
import * as backOffice from '../../src/admin/index.js';
import type { NounAction } from '../../src/admin/panel/noun-action.js';
import { type AnyNoun, PanelContents } from '../../src/admin/panel/panel-contents.js';
import { StaffSession } from '../../src/admin/staff/staff-session.entity.js';
import type { StaffRole } from '../../src/kernel/actor.js';
import { StudentPhoto } from '../../src/modules/qualification/index.js';
import { jpegOf } from '../support/jpeg.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';
import { ASKED_BY_ID, type Named } from './asked-by-id.js';
import { changeBehindTheBack, filledIn } from './behind-the-back.js';
import { furnish, type Place, ROWS_OF_EVERY_NOUN } from './rows-of-every-noun.js';

/**
 * Every noun, tool and action of the back office × every role, over the calls its pages make. Nothing here names a
 * noun: whoever adds a screen or a tool adds rows of it to `rows-of-every-noun.ts`, and is walked through with the rest.
 */
let world: World;
let contents: PanelContents;
let own: Place;
let neighbour: Place;
let foreign: Place;
/** By noun, at each of the three places. */
const ids = new Map<string, Record<'own' | 'neighbour' | 'foreign', string>>();
const browsers = new Map<string, StaffBrowser>();
const staffIds = new Map<string, string>();

const USERS = {
  CENTRAL: { login: 'central', role: 'CENTRAL' },
  PROVINCE: { login: 'province', role: 'PROVINCE', provinceCode: '11' },
  SCHOOL: { login: 'school', role: 'SCHOOL', provinceCode: '11', schoolCode: '11001' },
  /** Somebody whose account does not say whose they are. */
  NOWHERE: { login: 'nowhere', role: 'SCHOOL' },
} as const;
type User = keyof typeof USERS;
const users = Object.keys(USERS) as User[];

beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  await world.reset();
  contents = world.use(PanelContents);
  own = await furnish(world, '11', '11001');
  neighbour = await furnish(world, '11', '11002');
  foreign = await furnish(world, '44', '44001');
  for (const [noun, newRow] of Object.entries(ROWS_OF_EVERY_NOUN)) {
    const [a, b, c] = [
      await newRow(own, world),
      await newRow(neighbour, world),
      await newRow(foreign, world),
    ];
    ids.set(noun, { own: a, neighbour: b, foreign: c });
  }
  for (const { record } of [own, neighbour, foreign])
    await world.dataSource.manager.insert(StudentPhoto, {
      recordId: record.id,
      jpeg: jpegOf(300, 400),
      sha256: '0'.repeat(64),
      ...{ width: 300, height: 400, takenInAt: world.clock.now() },
    });
  for (const user of users) {
    staffIds.set(user, (await addStaff(world, USERS[user])).id);
    const browser = new StaffBrowser(world);
    await browser.signsIn(USERS[user].login);
    browsers.set(user, browser);
  }
});
afterAll(() => world.close());

const browserOf = (user: User) => browsers.get(user)!;
const roleOf = (user: User): StaffRole => USERS[user].role;
const sees = (user: User, { seenBy }: AnyNoun) => seenBy.includes(roleOf(user));

/** The seeded rows that exist for this user, by what the noun says of itself and where the rows are. */
function visibleIds(user: User, noun: AnyNoun): string[] {
  const { own: a, neighbour: b, foreign: c } = ids.get(noun.id)!;
  if (!sees(user, noun) || user === 'NOWHERE') return [];
  if (user === 'CENTRAL' || noun.scopedBy === 'EVERYBODYS') return [...new Set([a, b, c])];
  if (user === 'PROVINCE') return [...new Set([a, b])];
  return noun.scopedBy?.schoolCode === undefined ? [] : [a];
}
const everyId = (noun: AnyNoun) => [...new Set(Object.values(ids.get(noun.id)!))];
const hiddenIds = (user: User, noun: AnyNoun) => {
  const visible = visibleIds(user, noun);
  return everyId(noun).filter((id) => !visible.includes(id));
};

/** The places whose rows this user must never read. */
function hiddenPlaces(user: User): Place[] {
  const hidden = {
    CENTRAL: [],
    PROVINCE: [foreign],
    SCHOOL: [neighbour, foreign],
    NOWHERE: [own, neighbour, foreign],
  };
  return hidden[user];
}
function readsNothingHidden(user: User, text: string): void {
  for (const { mark } of hiddenPlaces(user)) {
    expect(text).not.toContain(mark);
    expect(text).not.toContain(JSON.stringify(mark).slice(1, -1));
  }
}

/** Everything there is but sessions, to see that nothing has changed. */
async function everything(): Promise<string> {
  const tables = world.dataSource.entityMetadatas.filter(({ tableName }) => !/session|lock$/.test(tableName));
  const rows = [];
  for (const { target, tableName } of tables)
    rows.push([
      tableName,
      (await world.dataSource.manager.find(target)).map((row) => JSON.stringify(row)).sort(),
    ]);
  return JSON.stringify(rows);
}
async function changingNothing(work: () => Promise<void>): Promise<void> {
  const before = await everything();
  await work();
  expect(await everything()).toBe(before);
}

/** Every verb and download that takes an id or a code, as `tool verb`, and who may ask it. */
function askedById(): {
  name: string;
  call: (browser: StaffBrowser, input: object) => Answer;
  roles: readonly StaffRole[];
}[] {
  const takesIds = ({ input }: { input?: new () => object }) =>
    input !== undefined &&
    getMetadataStorage()
      .getTargetValidationMetadatas(input, '', false, false)
      .some(({ propertyName }) => /(^i|I)ds?$|Codes?$/.test(propertyName));
  return contents.tools.flatMap(({ id, roles, verbs, downloads = [] }) => [
    ...verbs.filter(takesIds).map((verb) => ({
      name: `${id} ${verb.name}`,
      roles: verb.roles ?? roles,
      call: (browser: StaffBrowser, input: object) => browser.post(`/api/tools/${id}/${verb.name}`, input),
    })),
    ...downloads.filter(takesIds).map((download) => ({
      name: `${id} ${download.name}`,
      roles: download.roles ?? roles,
      call: (browser: StaffBrowser, input: object) =>
        browser.get(`/api/tools/${id}/${download.name}`).query(input),
    })),
  ]);
}
type Answer = ReturnType<StaffBrowser['get']>;

/** What stands at a place, as somebody else than this user would name it. */
async function namedAt(place: Place, user: User): Promise<Named> {
  const at = place === own ? 'own' : place === neighbour ? 'neighbour' : 'foreign';
  const sessions = await world.dataSource.manager.find(StaffSession);
  const theirs = sessions.find(({ staffId }) => staffId !== staffIds.get(user))!;
  return { place, reviewId: ids.get('cet6-reviews')![at], sessionId: theirs.id };
}

const actionsOf = ({ actions }: AnyNoun): readonly NounAction<object>[] => actions ?? [];
const idsFor = ({ on }: NounAction<object>, id: string) => (on === 'NOUN' ? [] : [id]);

describe('What the back office is made of', () => {
  test('every noun says who sees it and whose its rows are, and has rows to test it by', () => {
    expect(contents.nouns.map(({ id }) => id).sort()).toEqual(Object.keys(ROWS_OF_EVERY_NOUN).sort());
    for (const { id, seenBy, scopedBy } of contents.nouns) {
      expect([id, seenBy.length > 0, scopedBy !== undefined]).toEqual([id, true, true]);
    }
  });

  test('every action and every verb says who may, and nobody may what they do not see', () => {
    const reserved = ['list', 'show', 'search', 'new', 'delete', 'bulkDelete'];
    for (const noun of contents.nouns) {
      const names = actionsOf(noun).map(({ name }) => name);
      expect([noun.id, new Set(names).size]).toEqual([noun.id, names.length]);
      for (const { name, roles, label, done } of actionsOf(noun)) {
        expect([noun.id, name, roles.length > 0, reserved.includes(name)]).toEqual([
          noun.id,
          name,
          true,
          false,
        ]);
        expect([noun.id, name, roles.filter((role) => !noun.seenBy.includes(role))]).toEqual([
          noun.id,
          name,
          [],
        ]);
        expect([label, done].filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
      }
      for (const role of noun.exported?.by ?? []) expect(noun.seenBy).toContain(role);
    }
    for (const { id, roles, verbs, downloads = [] } of contents.tools) {
      expect([id, roles.length > 0]).toEqual([id, true]);
      for (const { roles: theirs = roles } of [...verbs, ...downloads])
        expect([id, theirs.length > 0, theirs.filter((role) => !roles.includes(role))]).toEqual([
          id,
          true,
          [],
        ]);
    }
  });
});

test('Rows of a sitting are listed and exported by sitting, wherever the sitting is told', async () => {
  const browser = browserOf('CENTRAL');
  const ofSittings = contents.nouns.filter(({ entity }) =>
    world.dataSource.getMetadata(entity).hasColumnWithPropertyPath('sittingId'),
  );
  expect(ofSittings.length).toBeGreaterThan(8);
  for (const noun of ofSittings) {
    const all = (await browser.list(noun.id)).meta.total;
    const totals = [];
    for (const number of ['262', '261'])
      totals.push((await browser.list(noun.id, { 'filters.sittingNumber': number })).meta.total);
    expect([noun.id, ...totals]).toEqual([noun.id, all, 0]);
    if (!noun.exported?.by.includes('CENTRAL')) continue;
    const { text } = await browser.post(`/api/exports/${noun.id}`, { filters: { sittingNumber: '261' } });
    expect([noun.id, text.trim().split('\n').length]).toEqual([noun.id, 1]);
  }
});

test('every verb of a tool that takes an id is asked about rows of others', () => {
  expect(
    askedById()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(ASKED_BY_ID).sort());
});

describe.each(users)('R-AD-1: %s', (user) => {
  test('reads the rows of their scope and no other: list, search, page, by id', async () => {
    const browser = browserOf(user);
    for (const noun of contents.nouns) {
      const visible = visibleIds(user, noun);
      const list = await browser.get(`/api/resources/${noun.id}/actions/list`).query({ perPage: '500' });
      const search = await browser.get(`/api/resources/${noun.id}/actions/search/${encodeURIComponent('=')}`);
      for (const answer of [list, search]) {
        expect([noun.id, answer.status]).toEqual([noun.id, sees(user, noun) ? 200 : 404]);
        readsNothingHidden(user, answer.text);
        for (const id of hiddenIds(user, noun)) expect(answer.text).not.toContain(JSON.stringify(id));
      }
      if (sees(user, noun)) {
        const listed = list.body.records.map(({ id }: { id: string }) => id);
        expect([noun.id, visible.filter((id) => !listed.includes(id))]).toEqual([noun.id, []]);
        expect(list.body.meta.total).toBe(listed.length);
        expect(list.headers['content-type']).toMatch(/^application\/json/);
      }
      for (const id of everyId(noun)) {
        const page = await browser.get(`/api/resources/${noun.id}/records/${encodeURIComponent(id)}/show`);
        expect([noun.id, page.status]).toEqual([noun.id, visible.includes(id) ? 200 : 404]);
        readsNothingHidden(user, page.text);
      }
    }
    const dashboard = await browser.get('/api/dashboard').expect(200);
    readsNothingHidden(user, dashboard.text);
  });

  test('takes away what they may, of their scope, and as text that no spreadsheet runs', async () => {
    const browser = browserOf(user);
    for (const noun of contents.nouns) {
      const answer = await browser.post(`/api/exports/${noun.id}`, { filters: {} });
      const may = noun.exported?.by.includes(roleOf(user)) ?? false;
      const refusal = !sees(user, noun) || !noun.exported ? 404 : 403;
      expect([noun.id, answer.status]).toEqual([noun.id, may ? 200 : refusal]);
      readsNothingHidden(user, answer.text);
      if (!may) continue;
      expect(answer.headers['content-disposition']).toMatch(/^attachment; filename/);
      expect(answer.text.charCodeAt(0)).toBe(0xfeff);
      const lines = answer.text.split('\r\n');
      expect([noun.id, lines.length]).toEqual([noun.id, expect.any(Number)]);
      expect(lines.length - 2).toBeGreaterThanOrEqual(visibleIds(user, noun).length);
      expect(answer.text).not.toMatch(/(^|,|\n)"?[=+@]/);
    }
  });

  test('gets no further than their role and their scope in what they do', async () => {
    const browser = browserOf(user);
    await changingNothing(async () => {
      for (const noun of contents.nouns) {
        const hidden = hiddenIds(user, noun);
        for (const action of actionsOf(noun)) {
          const path = `${noun.id}/${action.name}`;
          const may = action.roles.includes(roleOf(user));
          const refusal = sees(user, noun) ? 403 : 404;
          const asked = async (id: string) => {
            const named = idsFor(action, id);
            const form = await browser.get(`/api/forms/${path}`).query({ ids: named.join(',') });
            const act = await browser.post(`/api/actions/${path}`, { ids: named, input: {} });
            const page = action.on === 'ROW' ? `records/${encodeURIComponent(id)}` : 'bulk';
            const shell = await browser
              .get(`/api/resources/${noun.id}/${action.on === 'NOUN' ? 'actions' : page}/${action.name}`)
              .query(action.on === 'ROWS' ? { recordIds: id } : {});
            for (const { text } of [form, act, shell]) readsNothingHidden(user, text);
            return [path, form.status, act.status, shell.status >= 400 || action.on === 'NOUN'];
          };
          if (!may) {
            const [id] = everyId(noun);
            const shellRefused = true;
            const [, form, act, shell] = await asked(id!);
            expect([path, form, act]).toEqual([path, refusal, refusal]);
            expect([path, shell]).toEqual([path, shellRefused]);
          } else if (action.on !== 'NOUN') {
            for (const id of hidden) expect(await asked(id)).toEqual([path, 404, 404, true]);
            const [mine] = visibleIds(user, noun);
            if (action.on === 'ROWS' && mine && hidden[0]) {
              // one stranger among several, and none of them is touched
              const answer = await browser.post(`/api/actions/${path}`, {
                ids: [mine, hidden[0]],
                input: {},
              });
              expect([path, answer.status]).toEqual([path, 404]);
            }
          }
        }
        for (const id of everyId(noun).slice(0, 1))
          for (const path of [
            `${noun.id}/actions/new`,
            `${noun.id}/records/${encodeURIComponent(id)}/edit`,
            `${noun.id}/records/${encodeURIComponent(id)}/delete`,
            `${noun.id}/bulk/bulkDelete?recordIds=${id}`,
          ]) {
            const answer = await browser.post(`/api/resources/${path}`, { name: 'x', state: 'x' });
            // an action of ours may be called edit; asked for here, it shows its row
            if (!(path.endsWith('/edit') && actionsOf(noun).some(({ name }) => name === 'edit')))
              expect([path, answer.status]).toEqual([path, 404]);
          }
      }
      for (const tool of contents.tools) {
        const has = tool.roles.includes(roleOf(user));
        if (!has) await browser.get(`/pages/${tool.id}`).expect(404);
        for (const verb of tool.verbs) {
          const may = has && (verb.roles ?? tool.roles).includes(roleOf(user));
          const answer = await browser.post(`/api/tools/${tool.id}/${verb.name}`, { nonsense: { $ne: 1 } });
          const status = may ? 422 : has ? 403 : 404;
          expect([tool.id, verb.name, answer.status]).toEqual([tool.id, verb.name, status]);
        }
        for (const download of tool.downloads ?? []) {
          const may = has && (download.roles ?? tool.roles).includes(roleOf(user));
          const answer = await browser.get(`/api/tools/${tool.id}/${download.name}`).query({ nonsense: '1' });
          const status = may ? 422 : has ? 403 : 404;
          expect([tool.id, download.name, answer.status]).toEqual([tool.id, download.name, status]);
        }
      }
    });
  });

  test('neither reads nor changes rows of others by naming them to a tool', async () => {
    const browser = browserOf(user);
    const mine = askedById().filter(({ roles }) => roles.includes(roleOf(user)));
    await changingNothing(async () => {
      for (const { name, call } of mine) {
        const { input, answersAnyway, changes } = ASKED_BY_ID[name]!;
        for (const place of hiddenPlaces(user)) {
          const answer = await call(browser, input(await namedAt(place, user)));
          expect([name, answer.status]).toEqual([name, answersAnyway ? 200 : 404]);
          readsNothingHidden(user, answer.text ?? '');
        }
        if (changes || user === 'NOWHERE') continue;
        const answer = await call(browser, input(await namedAt(own, user)));
        expect([name, answer.status]).toEqual([name, 200]);
      }
    });
    for (const other of users) await browserOf(other).get('/api/dashboard').expect(200);
  });

  test('has a side bar of what they see, and no more', async () => {
    const page = await browserOf(user).get('').expect(200);
    const shown = [
      ...contents.nouns.map((noun) => [`resources/${noun.id}`, noun.seenBy] as const),
      ...contents.tools.map((tool) => [`pages/${tool.id}`, tool.roles] as const),
    ];
    for (const [place, roles] of shown) {
      const href = JSON.stringify(`/admin/${place}`).replaceAll('/', '/');
      expect([place, page.text.includes(`"href":${href}`)]).toEqual([place, roles.includes(roleOf(user))]);
    }
  });
});

test.each(['PROVINCE', 'SCHOOL'] as const)('%s finds no row of others by filtering for it', async (user) => {
  const browser = browserOf(user);
  for (const noun of contents.nouns.filter((one) => sees(user, one))) {
    for (const { name, search } of noun.columns) {
      if (!search || search.by === 'DAYS') continue;
      for (const { mark, campus } of hiddenPlaces(user)) {
        const value =
          search.by === 'WORD'
            ? Object.keys(search.words)[0]!
            : name === 'schoolCode'
              ? campus.schoolCode
              : mark;
        const answer = await browser
          .get(`/api/resources/${noun.id}/actions/list`)
          .query({ [`filters.${name}`]: value });
        expect([noun.id, name, answer.status]).toEqual([noun.id, name, 200]);
        readsNothingHidden(user, answer.text);
        for (const id of hiddenIds(user, noun)) expect(answer.text).not.toContain(JSON.stringify(id));
      }
    }
  }
});

describe('A page of another site', () => {
  const EVIL = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
  /** Everything that can be called, as central staff would, whoever may call it. */
  function calls(): string[] {
    return [
      ...contents.nouns.flatMap((noun) => [
        ...actionsOf(noun).map(({ name }) => `actions/${noun.id}/${name}`),
        `exports/${noun.id}`,
        `resources/${noun.id}/actions/list`,
      ]),
      ...contents.tools.flatMap(({ id, verbs, downloads = [] }) =>
        [...verbs, ...downloads].map(({ name }) => `tools/${id}/${name}`),
      ),
    ];
  }

  test('does nothing with what a signed-in browser may, and reads nothing', async () => {
    expect(calls().length).toBeGreaterThan(50);
    await changingNothing(async () => {
      for (const role of ['CENTRAL', 'SCHOOL'] as const)
        for (const call of calls())
          for (const answer of [
            await browserOf(role).post(`/api/${call}`, { ids: [], input: {} }).set(EVIL),
            await browserOf(role).get(`/api/${call}`).set(EVIL),
          ])
            expect([call, answer.status, answer.body.code]).toEqual([call, 403, 'FOREIGN_ORIGIN']);
    });
  });

  test('signs nobody out', async () => {
    await browserOf('CENTRAL').get('/logout').set(EVIL).expect(302);
    await browserOf('CENTRAL').get('/api/dashboard').expect(200);
  });

  test('nor does anybody without a session', async () => {
    for (const call of calls()) {
      const answer = await world.http.post(`/admin/api/${call}`).send({ ids: [], input: {} });
      expect([call, answer.status]).toEqual([call, 401]);
    }
  });

  test('and looking changes nothing: no action answers a GET', async () => {
    await changingNothing(async () => {
      for (const noun of contents.nouns)
        for (const path of [
          `exports/${noun.id}`,
          ...actionsOf(noun).map(({ name }) => `actions/${noun.id}/${name}`),
        ])
          expect([path, (await browserOf('CENTRAL').get(`/api/${path}`)).status]).toEqual([path, 404]);
      for (const { id, verbs } of contents.tools)
        for (const { name } of verbs)
          expect([id, name, (await browserOf('CENTRAL').get(`/api/tools/${id}/${name}`)).status]).toEqual([
            id,
            name,
            404,
          ]);
    });
  });
});

/** Of every action somebody may do: its path, and the row it would be done to. */
function* mayDo() {
  for (const user of ['CENTRAL', 'PROVINCE', 'SCHOOL'] as const)
    for (const noun of contents.nouns)
      for (const action of actionsOf(noun)) {
        const [id] = visibleIds(user, noun);
        if (id !== undefined && action.roles.includes(roleOf(user)))
          yield { user, noun, path: `${noun.id}/${action.name}`, named: idsFor(action, id) };
      }
}

/** Lets a change of somebody else fall between the look that was taken and the transaction that decides. */
async function meanwhile(change: () => Promise<void>, work: () => Promise<unknown>): Promise<void> {
  const { unitOfWork } = world;
  const run = unitOfWork.run.bind(unitOfWork);
  unitOfWork.run = async (decide) => {
    unitOfWork.run = run;
    await change();
    return run(decide);
  };
  try {
    await work();
  } finally {
    unitOfWork.run = run;
  }
}

describe('Whoever may', () => {
  test('gets a form in Chinese, and is told of what does not belong into it', async () => {
    await changingNothing(async () => {
      for (const { user, path, named } of mayDo()) {
        const form = await browserOf(user)
          .get(`/api/forms/${path}`)
          .query({ ids: named.join(',') });
        expect([path, user, form.status]).toEqual([path, user, 200]);
        readsNothingHidden(user, form.text);
        for (const { name, label } of form.body.fields)
          expect([path, name, label]).toEqual([path, name, expect.stringMatching(/\p{Script=Han}/u)]);
        const input = { nonsense: { $ne: 1 } };
        const { version } = form.body;
        const answer = await browserOf(user).post(`/api/actions/${path}`, { ids: named, input, version });
        expect([path, user, answer.status]).toEqual([path, user, 422]);
      }
    });
  });

  test('decides nothing about what has changed since it was shown: neither before they send it, nor while it is on its way', async () => {
    const refused: Record<string, string[]> = {};
    const before = await everything();
    // schools first, whose the rows are
    for (const { user, noun, path, named } of [...mayDo()].reverse()) {
      const [id] = named;
      if (id === undefined || path in refused) continue;
      const browser = browserOf(user);
      const form = async () => (await browser.get(`/api/forms/${path}`).query({ ids: id })).body;
      const shown = await form();
      const { again, undo } = await changeBehindTheBack(world, noun, id, async () => (await form()).version);
      const send = (version?: string) =>
        browser.post(`/api/actions/${path}`, { ids: named, input: filledIn(shown), version });
      const refusals: string[] = [];
      refused[path] = refusals;

      for (const version of [undefined, 'another', '']) refusals.push((await send(version)).body.code);
      await again();
      refusals.push((await send(shown.version)).body.code);
      await undo();
      await meanwhile(again, async () => refusals.push((await send(shown.version)).body.code));
      await undo();
      // whatever a decision had done besides would be there still: a line in the trail at least
      expect([path, (await everything()) === before]).toEqual([path, true]);
    }
    expect(Object.keys(refused).length).toBeGreaterThan(25);
    const everyTime = Array(5).fill('ROWS_CHANGED_MEANWHILE');
    expect(refused).toEqual(Object.fromEntries(Object.keys(refused).map((path) => [path, everyTime])));
  });

  // last: these change things
  test('gets an answer in Chinese when they send the form empty, never a fault of ours', async () => {
    for (const { user, path, named } of mayDo()) {
      const [noun, action] = path.split('/') as [string, string];
      const answer = await browserOf(user).fills(noun, action, named, {});
      expect([path, user, answer.status, [200, 403, 404, 409, 422].includes(answer.status)]).toEqual([
        path,
        user,
        answer.status,
        true,
      ]);
      expect(answer.body.detail ?? answer.body.message).toMatch(/\p{Script=Han}/u);
    }
  });
});
