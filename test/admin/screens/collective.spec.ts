import * as backOffice from '../../../src/admin/index.js';
import type { Staff } from '../../../src/admin/staff/staff.entity.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { CollectiveRegistration } from '../../../src/modules/collective-registration/index.js';
import { PaymentBatch } from '../../../src/modules/payment/index.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import type { Campus, Venue } from '../../../src/modules/sitting/index.js';
import { addStaff, StaffBrowser } from '../../support/staff.js';
import { World } from '../../support/world.js';

let world: World;
let campus: Campus;
let venue: Venue;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  campus = await world.campus({
    provinceCode: '11',
    schoolCode: '11001',
    code: '110010',
    name: '学院路校区',
  });
  venue = await world.venue({ campus });
});

async function signedIn(facts: Partial<Staff> & { login: string; role: Staff['role'] }) {
  await addStaff(world, facts);
  const browser = new StaffBrowser(world);
  await browser.signsIn(facts.login).then(({ status }) => expect(status).toBe(303));
  return browser;
}
const teacher = () => signedIn({ login: 'teacher', role: 'SCHOOL', provinceCode: '11', schoolCode: '11001' });
const stranger = () =>
  signedIn({ login: 'stranger', role: 'SCHOOL', provinceCode: '44', schoolCode: '44001' });
const province = () => signedIn({ login: 'province', role: 'PROVINCE', provinceCode: '11' });
const act = (browser: StaffBrowser, noun: string, action: string, ids: string[], input: object = {}) =>
  browser.fills(noun, action, ids, input);
const column = async (
  browser: StaffBrowser,
  noun: string,
  name: string,
  query: Record<string, string> = {},
) => (await browser.list(noun, query)).records.map(({ params }) => params[name]);

/** What a row's page shows. */
const page = async (browser: StaffBrowser, noun: string, id: string) => {
  const { body } = await browser.get(`/api/resources/${noun}/records/${id}/show`).expect(200);
  return body.record.params as Record<string, string>;
};

describe('集体报名', () => {
  it('takes a list, shows each line’s outcome, and enrols when the school says so', async () => {
    const browser = await teacher();
    const student = await world.record({ campus, name: '买买提·吐尔逊' });
    const answer = await act(browser, 'collective-registrations', 'paste', [], {
      numbers: `${student.details.documentNumber}\nE404`,
      subjectCode: '1',
      locks: true,
    }).expect(200);
    expect(answer.body.message).toContain('正在检查');
    await world.job('collective-registration.work-off');

    const [list] = (await browser.list('collective-registrations')).records;
    expect(list!.params).toMatchObject({ state: 'CHECKED', ready: '1', refused: '1' });
    expect(await page(browser, 'collective-registrations', list!.id)).toMatchObject({ staff: 'teacher老师' });
    const filter = { 'filters.list': list!.id };
    expect(await column(browser, 'collective-registration-lines', 'reason', filter)).toEqual([
      '学籍库中没有此人',
      '—',
    ]);
    await act(browser, 'collective-registrations', 'enrol', [list!.id]).expect(200);
    await world.job('collective-registration.work-off');
    expect(await column(browser, 'collective-registration-lines', 'state', filter)).toEqual([
      'REFUSED',
      'ENROLLED',
    ]);
    const { id } = (await browser.list('enrolments')).records[0]!;
    expect(await page(browser, 'enrolments', id)).toMatchObject({
      name: '买买提·吐尔逊',
      locked: '1',
      enrolledBy: 'SCHOOL',
      state: 'UNPAID',
    });
  });

  it('takes the first column of a file', async () => {
    const browser = await teacher();
    const student = await world.record({ campus, studentNumber: '20240007' });
    await browser
      .post('/api/actions/collective-registrations/upload')
      .query({ request: JSON.stringify({ ids: [], input: { subjectCode: '1' } }), file: '名单.csv' })
      .set('Content-Type', 'application/octet-stream')
      .send(Buffer.from(`学号,姓名\n${student.details.studentNumber},"张,三"\n`))
      .expect(200);
    await world.job('collective-registration.work-off');
    expect(await column(browser, 'collective-registration-lines', 'state')).toEqual(['READY']);
  });

  it('takes students chosen on the roster', async () => {
    const browser = await teacher();
    const [one, two] = [await world.record({ campus }), await world.record({ campus })];
    await act(browser, 'student-records', 'enrolCollectively', [one.id, two.id], { subjectCode: '1' }).expect(
      200,
    );
    await world.job('collective-registration.work-off');
    expect(await column(browser, 'collective-registration-lines', 'state')).toEqual(['READY', 'READY']);
  });

  it('is the school’s: others see nothing of it, and a province does not do it', async () => {
    const browser = await teacher();
    await act(browser, 'collective-registrations', 'paste', [], { numbers: 'E1', subjectCode: '1' }).expect(
      200,
    );
    const list = await world.dataSource.manager.findOneByOrFail(CollectiveRegistration, {});
    await world.job('collective-registration.work-off');
    await act(await stranger(), 'collective-registrations', 'enrol', [list.id]).expect(404);
    const clerk = await province();
    expect((await clerk.list('collective-registrations')).records).toHaveLength(1);
    await act(clerk, 'collective-registrations', 'enrol', [list.id]).expect(403);
    await act(browser, 'collective-registrations', 'paste', [], { numbers: '', subjectCode: '1' }).expect(
      422,
    );
    await act(browser, 'collective-registrations', 'paste', [], { numbers: 'E1', subjectCode: 'X' }).expect(
      422,
    );
  });
});

