import * as backOffice from '../../../src/admin/index.js';
import type { Staff } from '../../../src/admin/staff/staff.entity.js';
import { DAYS, later, toShanghai } from '../../../src/kernel/clock.js';
import { SubjectRule } from '../../../src/modules/qualification/index.js';
import {
  type Campus,
  Notice,
  ProvinceSetting,
  School,
  Sitting,
  Venue,
} from '../../../src/modules/sitting/index.js';
import { NINE_O_CLOCK as NOW } from '../../support/clock.js';
import { addStaff, StaffBrowser } from '../../support/staff.js';
import { World } from '../../support/world.js';

let world: World;
let campus: Campus;
let venue: Venue;
let foreign: Venue;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(async () => {
  await world.unitOfWork.run((tx) => tx.manager.query('DELETE FROM agreement WHERE version > 1'));
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  campus = await world.campus({ schoolCode: '12001', code: '120010', name: '八里台校区' });
  venue = await world.venue({ campus, seats: 10 });
  foreign = await world.venue({ campus: await world.campus({ schoolCode: '44001', code: '440010' }) });
});

async function signedIn(facts: Partial<Staff> & { login: string; role: Staff['role'] }) {
  await addStaff(world, facts);
  const browser = new StaffBrowser(world);
  await browser.signsIn(facts.login).then(({ status }) => expect(status).toBe(303));
  return browser;
}
const teacher = () => signedIn({ login: 'teacher', role: 'SCHOOL', provinceCode: '12', schoolCode: '12001' });
const province = () => signedIn({ login: 'province', role: 'PROVINCE', provinceCode: '12' });
const central = () => signedIn({ login: 'central', role: 'CENTRAL' });
/** The form of an action, opened, filled in and sent. */
const fill = async (browser: StaffBrowser, noun: string, action: string, id: string, input: object) => {
  const answer = await browser.fills(noun, action, [id], input);
  expect(answer.status).toBe(200);
};
const act = (browser: StaffBrowser, noun: string, action: string, ids: string[], input: object = {}) =>
  browser.fills(noun, action, ids, input);
const form = (browser: StaffBrowser, noun: string, action: string, ids = '') =>
  browser.get(`/api/forms/${noun}/${action}`).query({ ids });
const callTool = (browser: StaffBrowser, verb: string, input: object = {}) =>
  browser.post(`/api/tools/venue-windows/${verb}`, input);
const local = (time: Date) => toShanghai(time).slice(0, 16);
const rows = <T extends object>(entity: new () => T, where: object = {}) =>
  world.dataSource.manager.findBy(entity, where);

describe('考点科目', () => {
  it('lists one’s own, with campus, fee and window in words', async () => {
    const [school] = await rows(School, { code: '12001' });
    const schoolName = school!.name;
    const { records } = await (await teacher()).list('venues');
    expect(records).toHaveLength(1);
    expect(records[0]!.params).toMatchObject({
      id: venue.id,
      campus: `${schoolName} 八里台校区`,
      subject: '1',
      fee: '¥30.00',
      capacity: '10',
      sitting: '262',
    });
    expect(JSON.stringify(records)).not.toContain(foreign.id);
  });

  it('is set up in yuan and Shanghai time; what is emptied is emptied, and a fault stands at its field', async () => {
    const browser = await teacher();
    const { values } = (await form(browser, 'venues', 'setUp', venue.id).expect(200)).body;
    expect(values).toMatchObject({ capacity: 10, feeFen: '30.00', examStartsAt: local(venue.examStartsAt!) });
    const input = { ...values, feeFen: '25.50', capacity: 12 };
    await fill(browser, 'venues', 'setUp', venue.id, input);
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ feeFen: 2550, capacity: 12 }]);
    const { body } = await browser.fills('venues', 'setUp', [venue.id], { ...input, admits: 'ALL_SCHOOLS' });
    expect(body).toMatchObject({ code: 'CET_IS_TAKEN_AT_HOME', errors: [{ field: 'admits' }] });
    const { examStartsAt: _, examEndsAt: __, ...without } = input;
    await fill(browser, 'venues', 'setUp', venue.id, without);
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ examStartsAt: null, examEndsAt: null }]);
    await act(browser, 'venues', 'setUp', [foreign.id], input).expect(404);
    await act(await province(), 'venues', 'setUp', [venue.id], input).expect(403);
  });

  it('a form opened before somebody else’s change does not undo it, but says so; opened again it is taken', async () => {
    const [school, others] = [await teacher(), await central()];
    const { values, version } = (await form(school, 'venues', 'setUp', venue.id).expect(200)).body;
    await act(others, 'venues', 'setUpMany', [venue.id], { capacity: 200 }).expect(200);
    const input = { ...values, feeFen: '35.00' };
    for (const filledIn of [version, undefined]) {
      const { body } = await school
        .post('/api/actions/venues/setUp', { ids: [venue.id], input, version: filledIn })
        .expect(409);
      expect(body).toMatchObject({ code: 'ROWS_CHANGED_MEANWHILE', title: '内容已变化' });
    }
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ capacity: 200, feeFen: 3000 }]);
    await fill(school, 'venues', 'setUp', venue.id, { ...input, capacity: 200 });
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ capacity: 200, feeFen: 3500 }]);
  });

  it('a form is not out of date for what it does not show: candidates enrol all the time', async () => {
    const browser = await teacher();
    const { values, version } = (await form(browser, 'venues', 'setUp', venue.id).expect(200)).body;
    await (await world.registered({ campus })).enrols(venue);
    await browser
      .post('/api/actions/venues/setUp', { ids: [venue.id], input: { ...values, capacity: 12 }, version })
      .expect(200);
  });

  it('many at once change only what is typed; one is offered, and withdrawn again', async () => {
    const browser = await teacher();
    const { fields } = (await form(browser, 'venues', 'offer').expect(200)).body;
    expect(fields[0]).toMatchObject({ kind: 'CHOICE', choices: [{ value: '120010' }] });
    const offer = { campusCode: '120010', subjectCode: '3', capacity: 5 };
    await act(browser, 'venues', 'offer', [], offer).expect(200);
    const [added] = await rows(Venue, { subjectCode: '3' });
    await act(browser, 'venues', 'setUpMany', [venue.id, added!.id], { feeFen: '20' }).expect(200);
    expect(await rows(Venue, { schoolCode: '12001', feeFen: 2000 })).toHaveLength(2);
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ capacity: 10 }]);
    await act(browser, 'venues', 'withdraw', [added!.id]).expect(200);
    await act(browser, 'venues', 'offer', [], { ...offer, campusCode: '440010' }).expect(404);
  });
});

