import * as backOffice from '../../src/admin/index.js';
import { LONGEST_SEARCH } from '../../src/admin/panel/asked-search.js';
import { ScopedResource } from '../../src/admin/panel/scoped.resource.js';
import type { ShownNoun } from '../../src/admin/panel/shown-noun.js';
import { Staff } from '../../src/admin/staff/staff.entity.js';
import { StaffSession } from '../../src/admin/staff/staff-session.entity.js';
import { HOURS, MINUTES } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { Cet6Review } from '../../src/modules/qualification/index.js';
import { Registration } from '../../src/modules/registration/index.js';
import type { Campus } from '../../src/modules/sitting/index.js';
import { addStaff, STAFF_PASSWORD, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const SCRIPT = '</script><script>window.XSS = 1</script>\u2028';

async function signedIn(facts: Partial<Staff> & { login: string; role: Staff['role'] }) {
  await addStaff(world, facts);
  const browser = new StaffBrowser(world);
  await browser.signsIn(facts.login).then(({ status }) => expect(status).toBe(303));
  return browser;
}

async function review(campus: Campus, facts: Partial<Cet6Review> = {}): Promise<Cet6Review> {
  const { provinceCode, schoolCode, code: campusCode } = campus;
  const row: Cet6Review = {
    id: newId(),
    accountId: newId(),
    sittingId: (await world.sitting()).id,
    provinceCode,
    schoolCode,
    campusCode,
    documentType: 'PASSPORT',
    documentNumber: 'E87654321',
    name: '李明',
    ticketNumber: '110010181112345',
    state: 'PENDING',
    submissions: 1,
    submittedAt: world.clock.now(),
    decidedAt: null,
    decidedBy: null,
    reason: null,
    basis: null,
    given: null,
    finalAt: null,
    ...facts,
  };
  await world.unitOfWork.run((tx) => tx.manager.insert(Cet6Review, row));
  return row;
}

describe('Nobody gets in without signing in', () => {
  test('a page leads to the sign-in form and on to the page; the API refuses', async () => {
    const page = await world.http.get('/admin/resources/registrations?page=2').expect(302);
    expect(page.headers.location).toBe('/admin/login?next=%2Fadmin%2Fresources%2Fregistrations%3Fpage%3D2');
    await world.http.get('/admin/frontend/assets/app.bundle.js').expect(302);
    for (const path of [
      '/api/dashboard',
      '/API/dashboard',
      '/api/resources/registrations/actions/list',
      '/api/resources/registrations/actions/search/x',
      `/api/resources/registrations/records/${newId()}/show`,
    ]) {
      const answer = await world.http.get(`/admin${path}`).expect(401);
      expect(answer.body.code).toBe('NOT_SIGNED_IN');
    }
  });

  test('staff sign in with their login, however it is typed, and stay in', async () => {
    await addStaff(world, { login: 'wang', role: 'CENTRAL' });
    const browser = new StaffBrowser(world);
    const answer = await browser.signsIn(' Wang ', { next: '/admin/resources/registrations?page=2' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/admin/resources/registrations?page=2']);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; Path=\/admin; .*HttpOnly; SameSite=Strict$/);
    await browser.get('').expect(200);
    await browser.get('/login').expect(302);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/administrator',
    '/admin/login',
    '',
  ])('after signing in nobody is sent to %p', async (next) => {
    await addStaff(world, { login: 'wang', role: 'CENTRAL' });
    const answer = await new StaffBrowser(world).signsIn('wang', { next });
    expect(answer.headers.location).toBe('/admin');
  });

  test('a wrong password and a login that is not there are one answer', async () => {
    await addStaff(world, { login: 'zhao', role: 'CENTRAL' });
    const wrong = await new StaffBrowser(world).signsIn('zhao', { password: 'not the password' });
    const nobody = await new StaffBrowser(world).signsIn('zhou', { password: 'not the password' });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(wrong.text).toContain('登录名或密码不正确');
    expect(wrong.text).toBe(nobody.text.replace('zhou', 'zhao'));
    expect([wrong.headers['set-cookie'], nobody.headers['set-cookie']]).toEqual([undefined, undefined]);
  });

  test('what was typed as a login comes back as text', async () => {
    const answer = await new StaffBrowser(world).signsIn('"><script>alert(1)</script>');
    expect(answer.text).not.toContain('<script');
  });

  test('after five attempts a login asks for a human check, even with the right password; others do not', async () => {
    await addStaff(world, { login: 'qian', role: 'CENTRAL' });
    await addStaff(world, { login: 'sun', role: 'CENTRAL' });
    for (let n = 0; n < 5; n++) await new StaffBrowser(world).signsIn('qian', { password: 'guess' });
    const answer = await new StaffBrowser(world).signsIn('QIAN');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('正在进行人机验证');
    expect((await new StaffBrowser(world).signsIn('sun')).status).toBe(303);
  });

  test('signing in gives a new session id, and the one before it is worth nothing', async () => {
    await addStaff(world, { login: 'wang', role: 'CENTRAL' });
    await addStaff(world, { login: 'li', role: 'CENTRAL', name: '李老师' });
    const planted = new StaffBrowser(world);
    await planted.signsIn('wang');
    const victim = new StaffBrowser(world);
    victim.cookie = planted.cookie;
    await victim.signsIn('li');
    expect(victim.cookie).not.toBe(planted.cookie);
    await victim.get('/api/dashboard').expect(200);
    await planted.get('/api/dashboard').expect(401);
  });

  test('the table of sessions signs nobody in', async () => {
    const browser = await signedIn({ login: 'wang', role: 'CENTRAL' });
    const rows = JSON.stringify(await world.dataSource.manager.find(StaffSession));
    const id = /s%3A([^.]+)\./.exec(browser.cookie!)![1]!;
    expect(rows).not.toContain(decodeURIComponent(id));
    expect(rows).not.toContain('wang');
  });

  test('a cookie that was not signed here is none', async () => {
    const browser = await signedIn({ login: 'wang', role: 'CENTRAL' });
    browser.cookie = browser.cookie!.slice(0, -4);
    await browser.get('/api/dashboard').expect(401);
  });

  test('a session ends with signing out, with time, and with the right to be here', async () => {
    const leaving = await signedIn({ login: 'wang', role: 'CENTRAL' });
    await leaving.get('/logout').expect(302);
    await leaving.get('/api/dashboard').expect(401);

    const staying = await signedIn({ login: 'li', role: 'CENTRAL' });
    world.clock.advance(12 * HOURS - MINUTES);
    await staying.get('/api/dashboard').expect(200);
    world.clock.advance(MINUTES);
    await staying.get('/api/dashboard').expect(401);

    const dismissed = await signedIn({ login: 'chen', role: 'CENTRAL' });
    await world.unitOfWork.run((tx) => tx.manager.delete(Staff, { login: 'chen' }));
    await dismissed.get('/api/dashboard').expect(401);
  });
});

describe('Pages of other sites are kept out', () => {
  const foreign = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
  ];

  test.each(foreign)('%p', async (headers) => {
    await addStaff(world, { login: 'wang', role: 'CENTRAL' });
    const form = { login: 'wang', password: STAFF_PASSWORD };
    const signIn = await world.http.post('/admin/login').set(headers).type('form').send(form).expect(403);
    expect(signIn.body.code).toBe('FOREIGN_ORIGIN');
    const browser = await signedIn({ login: 'li', role: 'CENTRAL' });
    await browser.get('/api/dashboard').set(headers).expect(403);
    await browser.get('/API/resources/registrations/actions/list').set(headers).expect(403);
    await browser.post('/api/resources/registrations/actions/new').set(headers).expect(403);
    await browser.get('/api/dashboard').set('Sec-Fetch-Site', 'same-origin').expect(200);
  });

  test('a link on another site still works: the page asks once more with the cookie', async () => {
    const answer = await world.http.get('/admin/resources/registrations').set('Sec-Fetch-Site', 'cross-site');
    expect([answer.status, answer.headers.refresh]).toEqual([200, '0']);
    const again = await world.http.get('/admin').set('Sec-Fetch-Site', 'same-origin');
    expect(again.headers.location).toMatch(/^\/admin\/login/);
  });
});

/** Two schools of one province and one of another, each with a registered candidate and a review. */
async function threeSchools() {
  const [a, b, c] = [
    await world.campus({ provinceCode: '11', schoolCode: '11001' }),
    await world.campus({ provinceCode: '11', schoolCode: '11002' }),
    await world.campus({ provinceCode: '44', schoolCode: '44001' }),
  ];
  for (const campus of [a, b, c]) await world.venue({ campus });
  for (const campus of [a, b, c]) {
    await world.registered({ campus, name: `张${campus.schoolCode}` });
    await review(campus, { name: `李${campus.schoolCode}` });
  }
  return { a, b, c };
}

const ROLES = [
  [{ login: 'central', role: 'CENTRAL' }, ['11001', '11002', '44001']],
  [{ login: 'beijing', role: 'PROVINCE', provinceCode: '11' }, ['11001', '11002']],
  [{ login: 'school', role: 'SCHOOL', provinceCode: '11', schoolCode: '11001' }, ['11001']],
  [{ login: 'nowhere', role: 'SCHOOL' }, []],
] as const;

describe('R-AD-1: a row outside the scope does not exist', () => {
  test.each(ROLES)('%p sees %p', async (facts, schools) => {
    await threeSchools();
    const browser = await signedIn(facts);
    for (const [noun, entity, surname] of [
      ['registrations', Registration, '张'],
      ['cet6-reviews', Cet6Review, '李'],
    ] as const) {
      const names = schools.map((code) => surname + code);
      const { meta, records } = await browser.list(noun);
      expect(meta.total).toBe(names.length);
      expect(records.map(({ params }) => params.name).sort()).toEqual(names);

      const found = await browser.get(`/api/resources/${noun}/actions/search/${encodeURIComponent(surname)}`);
      expect(found.body.records.map((record: { title: string }) => record.title).sort()).toEqual(names);
      const foreign = await browser.list(noun, { 'filters.schoolCode': '44001' });
      expect(foreign.meta.total).toBe(names.filter((name) => name.endsWith('44001')).length);

      for (const row of await world.dataSource.manager.find<Registration | Cet6Review>(entity)) {
        const school = 'details' in row ? row.details.schoolCode : row.schoolCode;
        const answer = await browser.get(`/api/resources/${noun}/records/${row.id}/show`);
        expect([school, answer.status]).toEqual([school, schools.includes(school as never) ? 200 : 404]);
        if (answer.status === 404) expect(JSON.stringify(answer.body)).not.toContain(surname);
      }
    }
    // the first page's figures are kept for half a minute
    world.clock.advance(1 * MINUTES);
    const { body } = await browser.get('/api/dashboard').expect(200);
    const reviews = body.reviews.reduce((sum: number, { value }: { value: number }) => sum + value, 0);
    expect([body.sitting?.figures[0].value ?? 0, reviews]).toEqual([schools.length, schools.length]);
  });

  test('a changed role holds at once', async () => {
    await threeSchools();
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    expect((await browser.list('registrations')).meta.total).toBe(3);
    await world.unitOfWork.run((tx) =>
      tx.manager.update(Staff, { login: 'central' }, { role: 'PROVINCE', provinceCode: '44' }),
    );
    expect((await browser.list('registrations')).meta.total).toBe(1);
  });

  test('a noun that does not say whose its rows are shows none, even to central staff', async () => {
    const { a } = await threeSchools();
    const scopedBy = { provinceCode: 'provinceCode', schoolCode: 'schoolCode' };
    const noun: ShownNoun<Cet6Review, undefined> = {
      id: 'reviews',
      name: '复核',
      icon: 'Users',
      section: 'CANDIDATES',
      seenBy: ['CENTRAL'],
      entity: Cet6Review,
      columns: [],
      gather: async () => undefined,
    };
    const { id } = await world.dataSource.manager.findOneByOrFail(Cet6Review, { schoolCode: a.schoolCode });
    const currentAdmin = { email: '', actor: { type: 'STAFF', staffId: 'x', role: 'CENTRAL' } };
    const context = { currentAdmin } as never;
    const reads = async (resource: ScopedResource<Cet6Review, undefined>) => [
      await resource.count({ filters: {} } as never, context),
      (await resource.find({ filters: {} } as never, { limit: 10 }, context)).length,
      (await resource.findMany([id], context)).length,
      await resource.findOne(id, context).then(
        () => 'found',
        () => 'not found',
      ),
    ];
    expect(await reads(new ScopedResource(noun, world.unitOfWork))).toEqual([0, 0, 0, 'not found']);
    // and with a scope, the same questions find them: what is tested above is the missing scope
    expect(await reads(new ScopedResource({ ...noun, scopedBy }, world.unitOfWork))).toEqual([
      3,
      3,
      1,
      'found',
    ]);
  });
});

describe('Lists', () => {
  test('hide document numbers, which only the page of one row shows', async () => {
    const campus = await world.campus();
    await world.venue({ campus });
    await world.registered({ campus, documentNumber: 'E12345678' });
    await review(campus);
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    for (const [noun, number, masked] of [
      ['registrations', 'E12345678', 'E12**5678'],
      ['cet6-reviews', 'E87654321', 'E87**4321'],
    ] as const) {
      const { records } = await browser.list(noun, { 'filters.documentNumber': number });
      expect(records.map(({ params }) => params.documentNumber)).toEqual([masked]);
      const found = await browser.get(`/api/resources/${noun}/actions/search`).expect(200);
      expect(JSON.stringify(found.body)).not.toContain(number);
      const shown = await browser.get(`/api/resources/${noun}/records/${records[0]!.id}/show`).expect(200);
      expect(shown.body.record.params.documentNumber).toBe(number);
    }
  });

  test('say in Chinese, and in Shanghai, what the row is', async () => {
    const { campus, venue, candidate } = await world.openVenue();
    await candidate.enrols(venue);
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    const { records } = await browser.list('registrations');
    expect(records[0]!.params).toMatchObject({
      subjects: '英语四级（未支付）',
      state: 'ACTIVE',
      createdAt: '2026-11-21 09:00',
    });
    const page = await browser.get(`/api/resources/registrations/records/${records[0]!.id}/show`).expect(200);
    expect(page.body.record.params).toMatchObject({
      sitting: '2026年下半年全国大学英语四、六级考试',
      documentType: '护照',
      gender: '女',
      campus: campus.name,
      educationLevel: '本科',
      remark: '—',
    });
  });

  test('name who decided a review', async () => {
    const campus = await world.campus();
    const { id: staffId } = await addStaff(world, { login: 'he', role: 'SCHOOL', name: '何老师' });
    await review(campus, { state: 'REJECTED', decidedBy: `STAFF ${staffId}`, decidedAt: world.clock.now() });
    await review(campus, {
      state: 'APPROVED',
      decidedBy: 'SYSTEM cet6-review',
      decidedAt: world.clock.now(),
    });
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    const deciders = [];
    for (const { id } of (await browser.list('cet6-reviews')).records) {
      const page = await browser.get(`/api/resources/cet6-reviews/records/${id}/show`);
      deciders.push(page.body.record.params.decidedBy);
    }
    expect(deciders.sort()).toEqual(['何老师', '系统自动比对']);
  });

  test('are searched, sorted newest first, and turned page by page', async () => {
    const campus = await world.campus();
    for (const name of ['王一', '王二', '张三']) {
      await review(campus, { name, state: name === '王二' ? 'APPROVED' : 'PENDING' });
      world.clock.advance(24 * HOURS);
    }
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    const names = async (query: Record<string, string>) =>
      (await browser.list('cet6-reviews', query)).records.map(({ params }) => params.name);
    expect(await names({})).toEqual(['张三', '王二', '王一']);
    expect(await names({ sortBy: 'submittedAt', direction: 'asc' })).toEqual(['王一', '王二', '张三']);
    expect(await names({ 'filters.name': '王' })).toEqual(['王二', '王一']);
    expect(await names({ 'filters.state': 'APPROVED' })).toEqual(['王二']);
    expect(
      await names({ 'filters.submittedAt~~from': '2026-11-22', 'filters.submittedAt~~to': '2026-11-22' }),
    ).toEqual(['王二']);
    expect(await names({ perPage: '2', page: '2' })).toEqual(['王一']);
  });

  test.each<Record<string, string>>([
    { sortBy: 'passwordHash', direction: 'asc' },
    { sortBy: 'submittedAt; DROP TABLE staff', direction: 'sideways' },
    { page: '-3', perPage: '1' },
    { page: 'x', perPage: '99999999999' },
  ])('take no harm from %p', async (query) => {
    await review(await world.campus());
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    expect((await browser.list('cet6-reviews', query)).records).toHaveLength(1);
  });

  test.each<Record<string, string | string[]>>([
    { 'filters.nothing': 'x' },
    { 'filters.id': "' OR 1=1 --" },
    { 'filters.__proto__.x': '1' },
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty~~from'].map((name) => ({
      [`filters.${name}`]: 'x',
    })),
    { filters: 'x' },
    { 'filters[name]': 'x' },
    { 'filters.name': ['a', 'b'] },
    { 'filters.name~~from': 'x' },
    { 'filters.submittedAt~~constructor': 'x' },
    { 'filters.name': `x${' '.repeat(LONGEST_SEARCH)}y` },
    { page: ['1', '2'] },
  ])('are not searched by what they do not know: %p', async (query) => {
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    const answer = await browser.get('/api/resources/cet6-reviews/actions/list').query(query);
    expect([answer.status, answer.body.code]).toEqual([422, 'SEARCH_NOT_UNDERSTOOD']);
  });

  it('are searched by a text as long as any', async () => {
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    await browser.list('cet6-reviews', { 'filters.name': '买'.repeat(LONGEST_SEARCH) });
  });
});

