import * as backOffice from '../../src/admin/index.js';
import { newId } from '../../src/kernel/ids.js';
import { StudentPhoto } from '../../src/modules/qualification/index.js';
import { jpegOf, jpegPart } from '../support/jpeg.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';
import { zipOf } from '../support/zip.js';

let world: World;
let teacher: StaffBrowser;
let student: Awaited<ReturnType<World['record']>>;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  const campus = await world.campus({ schoolCode: '12001' });
  student = await world.record({ campus, documentNumber: 'E1234567' });
  await addStaff(world, { login: 'teacher', role: 'SCHOOL', schoolCode: '12001', provinceCode: '12' });
  teacher = new StaffBrowser(world);
  await teacher.signsIn('teacher');
});
afterAll(() => world.close());

const LIST = '/api/resources/notices/actions/list';

/** `filters.constructor`, a missing row's bulk action and an action called `constructor` were answered 503. */
describe('What nobody here knows is whoever asks’s fault', () => {
  it.each<readonly [string, number | undefined]>([
    ...[
      'constructor',
      'toString',
      'valueOf',
      '__proto__',
      '__proto__.x',
      'hasOwnProperty~~from',
      'title.x',
      '',
    ].map((name) => [`${LIST}?filters.${name}=x`, 422] as const),
    [`${LIST}?filters=x`, 422],
    [`${LIST}?filters.issuer=SCHOOL&filters.issuer=SCHOOL`, 422],
    [`${LIST}?filters.publishedAt~~constructor=x`, 422],
    [`${LIST}?filters.publishedAt~~from~~to=x`, 422],
    [`/api/resources/notices/bulk/withdraw?recordIds=${newId()}`, 404],
    ['/api/resources/notices/bulk/withdraw?recordIds=a,b', 404],
    ['/api/resources/notices/bulk/withdraw', 404],
    ['/api/resources/notices/bulk/withdraw?recordIds=a&recordIds=b', 422],
    ['/api/resources/notices/bulk/constructor?recordIds=1', 404],
    ...['constructor', '__proto__', 'title.x', '']
      .map((name) => `${LIST}?sortBy=${name}`)
      .concat(
        ['-1', '0', 'x', '1e9', '1e308', '9007199254740993', '1.5', 'NaN'].flatMap((number) => [
          `${LIST}?page=${number}`,
          `${LIST}?perPage=${number}`,
        ]),
      )
      .concat([`${LIST}?direction=constructor`, '/api/resources/notices/search/constructor'])
      .map((path) => [path, undefined] as const),
    ['/api/resources/%E0%A4%A/actions/list', undefined],
    ['/api/resources/notices/actions/constructor', 404],
    ['/api/resources/notices/actions/__proto__', 404],
    ['/api/resources/notices/records/x/toString', 404],
    ['/api/resources/constructor/actions/list', 404],
    ['/api/tools/constructor/valueOf', 404],
    ['/api/forms/notices/constructor', 404],
  ])('%s: %i', async (path, status) => {
    const answer = await teacher.get(path);
    expect(answer.status).toBeLessThan(500);
    if (status !== undefined) expect(answer.status).toBe(status);
  });

  it.each<[string, object]>([
    ['a name of every object', JSON.parse('{"constructor":"x"}')],
    ['another of them', JSON.parse('{"__proto__":"x"}')],
    ['a list', ['x']],
    ['an object for a text', { name: { $gt: '' } }],
    ['a number for a text', { name: 1 }],
  ])('an export searched by %s', async (_, filters) => {
    const answer = await teacher.post('/api/exports/student-records', { filters });
    expect([answer.status, answer.body.code]).toEqual([422, 'SEARCH_NOT_UNDERSTOOD']);
  });

  it.each([
    ['a list', () => teacher.get(`/api/resources/student-records/actions/list?filters.name=a%00b`)],
    ['an export', () => teacher.post('/api/exports/student-records', { filters: { name: 'a\0b' } })],
    [
      'a form',
      () =>
        teacher.post('/api/actions/notices/publish', { input: { title: '\0', kind: 'BOTH', body: '\0' } }),
    ],
    ['a row', () => teacher.get('/api/resources/notices/records/%00/show')],
    ['a row’s action', () => teacher.post('/api/actions/notices/withdraw', { ids: ['\0'], input: {} })],
    ['a page', () => world.http.get('/api/v1/payment/orders/%00')],
    ['a call', () => world.http.post('/api/v1/passport/sessions').send({ identifier: '\0', password: '\0' })],
    ['a key', () => world.http.post('/api/v1/passport/sessions').send({ '\0': 1 })],
  ])('a zero byte in %s', async (_, ask) => {
    const { status } = await ask();
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

/** A photo was shown with all that came with it: where it was taken, and whatever somebody had put behind its end. */
it('A photo is the picture and nothing else', async () => {
  const secret = 'GPS 39.9042,116.4074';
  const about = [
    jpegPart(0xe1, [...Buffer.from(`Exif\0\0${secret}`)]),
    jpegPart(0xfe, [...Buffer.from(secret)]),
  ];
  const smaller = [...jpegOf(40, 30)];
  about.push(
    jpegPart(0xe1, [...Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`)]),
    jpegPart(0xe2, [...Buffer.from(`ICC_PROFILE\0\x01\x01${secret}`)]),
    jpegPart(0xe2, [...Buffer.from('MPF\0'), ...smaller]),
    jpegPart(0xed, [...Buffer.from(`Photoshop 3.0\0${secret}`)]),
    // the picture before it was cut to the face
    jpegPart(0xe0, [...Buffer.from('JFXX\0\x10'), ...smaller]),
    jpegPart(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 2, 2, ...Array<number>(12).fill(7)]),
    jpegPart(0xee, [...Buffer.from(`Adobe${secret}`)]),
  );
  const photo = Buffer.concat([jpegOf(300, 400, 0, about.flat()), Buffer.from(`<script>${secret}</script>`)]);
  const zip = zipOf([{ name: 'E1234567.jpg', content: photo }]);
  const send = (verb: string, request: object) =>
    teacher
      .post(`/api/tools/photo-import/${verb}`)
      .query({ file: 'x.zip', request: JSON.stringify(request) })
      .type('application/octet-stream')
      .send(zip);
  const { sha256 } = (await send('check', {}).expect(200)).body;
  await send('take', { sha256, takeGood: false }).expect(200);
  const [stored] = await world.dataSource.manager.find(StudentPhoto);
  expect(stored).toMatchObject({ recordId: student.id, jpeg: jpegOf(300, 400) });
  expect((await send('check', {}).expect(200)).body).toMatchObject({ good: 0, faultCount: 0 });
});
