import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import * as backOffice from '../../../src/admin/index.js';
import type { Staff } from '../../../src/admin/staff/staff.entity.js';
import { DAYS, later } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { AuditLine } from '../../../src/modules/audit/index.js';
import { Cet6ReviewRepository } from '../../../src/modules/qualification/cet6-review.repository.js';
import {
  Cet4Result,
  Cet6Review,
  StudentPhoto,
  StudentRecord,
  SubjectListLine,
} from '../../../src/modules/qualification/index.js';
import type { Campus } from '../../../src/modules/sitting/index.js';
import { xlsxLines } from '../../../src/platform/import/xlsx-lines.js';
import { jpegOf } from '../../support/jpeg.js';
import { addStaff, StaffBrowser } from '../../support/staff.js';
import { World } from '../../support/world.js';
import { zipOf } from '../../support/zip.js';

let world: World;
let campus: Campus;
let elsewhere: Campus;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await world.sitting();
  campus = await world.campus({
    provinceCode: '11',
    schoolCode: '11001',
    code: '110010',
    name: '学院路校区',
  });
  elsewhere = await world.campus({ provinceCode: '44', schoolCode: '44001', code: '440010' });
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
const central = () => signedIn({ login: 'central', role: 'CENTRAL' });

/** Sends a file as the page does: the bytes as the body, the rest beside. */
const send = (
  browser: StaffBrowser,
  tool: string,
  verb: string,
  file: Buffer | string,
  name: string,
  input = {},
) =>
  browser
    .post(`/api/tools/${tool}/${verb}`)
    .query({ request: JSON.stringify(input), file: name })
    .set('Content-Type', 'application/octet-stream')
    .send(Buffer.from(file));
const sha256 = (file: Buffer | string) => createHash('sha256').update(file).digest('hex');
const act = (browser: StaffBrowser, noun: string, action: string, ids: string[], input: object = {}) =>
  browser.fills(noun, action, ids, input);
const records = () => world.dataSource.manager.find(StudentRecord);

describe('学籍导入', () => {
  const HEADER = '校区代码,证件类型,证件号码,姓名,性别,学历,备注';
  const GOOD = '110010,护照,E1234567,王𬱖,女,本科,';
  const FOREIGN = '440010,护照,E1234568,李雷,男,本科,';
  const BAD = '110010,军官证,E1234569,<b>韩梅</b>,女,本科,=1+1';
  const FILE = [HEADER, GOOD, FOREIGN, BAD].join('\n');

  test('a file is checked, and nothing is stored; then its good lines are taken, those and no others', async () => {
    const browser = await teacher();
    const { body } = await send(browser, 'roster-import', 'check', FILE, '名单.csv').expect(200);
    expect(body).toMatchObject({ good: 1, faultCount: 2, stored: false, sha256: sha256(FILE) });
    expect(body.counts.map(({ value }: { value: number }) => value)).toEqual([3, 1, 0, 0, 2]);
    expect(body.faults.rows).toEqual([
      ['3', '校区代码', '不属于您管理的省份或学校'],
      ['4', '证件类型', expect.stringContaining('居民身份证')],
    ]);
    expect(await records()).toEqual([]);

    const whole = await send(browser, 'roster-import', 'take', FILE, '名单.csv', {
      sha256: sha256(FILE),
      takeGood: false,
    }).expect(200);
    expect(whole.body).toMatchObject({ stored: false });
    expect(await records()).toEqual([]);

    const input = { sha256: sha256(FILE), takeGood: true };
    const other = await send(browser, 'roster-import', 'take', `${FILE}\n${GOOD}`, '名单.csv', input);
    expect([other.status, other.body.code]).toEqual([409, 'IMPORT_FILE_CHANGED']);
    expect((await send(browser, 'roster-import', 'take', FILE, '名单.csv', input)).body).toMatchObject({
      stored: true,
      good: 1,
    });
    expect((await records()).map(({ details }) => details.name)).toEqual(['王𬱖']);
    expect(
      await world.dataSource.manager.findBy(AuditLine, { action: 'student-record.import' }),
    ).toMatchObject([{ schoolCode: '11001', factsAfter: { inserted: 1, rejected: 2 } }]);
  });

  test('a workbook will do; only the school takes it in', async () => {
    const rows = [HEADER, GOOD, FOREIGN].map((line) => line.split(','));
    const file = Buffer.from(await writeXlsx({ sheets: [{ name: '学籍', rows }] }));
    const check = (browser: StaffBrowser) => send(browser, 'roster-import', 'check', file, 'roster.xlsx');
    expect((await check(await teacher()).then(({ body }) => body)).faultCount).toBe(1);
    for (const browser of [await province(), await central()])
      await check(browser).then(({ status }) => expect(status).toBe(404));
  });

  test.each([
    ['nothing', '', 'a.csv', 'FILE_EMPTY'],
    ['another kind of file', FILE, 'a.exe', 'FILE_OF_ANOTHER_KIND'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'a.xlsx', 'IMPORT_FILE_IS_OLD_WORKBOOK'],
    ['a zip that is no workbook', zipOf([{ name: 'a', content: 'a' }]), 'a.xlsx', 'IMPORT_FILE_IS_ARCHIVE'],
  ])('%s is refused with a sentence', async (_, file, name, code) => {
    const { status, body } = await send(await teacher(), 'roster-import', 'check', file, name);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toMatch(/\p{Script=Han}/u);
  });

  test('the template can be filled in and taken in: only its first sheet is read', async () => {
    const browser = await teacher();
    const answer = await browser.get('/api/tools/roster-import/template').responseType('blob').expect(200);
    expect(decodeURIComponent(answer.headers['content-disposition']!)).toContain('学籍导入模板.xlsx');
    const file = join(world.config.dataDir, 'template.xlsx');
    writeFileSync(file, answer.body);
    const lines = [];
    for await (const line of xlsxLines(file)) lines.push(line);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.cells.slice(0, 4)).toEqual(['*校区代码', '*证件类型', '*证件号码', '*姓名']);
    const checked = await send(browser, 'roster-import', 'check', answer.body, '学籍导入模板.xlsx').expect(
      200,
    );
    expect(checked.body).toMatchObject({ faultCount: 0, good: 0 });
  });

  test('CET4 results are the authority’s alone', async () => {
    const file = '准考证号,证件号码,姓名,成绩\n120010251100112,E1234567,李欣怡,468\n';
    for (const browser of [await teacher(), await province()]) {
      await send(browser, 'cet4-result-import', 'check', file, 'a.csv').expect(404);
    }
    const input = { sha256: sha256(file), takeGood: false };
    await send(await central(), 'cet4-result-import', 'take', file, 'a.csv', input).expect(200);
    expect(await world.dataSource.manager.find(Cet4Result)).toMatchObject([{ score: 468 }]);
  });
});