describe('考次, 省级设置, 学校, 校区', () => {
  it('a sitting is added, its policies set, by central staff only', async () => {
    const [browser, outsider] = [await central(), await province()];
    await act(browser, 'sittings', 'add', [], { number: 271 }).expect(200);
    const [sitting] = await rows(Sitting, { number: 271 });
    const { values } = (await form(browser, 'sittings', 'setPolicies', sitting!.id).expect(200)).body;
    const input = { ...values, payHours: 12, paymentEndsAt: '2027-01-01T17:00' };
    await fill(browser, 'sittings', 'setPolicies', sitting!.id, input);
    expect(await rows(Sitting, { number: 271 })).toMatchObject([
      { payHours: 12, paymentEndsAt: new Date('2027-01-01T09:00:00Z') },
    ]);
    const { body } = await act(browser, 'sittings', 'makeCurrent', [sitting!.id]).expect(409);
    expect(body).toMatchObject({ code: 'CURRENT_SITTING_STILL_OPEN' });
    await act(outsider, 'sittings', 'setPolicies', [sitting!.id], input).expect(403);
  });

  it('a province sets its own oral ticket time and limits', async () => {
    const browser = await province();
    const input = { oralTicketAvailableAt: '2026-12-01T09:00', writtenFeeMostFen: '35' };
    await fill(browser, 'provinces', 'set', '12', input);
    expect(await rows(ProvinceSetting)).toMatchObject([{ provinceCode: '12', writtenFeeMostFen: 3500 }]);
    const { records } = await browser.list('provinces');
    expect(records.map(({ params }) => [params.code, params.writtenFeeMost])).toEqual([['12', '¥35.00']]);
    await act(browser, 'provinces', 'set', ['44'], input).expect(404);
    await act(browser, 'provinces', 'rename', ['12'], { name: 'x' }).expect(403);
  });

  it('places are everybody’s to see within their scope, and central staff’s to name', async () => {
    const [browser, school] = [await central(), await teacher()];
    await fill(browser, 'schools', 'editDetails', '12001', { name: '南开大学' });
    expect(await rows(School, { code: '12001' })).toMatchObject([{ name: '南开大学', city: null }]);
    expect((await school.list('schools')).records.map(({ id }) => id)).toEqual(['12001']);
    expect((await school.list('campuses')).records.map(({ id }) => id)).toEqual(['120010']);
    await act(school, 'campuses', 'forbidOralElsewhere', ['120010']).expect(200);
    await act(school, 'campuses', 'forbidOralElsewhere', ['440010']).expect(404);
  });
});

