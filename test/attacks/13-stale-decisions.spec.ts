import { Staff } from '../../src/admin/staff/staff.entity.js';
import { DAYS, later, toShanghai } from '../../src/kernel/clock.js';
import { AuditLine } from '../../src/modules/audit/index.js';
import { ListOutbox } from '../../src/modules/notification/index.js';
import { PaymentBatch } from '../../src/modules/payment/index.js';
import { Cet4Result, StudentRecord } from '../../src/modules/qualification/index.js';
import { Enrolment } from '../../src/modules/registration/index.js';
import { Notice, Venue } from '../../src/modules/sitting/index.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { ReviewOffice } from './review-office.js';

/**
 * A decision fell on a claim that nobody had looked at: a review stood on two pages of a school; one rejected it, the
 * candidate submitted another ticket under the same id, and the other page's 通过 approved that, finally, and the trail
 * named no ticket. Whatever staff decide carries what they were shown.
 */
let office: ReviewOffice;
beforeAll(async () => {
  office = await ReviewOffice.open();
});
afterAll(() => office.world.close());
beforeEach(() => office.begin());

const manager = () => office.world.dataSource.manager;
const isRefused = async (answer: PromiseLike<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer;
  expect([status, body.code]).toEqual([409, 'ROWS_CHANGED_MEANWHILE']);
};

describe('A review on two pages of a school', () => {
  /** One teacher rejects it; the candidate puts another ticket where the first one stood. */
  async function twoPages(again: 'RESUBMITS' | 'DELETES_AND_SUBMITS') {
    const { candidate, ticketNumber: first, review } = await office.claimant();
    const [one, other] = [await office.teacher('one'), await office.teacher('other')];
    const list = await other.opens('cet6-reviews', 'approveClean', [review.id]);
    const queue = await other.post('/api/tools/cet6-queue/list', { state: 'PENDING', page: 1 }).expect(200);
    const stale = await office.looksAt(other, review);
    await (await office.looksAt(one, review)).reject().expect(200);
    await office.tenSecondsPass();
    const second = await office.ticket({ name: review.name });
    if (again === 'RESUBMITS') await candidate.put('/cet6-review', { ticketNumber: second }).expect(200);
    else {
      await candidate.delete('/cet6-review').expect(204);
      await candidate.post('/cet6-review', { ticketNumber: second }).expect(201);
    }
    expect(await office.reviewOf(candidate)).toMatchObject({
      id: review.id,
      state: 'PENDING',
      ticketNumber: second,
    });
    // the number is plainly theirs, so that whoever approves many at once would not stop at it either
    const documentNumber = review.documentNumber.toLowerCase();
    await manager().update(Cet4Result, { ticketNumber: second }, { documentNumber });
    return { candidate, review, first, second, other, stale, list, listed: queue.body.items[0] };
  }

  test.each(['RESUBMITS', 'DELETES_AND_SUBMITS'] as const)(
    'the other page’s 通过 approves nothing once the candidate %s: it approved a ticket that nobody had seen',
    async (again) => {
      const { candidate, review, second, other, stale } = await twoPages(again);
      await isRefused(stale.approve());
      await isRefused(stale.reject());
      await office.tenSecondsPass();
      expect(await office.reviewOf(candidate)).toMatchObject({ state: 'PENDING', ticketNumber: second });
      await (await office.looksAt(other, review)).approve().expect(200);
      await office.tenSecondsPass();
      expect(await office.reviewOf(candidate)).toMatchObject({ state: 'APPROVED', ticketNumber: second });
    },
  );

  test('nor do the ticks in the queue, nor those in the list of reviews', async () => {
    const { candidate, review, other, list, listed } = await twoPages('DELETES_AND_SUBMITS');
    const ticks = { reviewIds: [listed.id], versions: [listed.version] };
    await isRefused(other.post('/api/tools/cet6-queue/approveClean', ticks));
    await isRefused(other.post('/api/tools/cet6-queue/approveClean', { ...ticks, versions: ['another'] }));
    await isRefused(list.send());
    await office.tenSecondsPass();
    expect(await office.reviewOf(candidate)).toMatchObject({ state: 'PENDING', id: review.id });
  });

  test('the trail names the ticket, and which of the candidate’s claims it stood in', async () => {
    const { review, first, second, other } = await twoPages('RESUBMITS');
    await (await office.looksAt(other, review)).approve().expect(200);
    const lines = await manager().find(AuditLine, {
      where: { action: 'cet6-review.decide' },
      order: { id: 'ASC' },
    });
    expect(lines.map(({ factsAfter }) => factsAfter)).toMatchObject([
      { decision: 'REJECT', ticketNumber: first, submissions: 1 },
      {
        decision: 'APPROVE',
        ticketNumber: second,
        submissions: 2,
        materials: ['ID_DOCUMENT', 'SCORE_REPORT'],
      },
    ]);
  });

  test('what stands beside the claim counts as well: the CET4 record, and the roster', async () => {
    const { review, candidate, ticketNumber } = await office.claimant();
    const teacher = await office.teacher('one');
    let page = await office.looksAt(teacher, review);
    await manager().update(Cet4Result, { ticketNumber }, { documentNumber: 'H11111111' });
    await isRefused(page.approve());
    page = await office.looksAt(teacher, review);
    await manager().update(StudentRecord, { id: candidate.record.id }, { details: { name: '李鸣' } });
    await isRefused(page.approve());
    page = await office.looksAt(teacher, review);
    for (const version of [undefined, '', 'x'.repeat(43), page.shown.version.toLowerCase()])
      expect(
        (await page.decide({ ...{ decision: 'APPROVE', materials: ['ID_DOCUMENT'] }, version })).status,
      ).toBeGreaterThan(400);
    expect(await office.reviewOf(candidate)).toMatchObject({ state: 'PENDING', given: null });
  });

  test('nor when the claim changes while the decision is on its way', async () => {
    const { review, ticketNumber } = await office.claimant();
    const page = await office.looksAt(await office.teacher('one'), review);
    const { unitOfWork } = office.world;
    const run = unitOfWork.run.bind(unitOfWork);
    unitOfWork.run = async (decide) => {
      unitOfWork.run = run;
      await manager().update(Cet4Result, { ticketNumber }, { documentNumber: 'H11111111' });
      return run(decide);
    };
    await isRefused(page.approve());
    expect(await manager().countBy(AuditLine, { action: 'cet6-review.decide' })).toBe(0);
  });
});