describe('学籍', () => {
  test('is edited by the form, with what it left empty emptied', async () => {
    const browser = await teacher();
    const record = await world.record({ campus });
    const form = (await browser.get(`/api/forms/student-records/edit?ids=${record.id}`).expect(200)).body;
    expect(form.values).toMatchObject({ name: record.details.name, campusCode: '110010', entryYear: 2024 });
    const { grade, college, remark, ...filled } = form.values;
    const edited = await browser.fills('student-records', 'edit', [record.id], { ...filled, name: '李雷' });
    expect(edited.status).toBe(200);
    const [after] = await records();
    expect(after!.details).toEqual({ ...record.details, name: '李雷', grade: null, college: null });
    const wrong = await act(browser, 'student-records', 'edit', [record.id], { ...filled, gender: 'X' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'FIELD_INVALID']);
    expect([grade, college, remark]).toEqual(['2024', '化学学院', undefined]);
  });

  test('of another school is not there to be edited, listed, deleted or looked at', async () => {
    const record = await world.record({ campus });
    const browser = await stranger();
    for (const action of ['edit', 'putOnList', 'remove']) {
      await act(browser, 'student-records', action, [record.id], {}).expect(404);
    }
    await browser.get('/api/tools/cet6-queue/photo').query({ recordId: record.id }).expect(404);
    expect(await records()).toHaveLength(1);
  });

  test('is put on a list and taken off it, or deleted', async () => {
    const browser = await teacher();
    const record = await world.record({ campus });
    const input = { list: 'BLACK', subjectCode: '1', reason: '上一考次违规' };
    await act(browser, 'student-records', 'putOnList', [record.id], input).expect(200);
    const [line] = (await browser.list('subject-list-lines')).records;
    expect(line!.params).toMatchObject({ name: record.details.name, list: 'BLACK', reason: '上一考次违规' });
    await act(await stranger(), 'subject-list-lines', 'remove', [line!.id]).expect(404);
    await act(browser, 'subject-list-lines', 'remove', [line!.id]).expect(200);
    expect(await world.dataSource.manager.find(SubjectListLine)).toEqual([]);
    await act(browser, 'student-records', 'remove', [record.id]).expect(200);
    expect(await records()).toEqual([]);
  });

  test('goes out in full, within the scope, and no cell becomes a formula', async () => {
    const record = await world.record({ campus, college: '=cmd|calc', documentNumber: 'E7654321' });
    await world.record({ campus: elsewhere, documentNumber: 'E7654322' });
    const { text } = await (await teacher())
      .post('/api/exports/student-records', { filters: {} })
      .expect(200);
    expect(text).toContain(record.details.documentNumber);
    expect(text).not.toContain('E7654322');
    expect(text).not.toMatch(/(^|,)"?=cmd/m);
  });

  test('has a mobile number, found by it, in full in the school’s own file and masked everywhere else', async () => {
    const phone = '13900007777';
    await world.record({ campus, phone });
    await world.record({ campus });
    const browser = await teacher();
    const found = await browser.list('student-records', { 'filters.phone': '139 0000 7777' });
    expect(found.meta.total).toBe(1);
    expect(JSON.stringify(found)).not.toContain(phone);
    const { text } = await browser.post('/api/exports/student-records', { filters: { phone } });
    expect(text).toContain(phone);
    const [line] = await world.dataSource.manager.findBy(AuditLine, { action: 'student-records.export' });
    expect(line!.factsAfter).toEqual({ filters: { phone: '139****7777' } });
  });

  test('has a photo, shown to whoever sees the student and kept by nobody', async () => {
    const browser = await teacher();
    const record = await world.record({ campus, documentNumber: 'E1234567' });
    const photo = jpegOf(300, 400);
    const zip = zipOf([
      { name: 'E1234567.jpg', content: photo },
      { name: 'nobody.jpg', content: photo },
    ]);
    const checked = (await send(browser, 'photo-import', 'check', zip, '照片.zip').expect(200)).body;
    expect(checked).toMatchObject({ good: 1, faultCount: 1, stored: false });
    expect(checked.faults.rows).toEqual([['nobody.jpg', expect.stringContaining('没有')]]);
    await send(browser, 'photo-import', 'take', zip, '照片.zip', { sha256: checked.sha256, takeGood: true });
    expect(await world.dataSource.manager.countBy(StudentPhoto, {})).toBe(1);

    const shown = await browser
      .get('/api/tools/cet6-queue/photo')
      .query({ recordId: record.id })
      .responseType('blob')
      .expect(200);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(shown.body.equals(photo)).toBe(true);
    await (await stranger()).get('/api/tools/cet6-queue/photo').query({ recordId: record.id }).expect(404);
    await world.http.get(`/admin/api/tools/cet6-queue/photo?recordId=${record.id}`).expect(401);
  });
});

describe('CET6资格复核', () => {
  /** A claim that waits since so many days; the CET4 record has this document number. */
  async function waiting(at: Campus, days: number, recordNumber: string, facts: Partial<Cet6Review> = {}) {
    const record = await world.record({ campus: at, documentType: 'PASSPORT', name: '李明' });
    const { provinceCode, schoolCode, campusCode, documentType, documentNumber, name } = record.details;
    const ticketNumber = `1100102511${String(days).padStart(5, '0')}`;
    const result = { ticketNumber, documentType: null, documentNumber: recordNumber, name, score: 430 };
    const review: Cet6Review = {
      id: newId(),
      accountId: newId(),
      sittingId: record.sittingId,
      provinceCode,
      schoolCode,
      campusCode,
      documentType,
      documentNumber,
      name,
      ticketNumber,
      state: 'PENDING',
      submissions: 1,
      submittedAt: later(world.clock.now(), -days * DAYS),
      decidedAt: null,
      decidedBy: null,
      reason: null,
      basis: null,
      given: null,
      finalAt: null,
      ...facts,
    };
    await world.unitOfWork.run(async (tx) => {
      await tx.manager.upsert(Cet4Result, result, ['ticketNumber']);
      await tx.manager.insert(Cet6Review, review);
    });
    return review;
  }
  const ask = (browser: StaffBrowser, verb: string, body: object) =>
    browser.post(`/api/tools/cet6-queue/${verb}`, body);
  const tenSecondsPass = async () => {
    world.clock.advance(10_000);
    await world.job('cet6-review.make-final');
  };
  const stateOf = async ({ id }: Cet6Review) =>
    (await world.dataSource.manager.findOneByOrFail(Cet6Review, { id })).state;

  test('the queue has who waits longest first, filtered by state and age, within the scope', async () => {
    const browser = await teacher();
    const [young, old] = [await waiting(campus, 1, 'G1'), await waiting(campus, 9, 'G2', { submissions: 3 })];
    await waiting(elsewhere, 5, 'G3');
    const queue = async (asked: object) =>
      (await ask(browser, 'list', { state: 'PENDING', page: 1, ...asked }).expect(200)).body;
    const whole = await queue({});
    expect(whole).toMatchObject({ total: 2, mayDecide: true });
    expect(whole.items).toMatchObject([
      { id: old.id, waitingDays: 9, submissions: 3, notClean: '证件号码不同' },
      { id: young.id, waitingDays: 1 },
    ]);
    expect(JSON.stringify(whole)).not.toContain(old.documentNumber);
    expect((await queue({ olderThanDays: 3 })).items).toMatchObject([{ id: old.id }]);
    expect((await queue({ state: 'APPROVED' })).total).toBe(0);
    expect((await ask(await stranger(), 'list', { state: 'PENDING', page: 1 })).body.total).toBe(1);
    expect((await ask(browser, 'list', { state: 'DELETED', page: 1 })).status).toBe(422);
    // of a queue that is too long to count the first pages are shown
    expect((await ask(browser, 'list', { state: 'PENDING', page: 201 })).status).toBe(422);
    const counted = await world
      .use(Cet6ReviewRepository)
      .queue(world.unitOfWork.read(), { all: true }, { state: 'PENDING', skip: 1, take: 1, countedTo: 2 });
    expect([counted.total, counted.reviews.length]).toEqual([2, 1]);
  });

  test('one side beside the other, with the difference marked', async () => {
    const review = await waiting(campus, 1, 'x');
    const near = `${review.documentNumber.slice(0, -1)}9`;
    await world.unitOfWork.run((tx) =>
      tx.manager.update(Cet4Result, { ticketNumber: review.ticketNumber }, { documentNumber: near }),
    );
    const { body } = await ask(await teacher(), 'compare', { reviewId: review.id }).expect(200);
    const number = body.lines.find(({ label }: { label: string }) => label === '证件号码');
    expect(number).toMatchObject({ differs: true, roster: review.documentNumber });
    expect(number.said.at(-1)).toEqual({ text: review.documentNumber.at(-1), same: false });
    expect(number.record.at(-1)).toEqual({ text: '9', same: false });
    await ask(await stranger(), 'compare', { reviewId: review.id }).expect(404);
  });

  test('the school decides; its province and the authority only look', async () => {
    const review = await waiting(campus, 1, 'G1');
    const { version } = (await ask(await teacher(), 'compare', { reviewId: review.id }).expect(200)).body;
    const approve = { reviewId: review.id, version, decision: 'APPROVE', materials: ['ID_DOCUMENT'] };
    for (const browser of [await province(), await central()]) {
      expect((await ask(browser, 'compare', { reviewId: review.id }).expect(200)).body.mayDecide).toBe(false);
      expect((await ask(browser, 'decide', approve).expect(403)).body.code).toBe('NOT_YOUR_ROLE');
      await ask(browser, 'approveClean', { reviewIds: [review.id], versions: [version] }).expect(403);
      await act(browser, 'cet6-reviews', 'approveClean', [review.id]).expect(403);
    }
    await ask(await stranger(), 'decide', approve).expect(404);
    expect(await stateOf(review)).toBe('PENDING');
    const browser = new StaffBrowser(world);
    await browser.signsIn('teacher');
    await ask(browser, 'decide', { reviewId: review.id, version, decision: 'REJECT' }).expect(422);
    await ask(browser, 'decide', approve).expect(200);
    await tenSecondsPass();
    expect(await stateOf(review)).toBe('APPROVED');
    expect((await ask(browser, 'decide', approve)).body.code).toBe('REVIEW_ALREADY_DECIDED');
  });

  test('the clean ones of many are approved; the others are told with their reason', async () => {
    const unlike = await waiting(campus, 1, 'G1');
    const clean = await waiting(campus, 2, 'x');
    await world.unitOfWork.run((tx) =>
      tx.manager.update(
        Cet4Result,
        { ticketNumber: clean.ticketNumber },
        { documentNumber: clean.documentNumber.toLowerCase() },
      ),
    );
    const browser = await teacher();
    const { body } = await act(browser, 'cet6-reviews', 'approveClean', [unlike.id, clean.id]).expect(200);
    expect(body.message).toBe('已通过 1 条，10 秒后生效并通知考生');
    await tenSecondsPass();
    expect(body.lines.rows).toEqual([['李明', expect.stringContaining('证件号码')]]);
    expect([await stateOf(unlike), await stateOf(clean)]).toEqual(['PENDING', 'APPROVED']);
  });

  test('a page of another site decides nothing', async () => {
    const review = await waiting(campus, 1, 'G1');
    await ask(await teacher(), 'decide', { reviewId: review.id, version: 'v', decision: 'APPROVE' })
      .set('Sec-Fetch-Site', 'cross-site')
      .expect(403);
    expect(await stateOf(review)).toBe('PENDING');
  });

  test('a result from before 2005 is added by hand', async () => {
    const browser = await teacher();
    const { details } = await world.record({ campus, documentNumber: 'E1234567' });
    const input = {
      documentType: details.documentType,
      documentNumber: 'e1234567',
      reason: '2003年6月 450分',
    };
    const add = () => act(browser, 'cet6-reviews', 'addByHand', [], input).expect(200);
    expect((await add()).body.message).toContain('即刻可以报考');
    expect((await add()).body.message).toContain('已在六级白名单中');
    await act(await stranger(), 'cet6-reviews', 'addByHand', [], input).expect(404);
  });
});
