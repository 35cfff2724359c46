import type { Dashboard } from '../../../src/admin/dashboard/show-dashboard.use-case.js';
import * as backOffice from '../../../src/admin/index.js';
import { DAYS, HOURS } from '../../../src/kernel/clock.js';
import { LockEnrolment, SubmitPaymentBatch } from '../../../src/modules/payment/index.js';
import type { Campus, Venue } from '../../../src/modules/sitting/index.js';
import { addStaff, StaffBrowser } from '../../support/staff.js';
import { type TestCandidate, World } from '../../support/world.js';

/** Students of one school take, or wait for, their exam at another: staff look after their own students (R-AD-1). */
let world: World;
let host: Campus;
let home: Campus;
let language: Venue;
let guest: TestCandidate;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  host = await world.campus({ schoolCode: '11001', code: '110010' });
  home = await world.campus({ schoolCode: '44001', code: '440010' });
  await world.venue({ campus: home });
  language = await world.venue({ campus: host, subject: '5', admits: 'ALL_SCHOOLS', seats: 1 });
  await (await world.registered({ campus: home })).enrols(language);
  guest = await world.registered({ campus: home });
  await guest.waitsFor(language);
});

async function teacherOf({ provinceCode, schoolCode }: Campus, login: string) {
  await addStaff(world, { login, role: 'SCHOOL', provinceCode, schoolCode });
  const browser = new StaffBrowser(world);
  await browser.signsIn(login);
  return browser;
}
async function staffOf(provinceCode: string) {
  await addStaff(world, { login: provinceCode, role: 'PROVINCE', provinceCode });
  const browser = new StaffBrowser(world);
  await browser.signsIn(provinceCode);
  return browser;
}

it('shows whoever waits elsewhere to their own school and province, and not to those who have the venue', async () => {
  const [atHome, atHost] = [await teacherOf(home, 'home'), await teacherOf(host, 'host')];
  const { records } = await atHome.list('waitlist-entries');
  expect(records).toMatchObject([{ params: { name: guest.record.details.name, state: 'WAITING' } }]);
  expect((await (await staffOf('44')).list('waitlist-entries')).meta.total).toBe(1);

  expect((await atHost.list('waitlist-entries')).records).toEqual([]);
  await atHost.get(`/api/resources/waitlist-entries/records/${records[0]!.id}/show`).expect(404);
  const { text } = await atHost.post('/api/exports/waitlist-entries', { filters: {} });
  expect(text).not.toContain(guest.record.details.name);
  expect((await (await staffOf('11')).list('waitlist-entries')).meta.total).toBe(0);
});

it('the first page counts one’s own students, wherever they take the exam, and seats of one’s own venues', async () => {
  const figures = async (browser: StaffBrowser) => {
    const { sitting } = (await browser.get('/api/dashboard').expect(200)).body as Dashboard;
    const { value, href } = sitting!.figures.find(({ label }) => label === '待支付科目')!;
    const seats = sitting!.subjects.reduce((total, { taken }) => total + taken, 0);
    const [noun, query] = href.replace('/admin/resources/', '').split('?');
    const { meta } = await browser.list(noun!, Object.fromEntries(new URLSearchParams(query)));
    return { unpaid: value, listed: meta.total, seats };
  };
  expect(await figures(await teacherOf(home, 'home'))).toEqual({ unpaid: 1, listed: 1, seats: 0 });
  expect(await figures(await teacherOf(host, 'host'))).toEqual({ unpaid: 0, listed: 0, seats: 1 });
  expect(await figures(await staffOf('44'))).toEqual({ unpaid: 1, listed: 1, seats: 0 });
  expect(await figures(await staffOf('11'))).toEqual({ unpaid: 0, listed: 0, seats: 1 });
});

it('a list keeps to one sitting when it is asked to, and so does its export', async () => {
  const teacher = await teacherOf(home, 'home');
  const total = async (number: string) =>
    (await teacher.list('enrolments', { 'filters.sittingNumber': number })).meta.total;
  expect([await total('262'), await total('261'), await total('x')]).toEqual([1, 0, 0]);
  const { text } = await teacher.post('/api/exports/enrolments', { filters: { sittingNumber: '261' } });
  expect(text.trim().split('\n')).toHaveLength(1);
});

it('the first page says which transfers wait for a decision, and since when', async () => {
  const { provinceCode, schoolCode } = home;
  const teacher = { type: 'STAFF', staffId: 'a-teacher', role: 'SCHOOL', provinceCode, schoolCode } as const;
  const own = await world.venue({ campus: home, subject: '6' });
  const { id: enrolmentId } = await (await world.registered({ campus: home })).enrols(own);
  await world.use(LockEnrolment).execute({ enrolmentId }, teacher);
  const transfer = {
    kind: 'WRITTEN',
    amountFen: 3000,
    transferReference: 'T1',
    reportForm: 'PAPER',
  } as const;
  await world.use(SubmitPaymentBatch).execute(transfer, teacher);
  world.clock.advance(2 * DAYS + 1 * HOURS);
  const { sitting } = (await (await staffOf('44')).get('/api/dashboard').expect(200)).body as Dashboard;
  expect(sitting!.figures.at(-1)).toMatchObject({ label: '待审核集体缴费（最早已等待2天）', value: 1 });
});