describe('报考科目 and 集体缴费', () => {
  it('locks, pays by a transfer that a second person approves, and shows where the money went', async () => {
    const browser = await teacher();
    const clerk = await province();
    const [one, two] = [await world.registered({ campus }), await world.registered({ campus })];
    const ids = [(await one.enrols(venue)).id, (await two.enrols(venue)).id];
    await act(browser, 'enrolments', 'lock', ids).expect(200);
    const form = (await browser.get('/api/forms/payment-batches/submit').expect(200)).body;
    expect(form.text).toContain('笔试：可缴费 2 科，合计 60.00 元');
    const submission = { kind: 'WRITTEN', transferReference: 'BOC-20261121-7', reportForm: 'PAPER' };
    const wrong = await act(browser, 'payment-batches', 'submit', [], { ...submission, amountFen: '59.99' });
    expect(wrong.body.code).toBe('BATCH_AMOUNT_DIFFERS');
    await act(browser, 'payment-batches', 'submit', [], { ...submission, amountFen: '60' }).expect(200);

    const { id } = await world.dataSource.manager.findOneByOrFail(PaymentBatch, {});
    await act(browser, 'payment-batches', 'approve', [id], { receivedFen: '60.00' }).expect(403);
    await act(await stranger(), 'payment-batches', 'withdraw', [id]).expect(404);
    await act(clerk, 'payment-batches', 'approve', [id], { receivedFen: '60.00' }).expect(200);
    await world.job('payment.settle-batches');

    expect(await column(browser, 'enrolments', 'state', { 'filters.state': 'SEATED' })).toEqual([
      'PAID',
      'PAID',
    ]);
    expect(await column(clerk, 'payment-batches', 'outcome')).toEqual(['已支付 2 科 60.00 元']);
    expect(await column(clerk, 'payment-batch-lines', 'state', { 'filters.batch': id })).toEqual([
      'PAID',
      'PAID',
    ]);
    const [order] = (await browser.list('orders')).records;
    expect(order!.params).toMatchObject({
      state: 'PAID',
      method: '学校集体缴费（银行转账）',
      lines: '英语四级 30.00',
    });
    const shown = await page(browser, 'orders', order!.id);
    expect(shown).toMatchObject({ outcome: '已计入报考科目', batch: '查看批次' });
    expect(shown.messages).toContain('支付成功');
    const trail = await world.dataSource.manager.find(AuditLine, { order: { id: 'ASC' } });
    const decisions = trail.filter(({ action }) => action !== 'staff.sign-in');
    expect(decisions.map(({ action }) => action)).toEqual([
      'enrolment.lock',
      'enrolment.lock',
      'payment-batch.submit',
      'payment-batch.decide',
    ]);
  });

  it('lists the rows that could not be locked with their reasons, and locks the rest', async () => {
    const browser = await teacher();
    const [one, two] = [await world.registered({ campus }), await world.registered({ campus })];
    const [mine, paid] = [await one.enrols(venue), await two.enrols(venue)];
    await two.pays();
    const answer = await act(browser, 'enrolments', 'lock', [mine.id, paid.id]).expect(200);
    expect(answer.body.message).toBe('已锁定 1 科，1 科不能锁定');
    expect(answer.body.lines.rows).toEqual([
      [two.documents.name, '英语四级', '已支付的科目不能取消或更改。'],
    ]);
    expect(await world.dataSource.manager.countBy(Enrolment, { lockedBySchool: true })).toBe(1);
    const refused = await act(browser, 'enrolments', 'lock', [mine.id]).expect(409);
    expect(refused.body.code).toBe('ALREADY_LOCKED');
    await act(browser, 'enrolments', 'unlock', [mine.id]).expect(200);
  });

  it('are found by name, document, student number, subject, campus and lock', async () => {
    const browser = await teacher();
    const wanted = await world.registered({ campus, name: '欧阳修', studentNumber: 'S9' });
    await wanted.enrols(venue);
    const other = await world.registered({ campus, name: '苏轼' });
    await other.enrols(await world.venue({ campus, subject: '6' }));
    const found = (name: string, value: string) =>
      column(browser, 'enrolments', 'name', { [`filters.${name}`]: value });
    expect(await found('name', '欧阳')).toEqual(['欧阳修']);
    expect(await found('documentNumber', wanted.documents.documentNumber)).toEqual(['欧阳修']);
    expect(await found('studentNumber', 'S9')).toEqual(['欧阳修']);
    expect(await found('subject', '6')).toEqual(['苏轼']);
    expect(await found('campusCode', '110010')).toEqual(['苏轼', '欧阳修']);
    expect(await found('campusCode', '440010')).toEqual([]);
    expect(await found('locked', '0')).toHaveLength(2);
    expect(await found('locked', '1')).toEqual([]);
  });

  it('are the candidate’s school’s, wherever the exam is taken or waited for', async () => {
    const far = await world.campus({ provinceCode: '44', schoolCode: '44001', code: '440010' });
    const language = await world.venue({ campus: far, subject: '5', seats: 1, admits: 'ALL_SCHOOLS' });
    const mine = await world.registered({ campus });
    await mine.enrols(language);
    const late = await world.registered({ campus });
    await late.waitsFor(language);
    const [browser, host] = [await teacher(), await stranger()];
    expect((await browser.list('enrolments')).records).toHaveLength(1);
    expect((await host.list('enrolments')).records).toHaveLength(0);
    expect(await column(browser, 'waitlist-entries', 'state')).toEqual(['WAITING']);
    expect((await host.list('waitlist-entries')).records).toHaveLength(0);
  });
});
