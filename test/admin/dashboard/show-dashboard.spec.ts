import type { Dashboard } from '../../../src/admin/dashboard/show-dashboard.use-case.js';
import * as backOffice from '../../../src/admin/index.js';
import { DAYS, HOURS, SECONDS } from '../../../src/kernel/clock.js';
import { Cet6Review } from '../../../src/modules/qualification/index.js';
import { DeleteEmptyRegistrations } from '../../../src/modules/registration/delete-empty-registrations.use-case.js';
import { type BusyOffice, busyOffice } from '../../browser/busy-office.js';
import { addStaff, StaffBrowser } from '../../support/staff.js';
import { World } from '../../support/world.js';

let world: World;
let busy: BusyOffice;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
  busy = await busyOffice(world);
  const { provinceCode, schoolCode } = busy.campus;
  await addStaff(world, { login: 'central', role: 'CENTRAL' });
  await addStaff(world, { login: 'province', role: 'PROVINCE', provinceCode });
  await addStaff(world, { login: 'school', role: 'SCHOOL', provinceCode, schoolCode });
});
afterAll(() => world.close());

/** The first page of somebody who signs in now. */
async function dashboard(login: string): Promise<Dashboard> {
  const browser = new StaffBrowser(world);
  await browser.signsIn(login);
  return (await browser.get('/api/dashboard').expect(200)).body;
}

const values = (figures: readonly { label: string; value: number }[] = []) =>
  Object.fromEntries(figures.map(({ label, value }) => [label, value]));

test('The first page counts registrations, seats, payments and reviews of the scope', async () => {
  const { sitting, payments, reviews } = await dashboard('school');
  expect(values(sitting!.figures)).toEqual({
    报名人数: 13,
    已支付科目: 6,
    待支付科目: 5,
    正在候补: 2,
    待审核集体缴费: 0,
  });
  expect(sitting!.seats.lines[0]).toMatchObject({ name: '津南校区 日语四级', taken: 2, left: 0, waiting: 2 });
  expect(sitting!.subjects.map(({ name, taken, left }) => [name, taken, left])).toEqual([
    ['英语四级', 9, 251],
    ['英语六级', 0, 3],
    ['日语四级', 2, 20],
    ['英语四级口试', 0, 30],
  ]);
  expect(payments.map(({ label, orders, amount }) => [label, orders, amount])).toEqual([
    ['昨日', 0, '¥0.00'],
    ['今日', 6, '¥180.00'],
  ]);
  expect(payments[1]!.hours.slice(8, 13)).toEqual([0, 2, 2, 2, 0]);
  expect(values(reviews)).toEqual({ 今日提交: 1, 已等待1至2天: 1, 已等待3至6天: 1, 已等待7天以上: 1 });
});

test('Seats are added up by venue for a school, by school for a province, by province for the authority', async () => {
  const names = async (login: string) => {
    const { seats } = (await dashboard(login)).sitting!;
    return [seats.by, seats.lines.map(({ name }) => name)];
  };
  expect(await names('school')).toEqual(['考点科目', expect.arrayContaining(['八里台校区 英语四级'])]);
  expect(await names('province')).toEqual(['学校', ['第1大学']]);
  expect(await names('central')).toEqual(['省份', ['第12省', '第44省']]);
});

test.each(['central', 'province', 'school'])(
  'Each number %s reads is that of the rows behind it',
  eachNumberLeadsToItsRows,
);

async function eachNumberLeadsToItsRows(login: string): Promise<void> {
  const browser = new StaffBrowser(world);
  await browser.signsIn(login);
  for (const { value, href } of numbers(await dashboard(login))) {
    const [noun, query] = href.replace('/admin/resources/', '').split('?');
    const list = await browser.list(noun!, Object.fromEntries(new URLSearchParams(query)));
    expect([href, list.meta.total]).toEqual([href, value]);
  }
  const { sitting } = await dashboard(login);
  for (const { href, taken, waiting } of [...sitting!.seats.lines, ...sitting!.subjects]) {
    const [, query] = href.split('?');
    const { records } = await browser.list('venues', Object.fromEntries(new URLSearchParams(query)));
    const total = (name: string) => records.reduce((sum, { params }) => sum + Number(params[name]), 0);
    expect([href, total('taken'), total('waiting')]).toEqual([href, taken, waiting]);
  }
}

function numbers({ sitting, payments, reviews, purges }: Dashboard): { value: number; href: string }[] {
  return [
    ...(sitting?.figures ?? []),
    ...payments.map(({ orders, href }) => ({ value: orders, href })),
    ...reviews,
    ...purges,
  ];
}

test('What deadlines took away is counted since yesterday’s midnight', async () => {
  world.clock.advance(1 * DAYS + 1 * HOURS);
  const before = values((await dashboard('central')).sitting!.figures);
  await world.job('enrolment.lapse');
  world.clock.advance(30 * SECONDS);
  const { purges, sitting } = await dashboard('central');
  expect(purges[0]).toMatchObject({ label: '逾期未支付，科目已取消', value: before.待支付科目 });
  // two of the freed seats went to those who waited
  expect(values(sitting!.figures)).toMatchObject({ 待支付科目: 2, 正在候补: 0 });

  world.clock.advance(25 * HOURS);
  await world.use(DeleteEmptyRegistrations).execute();
  const [, deleted] = (await dashboard('central')).purges;
  expect(deleted).toMatchObject({ label: '逾期未报考科目，报名信息已删除', value: before.待支付科目 });

  await eachNumberLeadsToItsRows('central');

  world.clock.advance(2 * DAYS);
  expect((await dashboard('central')).purges.map(({ value }) => value)).toEqual([0, 0]);
});

test('Whoever looks again within half a minute is shown what has been counted', async () => {
  const first = await dashboard('province');
  await world.dataSource.manager.deleteAll(Cet6Review);
  world.clock.advance(29 * SECONDS);
  expect(await dashboard('province')).toEqual(first);
  // another scope's are not these
  expect(await dashboard('school')).not.toEqual(first);
  world.clock.advance(1 * SECONDS);
  const { asOf, reviews } = await dashboard('province');
  expect(asOf).not.toBe(first.asOf);
  expect(reviews.every(({ value }) => value === 0)).toBe(true);
});
