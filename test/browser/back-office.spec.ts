import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import * as backOffice from '../../src/admin/index.js';
import type { StaffRole } from '../../src/kernel/actor.js';
import { toShanghaiText } from '../../src/kernel/clock.js';
import { Cet6Review, StudentRecord } from '../../src/modules/qualification/index.js';
import { Enrolment, Registration } from '../../src/modules/registration/index.js';
import { SittingRepository, usualSittingName, Venue } from '../../src/modules/sitting/index.js';
import { addStaff, STAFF_PASSWORD } from '../support/staff.js';
import { World } from '../support/world.js';
import { zipOf } from '../support/zip.js';
import { type BusyOffice, busyOffice, MARKUP } from './busy-office.js';
import { openChromium } from './chromium.js';
import { OfficeWindow } from './office-window.js';
import { bundlePanel } from './panel-bundle.js';

/** For a machine that does other things beside. */
const PATIENCE = 180_000;

let browser: Browser;
let world: World;
let busy: BusyOffice;
const windows: OfficeWindow[] = [];

beforeAll(async () => {
  bundlePanel();
  [browser, world] = await Promise.all([openChromium(), World.open({}, undefined, backOffice)]);
  busy = await busyOffice(world);
  const sitting = { number: 261, name: usualSittingName(261), current: false };
  await world.unitOfWork.run((tx) => world.use(SittingRepository).add(tx, sitting));
  await addStaff(world, { login: 'zhongyang', name: '林中央', role: 'CENTRAL' });
  await addStaff(world, { login: 'shengji', name: '宋省级', role: 'PROVINCE', provinceCode: '12' });
  await addStaff(world, { login: 'xuexiao', name: '何学校', role: 'SCHOOL', ...codesOf(busy) });
}, PATIENCE);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
afterEach(async () => {
  const complaints = windows.flatMap((office) => office.complaints);
  await Promise.all(windows.splice(0).map((office) => office.close()));
  expect(complaints).toEqual([]);
});

const codesOf = ({ campus: { provinceCode, schoolCode } }: BusyOffice) => ({ provinceCode, schoolCode });
const LOGINS: Record<StaffRole, string> = {
  CENTRAL: 'zhongyang',
  PROVINCE: 'shengji',
  SCHOOL: 'xuexiao',
};

/** Latin words that stand on pages as data: the system somebody signed in from, too. */
const DATA = [MARKUP, ...Object.values(LOGINS), 'Linux', 'Chrome'];

/** A window of its own for a member of staff, signed in. */
async function at(role: StaffRole, how?: { touch: boolean }): Promise<OfficeWindow> {
  const office = await OfficeWindow.open(browser, world.url, how);
  windows.push(office);
  await office.signsIn(LOGINS[role]);
  return office;
}

describe('Every page', () => {
  test.each([
    ['CENTRAL', 1440],
    ['PROVINCE', 1280],
    ['SCHOOL', 1280],
  ] as const)(
    'is in Chinese and no wider than the window, for %s at %i pixels',
    async (role, width) => {
      const office = await at(role);
      await office.resize(width);
      const found: Record<string, unknown> = {};
      for (const path of await office.places()) {
        await office.goesTo(path);
        const name = `${role}${path.replaceAll('/', '-')}`;
        await office.keepPicture(name);
        const words = await office.latinWords(DATA);
        const overflow = await office.overflow();
        if (words.length > 0 || overflow > 0) found[path] = { words, overflow };
      }
      expect(found).toEqual({});
    },
    PATIENCE,
  );
});

test('What no page may do is noticed', async () => {
  const office = await OfficeWindow.open(browser, world.url);
  await office.page.setContent(`<p>Save 保存</p><input placeholder="Search"><p hidden>Hidden</p>
    <hr style="width: 5000px"><img src="http://elsewhere.example/">
    <script>console.error('broken'); window.XSS = 1;</script>`);
  await office.settles();
  expect(await office.latinWords()).toEqual(['Save', 'Search']);
  expect(await office.overflow()).toBeGreaterThan(1000);
  const kinds = office.complaints.map((complaint) => complaint.split(':')[0]);
  expect(new Set(kinds)).toEqual(new Set(['console', 'markup ran', 'foreign host']));
  await office.close();
});

