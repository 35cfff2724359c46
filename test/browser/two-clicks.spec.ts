import type { Browser, Locator, Page } from 'playwright-core';
import * as backOffice from '../../src/admin/index.js';
import { Staff } from '../../src/admin/staff/staff.entity.js';
import { StaffSession } from '../../src/admin/staff/staff-session.entity.js';
import { DAYS, HOURS, later } from '../../src/kernel/clock.js';
import { Cet4Result, Cet6Review } from '../../src/modules/qualification/index.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { World } from '../support/world.js';
import { addReview, type BusyOffice, busyOffice } from './busy-office.js';
import { openChromium } from './chromium.js';
import { OfficeWindow } from './office-window.js';
import { bundlePanel } from './panel-bundle.js';

/**
 * Two clicks approved two people: in the queue 通过 was one click and final, and the next candidate's 通过 appeared in the
 * same place. Real clicks here, at one spot, 600 ms apart, as a hand does that is not sure of the first.
 */
const PATIENCE = 180_000;
const BETWEEN_MS = 600;

let browser: Browser;
let world: World;
let busy: BusyOffice;
let office: OfficeWindow;
let tickets = 0;

beforeAll(async () => {
  bundlePanel();
  [browser, world] = await Promise.all([openChromium(), World.open({}, undefined, backOffice)]);
  busy = await busyOffice(world);
  const { provinceCode, schoolCode } = busy.campus;
  await addStaff(world, { login: 'xuexiao', name: '何学校', role: 'SCHOOL', provinceCode, schoolCode });
  await addStaff(world, { login: 'zhongyang', name: '林中央', role: 'CENTRAL' });
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
afterEach(async () => {
  expect(office.complaints).toEqual([]);
  await office.close();
});

const manager = () => world.dataSource.manager;

/** Two clicks at the middle of what stands there when the first one is made. */
async function clicksTwice(page: Page, there: Locator): Promise<void> {
  await there.click({ trial: true });
  const { x, y, width, height } = (await there.boundingBox())!;
  const [left, top] = [x + width / 2, y + height / 2];
  await page.mouse.click(left, top);
  await page.waitForTimeout(BETWEEN_MS);
  await page.mouse.click(left, top);
  await page.waitForTimeout(BETWEEN_MS);
  await office.settles();
}

async function at(login: string): Promise<OfficeWindow> {
  office = await OfficeWindow.open(browser, world.url);
  await office.signsIn(login);
  return office;
}

/** Claims that nobody would hesitate over, who waits longest first: only the clicks are at fault. */
async function cleanClaims(...names: string[]): Promise<Cet6Review[]> {
  await manager().clear(Cet6Review);
  const reviews: Cet6Review[] = [];
  for (const [i, name] of names.entries()) {
    const record = await world.record({ campus: busy.campus, name });
    const { documentType, documentNumber } = record.details;
    const ticketNumber = `1100101811199${String(++tickets).padStart(2, '0')}`;
    const result = {
      ticketNumber,
      documentType: null,
      documentNumber: documentNumber.toLowerCase(),
      name,
      score: 500,
    };
    await world.unitOfWork.run((tx) => tx.manager.upsert(Cet4Result, result, ['ticketNumber']));
    const submittedAt = later(world.clock.now(), i * HOURS - 5 * DAYS);
    reviews.push(
      await addReview(world, busy.campus, { name, documentType, documentNumber, ticketNumber, submittedAt }),
    );
  }
  return reviews;
}
const decided = async () =>
  (await manager().find(Cet6Review)).filter((review) => review.state !== 'PENDING' || review.given);

test.each([1, 2, 3])(
  'two clicks on 通过 approve one candidate, run %i of three: it was two',
  async () => {
    await cleanClaims('钱一', '钱二', '钱三');
    const { page } = await at('xuexiao');
    await office.goesTo('/admin/pages/cet6-queue');
    await page.getByRole('row', { name: /钱一/ }).getByRole('button', { name: '查看' }).click();
    await office.settles();
    await clicksTwice(page, page.getByRole('button', { name: /^通过/ }));
    expect((await decided()).map(({ name }) => name)).toEqual(['钱一']);
  },
  PATIENCE,
);

test(
  'two clicks, or Enter twice, on the button of a form do not answer what it asks then: the account was disabled',
  async () => {
    const { page } = await at('zhongyang');
    const { id } = await addStaff(world, { login: 'wang', name: '王小', role: 'CENTRAL' });
    await office.goesTo(`/admin/resources/staff/records/${id}/disable`);
    const button = page.getByRole('button', { name: '停用', exact: true });
    await clicksTwice(page, button);
    expect(await manager().findOneByOrFail(Staff, { id })).toMatchObject({ disabledAt: null });
    await page.getByRole('button', { name: '返回' }).click();
    // once it counts
    await button.click({ trial: true });
    await button.focus();
    for (let i = 0; i < 2; i++) {
      await page.keyboard.press('Enter');
      await page.waitForTimeout(BETWEEN_MS);
    }
    await office.settles();
    expect(await manager().findOneByOrFail(Staff, { id })).toMatchObject({ disabledAt: null });
    await page.getByText(/已登录的会话立即失效/).waitFor();
    await page.getByRole('button', { name: '确定停用' }).click();
    await page.getByText('账号已停用').waitFor();
    expect((await manager().findOneByOrFail(Staff, { id })).disabledAt).not.toBeNull();
  },
  PATIENCE,
);

test(
  'two clicks on 退出 sign out one device: the next line had moved up, and it was two',
  async () => {
    const { page } = await at('zhongyang');
    for (let i = 0; i < 3; i++) await new StaffBrowser(world).signsIn('zhongyang');
    const { id: staffId } = await manager().findOneByOrFail(Staff, { login: 'zhongyang' });
    const sessions = () => manager().countBy(StaffSession, { staffId });
    const before = await sessions();
    await office.goesTo('/admin/pages/my-account');
    await clicksTwice(page, page.getByRole('button', { name: '退出', exact: true }).first());
    expect(await sessions()).toBe(before - 1);
  },
  PATIENCE,
);