describe('Nothing is written by what AdminJS itself would write with', () => {
  test.each(['registrations', 'cet6-reviews'])('%s', async (noun) => {
    const campus = await world.campus();
    await world.venue({ campus });
    await world.registered({ campus });
    await review(campus);
    const browser = await signedIn({ login: 'central', role: 'CENTRAL' });
    const before = await everything();
    const { id } = (await browser.list(noun)).records[0]!;
    const change = { name: '别人', state: 'APPROVED' };
    const records = `/api/resources/${noun}/records/${id}`;
    for (const attempt of [
      browser.post(`/api/resources/${noun}/actions/new`, change),
      browser.post(`${records}/edit`, change),
      browser.post(`${records}/show`),
      browser.post(`${records}/delete`),
      browser.get(`${records}/delete`),
      browser.post(`/api/resources/${noun}/bulk/bulkDelete`).query({ recordIds: id }),
      browser.get(`/api/resources/${noun}/bulk/bulkDelete`).query({ recordIds: id }),
      browser.post(`/api/resources/staff/actions/new`, change),
      browser.get(`${records}/nothing`),
    ]) {
      const answer = await attempt;
      expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    }
    // it is given no POST at all, and nothing that one brings
    const brought = await browser.post(`${records}/show`, change).expect(415);
    expect(brought.body.code).toBe('BODY_NOT_TAKEN');
    expect(await everything()).toEqual(before);
  });

  const everything = async () => [
    await world.dataSource.manager.find(Registration),
    await world.dataSource.manager.find(Cet6Review),
  ];
});