describe('A school’s teacher', () => {
  test(
    'decides reviews side by side: the differing number marked, one approved, one rejected with a reason',
    async () => {
      const office = await at('SCHOOL');
      const { page } = office;
      await office.goesTo('/admin/pages/cet6-queue');
      await page.getByRole('row', { name: /王𬱖/ }).getByRole('button', { name: '查看' }).click();
      await office.settles();
      expect(await page.locator('mark').allInnerTexts()).not.toEqual([]);
      await office.keepPicture('story-review');
      await page.getByLabel('本人有效身份证件原件').check();
      await page.getByRole('button', { name: '通过 王𬱖' }).click();
      await page.getByText(/^已通过 王𬱖，\d+ 秒后生效并通知考生$/).waitFor();
      expect(await stateOf(busy.reviews.王𬱖!)).toMatchObject({
        state: 'PENDING',
        given: { decision: 'APPROVE' },
      });
      // the page goes on to the next review by itself, and back to this one where it is taken back
      await office.settles();
      await page.getByRole('button', { name: '撤回' }).click();
      await page.getByRole('heading', { name: /王𬱖/ }).waitFor();
      expect(await stateOf(busy.reviews.王𬱖!)).toMatchObject({ state: 'PENDING', given: null });
      await page.getByLabel('本人有效身份证件原件').check();
      await page.getByRole('button', { name: '通过 王𬱖' }).click();
      await page.getByText(/^已通过 王𬱖/).waitFor();
      await tenSecondsPass();
      expect(await stateOf(busy.reviews.王𬱖!)).toMatchObject({ state: 'APPROVED' });

      await office.goesTo('/admin/pages/cet6-queue');
      await page
        .getByRole('row', { name: /李欣怡/ })
        .getByRole('button', { name: '查看' })
        .click();
      await page.getByRole('button', { name: '不通过', exact: true }).click();
      await page.getByLabel(/不通过的原因/).fill('成绩单与本人不符');
      await office.keepPicture('story-review-rejected');
      await page.getByRole('button', { name: '不通过 李欣怡' }).click();
      await page.getByText(/^不通过 李欣怡，\d+ 秒后生效并通知考生$/).waitFor();
      await tenSecondsPass();
      expect(await stateOf(busy.reviews.李欣怡!)).toMatchObject({
        state: 'REJECTED',
        reason: '成绩单与本人不符',
      });
    },
    PATIENCE,
  );

  test('imports a roster with faults: each by line and column, nothing taken until asked for, then the good lines', async () => {
    const office = await at('SCHOOL');
    const { page } = office;
    await office.goesTo('/admin/pages/roster-import');
    await page.getByLabel('选择文件').setInputFiles({
      name: '学籍.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(ROSTER),
    });
    await page.getByText('问题清单（共 1 处）').waitFor();
    const records = () =>
      world.dataSource.manager.countBy(StudentRecord, { details: { college: '数学学院' } });
    expect(await records()).toBe(0);
    const faults = await page.getByRole('row').allInnerTexts();
    expect(faults.some((line) => /3/.test(line) && /证件号码/.test(line))).toBe(true);
    await office.keepPicture('story-roster-faults');
    expect(await office.latinWords(DATA)).toEqual([]);
    await page.getByRole('button', { name: /只导入无误的/ }).click();
    await page.getByText('已存入 2 条无误的数据').waitFor();
    expect(await records()).toBe(2);
    await office.keepPicture('story-roster-taken');
  });

  test('keeps the faults of a zip as a file of which a spreadsheet runs nothing', async () => {
    const office = await at('SCHOOL');
    const { page } = office;
    await office.goesTo('/admin/pages/photo-import');
    await page.getByLabel('选择文件').setInputFiles({
      name: '照片.zip',
      mimeType: 'application/zip',
      buffer: zipOf(['＝1+1.txt', ' =2+2.txt', '=3+3.txt'].map((name) => ({ name, content: 'x' }))),
    });
    await page.getByText('问题清单（共 3 处）').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载问题清单' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
    expect(lines.slice(0, 4)).toEqual([
      '\ufeff文件,问题',
      expect.stringMatching(/^'＝1\+1\.txt,/),
      expect.stringMatching(/^' =2\+2\.txt,/),
      expect.stringMatching(/^'=3\+3\.txt,/),
    ]);
  });

  test('reads the dashboard, and follows a number to its rows', async () => {
    const office = await at('SCHOOL');
    const { page } = office;
    await page.getByRole('heading', { name: '各考点科目考位' }).waitFor();
    await page.getByText('以表格查看').click();
    expect(await page.getByRole('row', { name: /^9时/ }).innerText()).toMatch(/2$/);
    const registered = page.getByRole('link', { name: /^报名人数/ });
    const count = Number(/\d+/.exec(await registered.innerText())![0]);
    await registered.click();
    await office.settles();
    expect(await page.getByText(`${count} 条`).isVisible()).toBe(true);
    expect(await page.locator('tbody tr').count()).toBe(count);
  });
});

describe('The menu of a row', () => {
  const menuOf = (office: OfficeWindow, name: string) => {
    const line = office.page.getByRole('row', { name });
    return { dots: line.getByRole('button', { name: '操作' }), lines: line.getByRole('menuitem') };
  };

  test('works by keyboard: opened, gone through, left, and chosen from', async () => {
    const office = await at('SCHOOL');
    const { page } = office;
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await office.goesTo('/admin/resources/student-records');
    const { dots, lines } = menuOf(office, '孙悦');
    await dots.focus();
    expect(await lines.count()).toBe(0);
    await page.keyboard.press('Enter');
    const words = await lines.allInnerTexts();
    expect(words).toEqual(['学籍详情', '修改学籍', '加入名单', '重置登录账号']);
    expect(await focused()).toBe(words[0]);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(words[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(words.at(-1));
    await page.keyboard.press('Escape');
    expect(await lines.count()).toBe(0);
    expect(await dots.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await office.settles();
    expect(new URL(page.url()).pathname).toMatch(/\/student-records\/records\/[^/]+\/resetAccount$/);
    expect(await page.getByText('孙悦', { exact: true }).isVisible()).toBe(true);
  });

  test('opens and closes by a tap, and stands inside the window beside the last row too', async () => {
    const office = await at('SCHOOL', { touch: true });
    const { page } = office;
    await page.setViewportSize({ width: 1280, height: 700 });
    await office.goesTo('/admin/resources/student-records');
    const { dots, lines } = menuOf(office, '陈思远');
    await dots.tap();
    expect(await lines.count()).toBe(4);
    const { y, height } = (await lines.last().boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(700);
    await dots.tap();
    expect(await lines.count()).toBe(0);
    await dots.tap();
    await page.getByRole('heading', { name: /^学籍/ }).tap();
    expect(await lines.count()).toBe(0);
    await dots.tap();
    await lines.filter({ hasText: '修改学籍' }).tap();
    await office.settles();
    expect(await page.locator('#name').inputValue()).toBe('陈思远');
  });
});

test('A list keeps to the sitting that is chosen by its name, and says so to whoever follows its address', async () => {
  const office = await at('SCHOOL');
  const { page } = office;
  const rows = () => page.locator('tbody tr').count();
  const openFilter = async () => {
    await page.getByRole('button', { name: '筛选' }).click();
    await office.settles();
  };
  const keepsTo = async (name: string) => {
    await choose(office, 'sittingNumber', name);
    await page.getByRole('button', { name: '查询' }).click();
    await office.settles();
    return rows();
  };
  await office.goesTo('/admin/resources/registrations');
  const all = await rows();
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('form')?.getAttribute('data-css'));
  await page.locator('#sittingNumber').focus();
  expect(await focused()).toBeUndefined();
  await openFilter();
  expect(await focused()).toBe('registrations-filter-drawer');
  await page.locator('#sittingNumber').press('ArrowDown');
  expect(await page.getByRole('option').allInnerTexts()).toEqual(['262 2026年下半年', '261 2026年上半年']);
  await office.keepPicture('story-sitting-filter');
  expect(await keepsTo('2026年上半年')).toBe(0);
  await openFilter();
  expect(await keepsTo('262')).toBe(all);
  expect(new URL(page.url()).searchParams.get('filters.sittingNumber')).toBe('262');

  await office.goesTo('/admin/resources/notices?filters.sittingNumber=261');
  await openFilter();
  expect(await page.getByText('261 2026年上半年').isVisible()).toBe(true);
  expect(await office.latinWords(DATA)).toEqual([]);
});

test(
  'A province moves the windows of all its campuses, after seeing whom it touches',
  async () => {
    const office = await at('PROVINCE');
    const { page } = office;
    await office.goesTo('/admin/pages/venue-windows');
    await page.getByText(/^全选筛选出的/).click();
    await page.getByLabel('结束时间').fill('2026-11-27T18:00');
    await page.getByRole('button', { name: '预览影响' }).click();
    await page.getByText(/^将修改 3 项报名时间/).waitFor();
    await office.keepPicture('story-windows');
    expect(await office.latinWords(DATA)).toEqual([]);
    await page.getByRole('button', { name: '确认修改' }).click();
    await page.getByText(/^已修改 3 项报名时间/).waitFor();
    const venues = await world.dataSource.manager.find(Venue, { order: { id: 'ASC' } });
    const closing = (schoolCode: string) => [
      ...new Set(
        venues
          .filter((venue) => venue.schoolCode === schoolCode)
          .map(({ closesAt }) => toShanghaiText(closesAt!)),
      ),
    ];
    expect(closing('12001')).toEqual(['2026-11-27 18:00']);
    expect(closing('44001')).not.toEqual(['2026-11-27 18:00']);
  },
  PATIENCE,
);

test(
  'A school enrols a student collectively and pays by transfer; the province, and no one before, makes it paid',
  async () => {
    const student = await world.record({ campus: busy.campus, name: '集体生', studentNumber: '2412900' });
    const teacher = await at('SCHOOL');
    const { page } = teacher;

    await teacher.goesTo('/admin/resources/collective-registrations/actions/paste');
    await page.getByLabel('证件号码或学号').fill('2412900\n没有此人');
    await choose(teacher, 'subjectCode', '英语四级');
    await page.getByText('报名后锁定，由学校集体缴费').click();
    await teacher.keepPicture('story-collective-list');
    await page.getByRole('button', { name: '提交检查' }).click();
    await teacher.settles();
    await world.job('collective-registration.work-off');
    await teacher.goesTo('/admin/resources/collective-registrations');
    await teacher.keepPicture('story-collective-checked');
    await act(teacher, '待确认', '确认报名');
    await page.getByRole('button', { name: '确认报名' }).click();
    await page.getByRole('button', { name: '确定确认报名' }).click();
    await teacher.settles();
    await world.job('collective-registration.work-off');
    const enrolment = () =>
      world.dataSource
        .createQueryBuilder(Enrolment, 'enrolment')
        .innerJoin(Registration, 'registration', 'registration.id = enrolment.registrationId')
        .where('registration.recordId = :id', { id: student.id })
        .getOneOrFail();
    expect(await enrolment()).toMatchObject({ state: 'UNPAID', lockedBySchool: true, enrolledBy: 'SCHOOL' });

    await teacher.goesTo('/admin/resources/payment-batches/actions/submit');
    await choose(teacher, 'kind', '笔试');
    await page.getByLabel('转账金额（元）').fill('30.00');
    await page.getByLabel('银行转账凭证号').fill('20261121001');
    await choose(teacher, 'reportForm', '纸质');
    await teacher.keepPicture('story-transfer');
    await page.getByRole('button', { name: '提交集体缴费' }).click();
    await page.getByText('集体缴费已提交，等待省级承办机构或教育考试院审核').waitFor();
    expect(await enrolment()).toMatchObject({ state: 'UNPAID' });

    const clerk = await at('PROVINCE');
    await clerk.goesTo('/admin/resources/payment-batches');
    await act(clerk, '20261121001', '审核通过');
    await clerk.page.getByLabel('银行流水上的到账金额（元）').fill('30');
    await clerk.keepPicture('story-transfer-approved');
    await clerk.page.getByRole('button', { name: '审核通过' }).click();
    await clerk.page.getByRole('button', { name: '确定审核通过' }).click();
    await clerk.page.getByText('已审核通过，正在逐一入账').waitFor();
    await world.job('payment.settle-batches');
    expect(await enrolment()).toMatchObject({ state: 'PAID' });
  },
  PATIENCE,
);

test(
  'Who fails too often at the door waits for a human check, which the page does by itself',
  async () => {
    await addStaff(world, { login: 'duoci', name: '多次', role: 'CENTRAL' });
    const office = await OfficeWindow.open(browser, world.url);
    windows.push(office);
    const { page } = office;
    for (let n = 0; n < 5; n++) await office.signsIn('duoci', 'a wrong guess');
    await page.getByText('人机验证已完成').waitFor();
    expect(await office.latinWords(['duoci'])).toEqual([]);
    await office.keepPicture('door-check');
    await page.getByLabel('密码').fill(STAFF_PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL('**/admin');
    await office.settles();
  },
  PATIENCE,
);

/** Picks from a list of choices by typing. */
async function choose({ page }: OfficeWindow, field: string, option: string): Promise<void> {
  await page.locator(`#${field}`).fill(option);
  await page.keyboard.press('Enter');
}

/** An action from the menu of the row with this text. */
async function act(office: OfficeWindow, row: string, action: string): Promise<void> {
  const line = office.page.getByRole('row', { name: row });
  await line.getByRole('button', { name: '操作' }).click();
  await line.getByRole('menuitem', { name: action, exact: true }).click();
  await office.settles();
}

async function tenSecondsPass(): Promise<void> {
  world.clock.advance(10_000);
  await world.job('cet6-review.make-final');
}
const stateOf = (id: string) => world.dataSource.manager.findOneByOrFail(Cet6Review, { id });

/** Three lines of the school's; the second has a wrong check digit. */
const ROSTER = `校区代码,证件类型,证件号码,姓名,性别,学历,学制,入学年份,年级,院系,专业,班级,学号,备注
120011,居民身份证,129901200503140177,陈新生,男,本科,4,2024,2024,数学学院,数学与应用数学,1,241001,
120011,居民身份证,129901200503140178,错号码,男,本科,4,2024,2024,数学学院,数学与应用数学,1,241002,
120012,护照,G12345678,${MARKUP},女,本科,4,2024,2024,数学学院,数学与应用数学,1,241003,${MARKUP}
`;