describe('通告, 报考条件, 报名协议', () => {
  it('a notice is stored safe, and edited from what was stored', async () => {
    const browser = await teacher();
    const input = { title: '须知', kind: 'BOTH', body: '<p>好<img src=x onerror=alert(1)></p>' };
    await act(browser, 'notices', 'publish', [], input).expect(200);
    const [notice] = await rows(Notice);
    expect(notice).toMatchObject({
      issuer: 'SCHOOL',
      schoolCode: '12001',
      provinceCode: '12',
      bodyHtml: '<p>好</p>',
      bodyText: '好',
    });
    const { values } = (await form(browser, 'notices', 'editNotice', notice!.id).expect(200)).body;
    expect(values).toMatchObject({ kind: 'BOTH', body: '<p>好</p>', publishedAt: local(NOW) });
    await fill(browser, 'notices', 'editNotice', notice!.id, { ...values, kind: 'ORAL' });
    await act(browser, 'notices', 'withdraw', [notice!.id]).expect(200);
    expect((await browser.list('notices')).records[0]!.params).toMatchObject({ kind: '口试科目' });
    expect((await (await province()).list('notices')).records).toHaveLength(1);
  });

  it('a rule restricts by words typed with any comma', async () => {
    const browser = await teacher();
    const input = { subjectCode: '1', educationLevels: ['UNDERGRADUATE'], entryYears: '2023、2024，2025' };
    await act(browser, 'subject-rules', 'set', [], input).expect(200);
    const [rule] = await rows(SubjectRule);
    expect(rule).toMatchObject({ schoolCode: '12001', entryYears: [2023, 2024, 2025], grades: null });
    await fill(browser, 'subject-rules', 'change', rule!.id, { grades: '2024级' });
    expect(await rows(SubjectRule)).toMatchObject([{ grades: ['2024级'], entryYears: null }]);
    await act(browser, 'subject-rules', 'change', [rule!.id], { entryYears: '20' }).expect(422);
    await act(browser, 'subject-rules', 'remove', [rule!.id]).expect(200);
  });

  it('a new version of the agreement says beforehand whom it asks again', async () => {
    await world.candidate({ campus });
    const browser = await central();
    const { text, values } = (await form(browser, 'agreements', 'publish').expect(200)).body;
    expect(text).toContain('已有 1 个通行证账号同意第 1 版');
    const input = { ...values, textZh: `${values.textZh}\n13. 新增` };
    const { body } = await act(browser, 'agreements', 'publish', [], input).expect(200);
    expect(body.message).toBe('第 2 版报名协议已发布');
    await (await teacher()).get('/api/forms/agreements/publish').expect(404);
  });
});

describe('网上报名时间', () => {
  const asked = async (changes: object = {}) => ({
    sittingId: (await world.sitting()).id,
    campusCodes: ['120010'],
    kinds: ['WRITTEN'],
    ...changes,
  });

  it('shows a school its own windows, and lets it move none', async () => {
    const browser = await teacher();
    const about = (await callTool(browser, 'about').expect(200)).body;
    expect(about).toMatchObject({
      mayChange: false,
      provinces: [],
      sittings: [{ number: 262, current: true }],
    });
    const { campuses } = (await callTool(browser, 'list', { sittingId: venue.sittingId }).expect(200)).body;
    expect(campuses).toMatchObject([
      { code: '120010', windows: { WRITTEN: { capacity: 10, mixed: false } } },
    ]);
    const input = await asked({ closesAt: local(later(NOW, DAYS)) });
    await callTool(browser, 'preview', input).expect(403);
    await callTool(browser, 'apply', { ...input, version: 'v' }).expect(403);
  });

  it('a province looks at what it would do, then does it', async () => {
    const browser = await province();
    const input = await asked({ closesAt: local(later(NOW, DAYS)) });
    const { windows, version } = (await callTool(browser, 'preview', input).expect(200)).body;
    expect(windows).toMatchObject([
      { campusCode: '120010', kind: 'WRITTEN', after: '11-21 08:00 至 11-22 09:00', waiting: 0 },
    ]);
    expect((await callTool(browser, 'apply', { ...input, version }).expect(200)).body).toMatchObject({
      changed: 1,
    });
    expect(await rows(Venue, { id: venue.id })).toMatchObject([{ closesAt: later(NOW, DAYS) }]);
    const foreignOnes = { ...(await asked({ campusCodes: ['440010'], closeNow: true })), version };
    await callTool(browser, 'apply', foreignOnes).expect(404);
    await callTool(browser, 'apply', { ...(await asked({ kinds: [] })), version }).expect(422);
  });

  it('a preview tells each campus’s fault in Chinese, and central staff see one province at a time', async () => {
    const browser = await central();
    const input = await asked({ closesAt: local(later(NOW, 40 * DAYS)) });
    const { windows } = (await callTool(browser, 'preview', input).expect(200)).body;
    expect(windows[0].refused).toContain('网上报名截止时间应早于考试开始时间');
    const { body } = await callTool(browser, 'list', { sittingId: venue.sittingId, provinceCode: '44' });
    expect(body.campuses.map(({ code }: Campus) => code)).toEqual(['440010']);
  });
});

it('files of places and venues are central staff’s to take in', async () => {
  const file = '校区代码,科目,容量\n120010,日语四级,5\n';
  const check = (browser: StaffBrowser) =>
    browser
      .post('/api/tools/venue-import/check')
      .query({ request: '{}', file: 'venues.csv' })
      .set('Content-Type', 'application/octet-stream')
      .send(Buffer.from(file));
  const { body } = await check(await central()).expect(200);
  expect(body).toMatchObject({ good: 1, faultCount: 0, stored: false });
  await check(await teacher()).expect(404);
  for (const tool of ['school-import', 'campus-import', 'venue-import'])
    await (await signedIn({ login: `c${tool}`, role: 'CENTRAL' }))
      .get(`/api/tools/${tool}/template`)
      .expect(200);
});