describe('Other decisions of staff', () => {
  test('a school locks no subject that the candidate has meanwhile changed for another: the row stays, its subject does not', async () => {
    const { world, campus } = office;
    const english = await world.venue({ campus, subject: '1' });
    const japanese = await world.venue({ campus, subject: '3' });
    const candidate = await world.registered({ campus });
    const { id } = await candidate.enrols(english);
    const form = await (await office.teacher('one')).opens('enrolments', 'lock', [id]);
    await candidate.put(`/written/enrolments/${id}`, { venueId: japanese.id }).expect(200);
    await isRefused(form.send());
    expect(await manager().findOneByOrFail(Enrolment, { id })).toMatchObject({
      subjectCode: '3',
      lockedBySchool: false,
    });
  });

  test('a transfer is not submitted for others of the same number and the same amount', async () => {
    const { world, campus } = office;
    const venue = await world.venue({ campus, subject: '1' });
    const teacher = await office.teacher('one');
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await (await world.registered({ campus })).enrols(venue)).id);
    await teacher.fills('enrolments', 'lock', ids.slice(0, 2)).expect(200);
    const form = await teacher.opens('payment-batches', 'submit', []);
    await teacher.fills('enrolments', 'unlock', [ids[0]!]).expect(200);
    await teacher.fills('enrolments', 'lock', [ids[2]!]).expect(200);
    const transfer = { kind: 'WRITTEN', amountFen: '60.00', transferReference: 'T-1', reportForm: 'PAPER' };
    await isRefused(form.send(transfer));
    expect(await manager().count(PaymentBatch)).toBe(0);
    await teacher.fills('payment-batches', 'submit', [], transfer).expect(200);
  });

  test('a link to set a password goes to no address that was put in meanwhile', async () => {
    const central = await office.central();
    const { id } = await addStaff(office.world, {
      login: 'wang',
      role: 'CENTRAL',
      email: 'wang@example.com',
    });
    const form = await central.opens('staff', 'inviteAgain', [id]);
    await manager().update(Staff, { id }, { email: 'mallory@example.com' });
    await isRefused(form.send());
    expect(await office.world.use(ListOutbox).execute()).toEqual([]);
  });

  test('wrong passwords that somebody types at an account do not keep it from being disabled', async () => {
    const central = await office.central();
    const { id } = await addStaff(office.world, { login: 'wang', role: 'CENTRAL' });
    const form = await central.opens('staff', 'disable', [id]);
    for (let i = 0; i < 30; i++) {
      const stranger = new StaffBrowser(office.world);
      const challenge = stranger.solves(await stranger.signsIn('wang', { password: 'wrong' }));
      if (challenge) await stranger.signsIn('wang', { password: 'wrong', challenge });
    }
    const { body } = await central.get(`/api/resources/staff/records/${id}/show`).expect(200);
    expect(body.record.params.standing).toContain('登录锁定至');
    await form.send().expect(200);
    expect(await manager().findOneByOrFail(Staff, { id })).toMatchObject({ disabledAt: expect.any(Date) });
  });

  test('a notice is not withdrawn for what a colleague has made of it since', async () => {
    const { provinceCode, schoolCode } = office.campus;
    await office.world.notice({ issuer: 'SCHOOL', provinceCode, schoolCode, title: '缴费延期' });
    const { id } = await manager().findOneByOrFail(Notice, {});
    const [one, other] = [await office.teacher('one'), await office.teacher('other')];
    const withdrawal = await one.opens('notices', 'withdraw', [id]);
    await other
      .fills('notices', 'editNotice', [id], { title: '考场变更', kind: 'BOTH', body: '<p>新</p>' })
      .expect(200);
    await isRefused(withdrawal.send());
    expect(await manager().findOneByOrFail(Notice, { id })).toMatchObject({ withdrawnAt: null });
  });

  test('windows are not moved by a preview of others that stood there', async () => {
    const { world, campus } = office;
    const central = await office.central();
    const { sittingId, id } = await manager().findOneByOrFail(Venue, {});
    const closesAt = toShanghai(later(world.clock.now(), 3 * DAYS)).slice(0, 16);
    const change = { sittingId, campusCodes: [campus.code], kinds: ['WRITTEN'], closesAt };
    const { body } = await central.post('/api/tools/venue-windows/preview', change).expect(200);
    const apply = (version?: string) =>
      central.post('/api/tools/venue-windows/apply', { ...change, version });
    await manager().update(Venue, { id }, { closesAt: later(world.clock.now(), 20 * DAYS) });
    await isRefused(apply(body.version));
    expect((await apply()).status).toBe(422);
    expect(await manager().findOneByOrFail(Venue, { id })).toMatchObject({
      closesAt: later(world.clock.now(), 20 * DAYS),
    });
    const again = await central.post('/api/tools/venue-windows/preview', change).expect(200);
    await apply(again.body.version).expect(200);
  });

  test('the trail names what was decided on: which transfer, which subject, which notice, whose account', async () => {
    const { world, campus } = office;
    const venue = await world.venue({ campus, subject: '1' });
    const [teacher, central] = [await office.teacher('one'), await office.central()];
    const { id } = await (await world.registered({ campus })).enrols(venue);
    await teacher.fills('enrolments', 'lock', [id]).expect(200);
    const transfer = { kind: 'WRITTEN', amountFen: '30.00', transferReference: 'T-1', reportForm: 'PAPER' };
    await teacher.fills('payment-batches', 'submit', [], transfer).expect(200);
    const batch = await manager().findOneByOrFail(PaymentBatch, {});
    await central.fills('payment-batches', 'reject', [batch.id], { reason: '未到账' }).expect(200);
    const { id: staffId } = await manager().findOneByOrFail(Staff, { login: 'one' });
    await central.fills('staff', 'disable', [staffId]).expect(200);
    const lines = await manager().find(AuditLine, { order: { id: 'ASC' } });
    const said = (action: string) => lines.find((line) => line.action === action)?.factsAfter;
    expect(said('enrolment.lock')).toMatchObject({ subjectCode: '1', campusCode: campus.code });
    expect(said('payment-batch.decide')).toMatchObject({
      state: 'REJECTED',
      transferReference: 'T-1',
      amountFen: 3000,
      lineCount: 1,
    });
    expect(said('staff.disable')).toMatchObject({ login: 'one' });
  });
});