describe('A name can be anything', () => {
  test('of staff, in the state of every page', async () => {
    const browser = await signedIn({ login: 'wang', role: 'CENTRAL', name: SCRIPT });
    const { text, headers } = await browser.get('').expect(200);
    expect(text).not.toContain('<script>window.XSS');
    expect(text).not.toContain('\u2028');
    expect(text).toContain('\\u003c/script>\\u003cscript>window.XSS = 1');
    const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy']!)![1]!;
    const scripts = text.match(/<script[^>]*>/g)!;
    expect(scripts.length).toBeGreaterThan(4);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+';/);
    expect(headers['cache-control']).toBe('no-store');
    expect(text).not.toContain('googleapis');
  });

  test('of a candidate, in what the pages ask for: data, never a document', async () => {
    await review(await world.campus(), { name: SCRIPT });
    const browser = await signedIn({ login: 'wang', role: 'CENTRAL' });
    const answer = await browser.get('/api/resources/cet6-reviews/actions/list').expect(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body.records[0].params.name).toBe(SCRIPT);
  });
});

test('The panel stands behind log and security headers, and before the body parsers', async () => {
  const browser = await signedIn({ login: 'wang', role: 'CENTRAL' });
  const page = await browser.get('').expect(200);
  expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
  // in front of it, AdminJS has no parser either: what comes is refused unread
  const list = '/api/resources/registrations/actions/list';
  for (const path of ['/api/dashboard', list]) await browser.post(path, { a: 1 }).expect(415);
  await browser.post(list).type('json').send('{"a":').expect(415);
  await browser.post(list).attach('file', Buffer.from('a file'), 'a.txt').expect(415);
  const metrics = await world.http.get('/metrics').expect(200);
  expect(metrics.text).toContain('method="GET"');
});
