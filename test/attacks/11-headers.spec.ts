import * as backOffice from '../../src/admin/index.js';
import { PanelContents } from '../../src/admin/panel/panel-contents.js';
import { StudentPhoto } from '../../src/modules/qualification/index.js';
import { furnish, ROWS_OF_EVERY_NOUN } from '../admin/rows-of-every-noun.js';
import { callsOf, documentOf } from '../support/api-calls.js';
import { jpegOf } from '../support/jpeg.js';
import { anyPhone, PASSWORD, registerByPhone, solvedChallenge } from '../support/passport.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { type TestCandidate, World } from '../support/world.js';

/**
 * A library's computer keeps what it has shown unless it is told not to: an account with its number, a list of
 * students, a ticket, a photo. Before, the API said nothing about keeping at all.
 */
describe('What may show a person is kept by nobody', () => {
  let world: World;
  let candidate: TestCandidate;
  let recordId: string;
  let neeaId: string;
  let browser: StaffBrowser;

  beforeAll(async () => {
    world = await World.open({}, undefined, backOffice);
    const place = await furnish(world, '11', '11001');
    for (const newRow of Object.values(ROWS_OF_EVERY_NOUN)) await newRow(place, world);
    recordId = place.record.id;
    await world.dataSource.manager.insert(StudentPhoto, {
      recordId,
      jpeg: jpegOf(300, 400),
      sha256: '0'.repeat(64),
      ...{ width: 300, height: 400, takenInAt: world.clock.now() },
    });
    const venue = await world.venue({ campus: place.campus, subject: '3' });
    candidate = await world.registered({ campus: place.campus });
    await candidate.enrols(venue);
    ({ neeaId } = await candidate.pays());
    await addStaff(world, { login: 'central', role: 'CENTRAL' });
    browser = new StaffBrowser(world);
    await browser.signsIn('central');
  });
  afterAll(() => world.close());

  it('whatever OpenAPI lists, to whoever asks, and whatever the answer', async () => {
    const statuses = new Map<string, number>();
    const calls = callsOf(documentOf(world.app));
    // what ends the session or the registration, last
    calls.sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
    for (const { method, path, name } of calls) {
      const url = path.replaceAll(/\{\w+\}/g, 'nobody');
      const send = () => world.http[method.toLowerCase() as 'get'](url);
      for (const answer of [await send(), await candidate.with(send())]) {
        expect([name, answer.headers['cache-control']]).toEqual([name, 'no-store']);
        statuses.set(name, answer.status);
      }
    }
    expect(statuses.size).toBeGreaterThan(30);
    // and people were shown: not only refusals were looked at
    for (const shown of ['passport/account', 'passport/sessions', 'registration', 'payment/orders'])
      expect([shown, statuses.get(`GET /api/v1/${shown}`)]).toEqual([shown, 200]);
  });

  it('every list, row and export of the back office, its tools, pages and photos', async () => {
    const { nouns, tools } = world.use(PanelContents);
    const paths = ['', '/api/dashboard', '/login', '/invitation?token=none'];
    for (const { id } of nouns) {
      const { records } = await browser.list(id);
      paths.push(`/resources/${id}`, `/api/resources/${id}/actions/list`);
      expect([id, records.length > 0]).toEqual([id, true]);
      paths.push(`/api/resources/${id}/records/${records[0]!.id}/show`);
      const exported = await browser.post(`/api/exports/${id}`, { filters: {} });
      expect([id, exported.headers['cache-control']]).toEqual([id, 'no-store']);
    }
    for (const { id, verbs } of tools) {
      paths.push(`/pages/${id}`);
      for (const verb of verbs) {
        const answer = await browser.post(`/api/tools/${id}/${verb.name}`, {});
        expect([id, verb.name, answer.headers['cache-control']]).toEqual([id, verb.name, 'no-store']);
      }
    }
    paths.push(`/api/tools/cet6-queue/photo?recordId=${recordId}`);
    for (const path of paths)
      for (const who of [browser, new StaffBrowser(world)])
        expect([path, (await who.get(path)).headers['cache-control']]).toEqual([path, 'no-store']);
  });

  it('the pages outside: the landing page, the payment platform’s, health, and what is not there', async () => {
    for (const path of ['/', `/sandbox-pay/${neeaId}`, '/healthz', '/readyz', '/metrics', '/not-there'])
      expect([path, (await world.http.get(path)).headers['cache-control']]).toEqual([path, 'no-store']);
  });

  it('but what is the same for everybody may be kept', async () => {
    for (const path of ['/api/docs', '/api/openapi.json', '/admin/frontend/assets/logo.svg'])
      expect((await world.http.get(path)).headers['cache-control']).not.toBe('no-store');
  });
});

describe('Where people come by https', () => {
  let world: World;
  beforeAll(async () => {
    // the last stretch to us, behind the machine that speaks https, is plain
    world = await World.open({ publicUrl: 'https://cet.example.edu.cn' }, undefined, backOffice);
  });
  afterAll(() => world.close());

  async function signedIn() {
    const phone = anyPhone();
    await registerByPhone(world.app, phone);
    const challenge = await solvedChallenge(world.app);
    const answer = await world.http
      .post('/api/v1/passport/sessions')
      .send({ login: phone, password: PASSWORD, challenge })
      .expect(201);
    return answer;
  }
  const account = (cookie: string) => world.http.get('/api/v1/passport/account').set('Cookie', cookie);

  it('a candidate’s cookie goes by https alone, to this host alone; before, it went in clear as well', async () => {
    const { headers, body } = await signedIn();
    expect(cookieOf(headers, '__Host-cet_session')).toMatch(
      /^__Host-cet_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    await account(`__Host-cet_session=${body.token}`).expect(200);
    // one that a sibling host could have planted is not looked at
    await account(`cet_session=${body.token}`).expect(401);
    await account(`x__Host-cet_session=${body.token}`).expect(401);

    const out = await world.http
      .delete('/api/v1/passport/sessions/current')
      .set('Cookie', `__Host-cet_session=${body.token}`)
      .expect(204);
    expect(cookieOf(out.headers, '__Host-cet_session')).toMatch(
      /^__Host-cet_session=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('and so does that of staff, from the first page on', async () => {
    await addStaff(world, { login: 'central', role: 'CENTRAL' });
    const browser = new StaffBrowser(world);
    const { headers } = await browser.signsIn('central');
    expect(cookieOf(headers, '__Host-cet_staff')).toMatch(
      /^__Host-cet_staff=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    await browser.get('/api/dashboard').expect(200);
    const planted = browser.cookie!.replace('__Host-', '');
    await world.http.get('/admin/api/dashboard').set('Cookie', planted).expect(401);
  });

  it('every cookie that is ever set is so marked', async () => {
    const browser = new StaffBrowser(world);
    const answers = [
      await signedIn(),
      await browser.signsIn('central'),
      await browser.get('/logout'),
      await world.http.get('/admin/login'),
      await world.http.get('/'),
    ];
    for (const { headers } of answers)
      for (const cookie of (headers['set-cookie'] as unknown as string[] | undefined) ?? [])
        expect([cookie.startsWith('__Host-'), cookie.split('; ')]).toEqual([
          true,
          expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']),
        ]);
  });
});

/** Among the cookies of an answer, the one that is called so. */
function cookieOf(headers: Record<string, unknown>, name: string): string | undefined {
  return (headers['set-cookie'] as string[] | undefined)?.find((cookie) => cookie.startsWith(`${name}=`));
}
