import type { StaffActor } from '../../../src/kernel/actor.js';
import { DAYS, HOURS, later } from '../../../src/kernel/clock.js';
import { ListOutbox } from '../../../src/modules/notification/index.js';
import {
  DecidePaymentBatch,
  LockEnrolment,
  PaymentBatch,
  PaymentBatchLine,
  PaymentMessage,
  PaymentOrder,
  SubmitPaymentBatch,
  type SubmitPaymentBatchCommand,
  UnlockEnrolment,
} from '../../../src/modules/payment/index.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import { Campus, EditVenues, Sitting, Venue } from '../../../src/modules/sitting/index.js';
import { seatFaults } from '../../races/race.js';
import { problem } from '../../support/problem.js';
import { type TestCandidate, World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const teacherOf = ({ schoolCode, provinceCode }: Campus): StaffActor => ({
  type: 'STAFF',
  staffId: 'a-teacher',
  role: 'SCHOOL',
  schoolCode,
  provinceCode,
});
const clerkOf = ({ provinceCode }: Pick<Campus, 'provinceCode'>): StaffActor => ({
  type: 'STAFF',
  staffId: 'a-clerk',
  role: 'PROVINCE',
  provinceCode,
});

const lock = (teacher: StaffActor, { id: enrolmentId }: { id: string }) =>
  world.use(LockEnrolment).execute({ enrolmentId }, teacher);
const unlock = (teacher: StaffActor, { id: enrolmentId }: { id: string }) =>
  world.use(UnlockEnrolment).execute({ enrolmentId }, teacher);
const submit = (teacher: StaffActor, command: Partial<SubmitPaymentBatchCommand> = {}) =>
  world
    .use(SubmitPaymentBatch)
    .execute(
      { kind: 'WRITTEN', amountFen: 3000, transferReference: 'T-1', reportForm: 'PAPER', ...command },
      teacher,
    );
const decide = () => world.use(DecidePaymentBatch);
const approve = async (clerk: StaffActor, { id: batchId }: PaymentBatch, receivedFen = 3000) => {
  await decide().approve({ batchId, receivedFen }, clerk);
  await world.job('payment.settle-batches', { batchId });
};

const row = (id: string) => world.dataSource.manager.findOneByOrFail(Enrolment, { id });
const batchLines = async () =>
  (await world.dataSource.manager.find(PaymentBatchLine, { order: { id: 'ASC' } })).map(({ state }) => state);
const batches = () => world.dataSource.manager.find(PaymentBatch);
const orders = () => world.dataSource.manager.find(PaymentOrder, { order: { id: 'ASC' } });

/** A campus with an open venue, its teacher and province, and so many candidates who hold a locked enrolment each. */
async function locked(count = 1) {
  const campus = await world.campus();
  const venue = await world.venue({ campus });
  const teacher = teacherOf(campus);
  const candidates: { candidate: TestCandidate; enrolment: { id: string }; email: string }[] = [];
  for (let i = 0; i < count; i++) {
    const email = `${venue.id.slice(-6)}c${i}@example.edu.cn`;
    const candidate = await world.registered({ campus, email });
    const enrolment = await candidate.enrols(venue);
    await lock(teacher, enrolment);
    candidates.push({ candidate, enrolment, email });
  }
  return { campus, venue, teacher, clerk: clerkOf(campus), candidates };
}

describe('a school locks what it will pay for (R-PA-9)', () => {
  it('the candidate can neither give it up nor pay it, the hours do not run, and the order they had is closed', async () => {
    const { campus, venue, candidate } = await world.openVenue();
    const teacher = teacherOf(campus);
    const enrolment = await candidate.enrols(venue);
    await candidate.put(`/enrolments/${enrolment.id}/score-report`, { form: 'PAPER' }).expect(200);
    const order = (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;

    await lock(teacher, enrolment);

    expect((await candidate.get(`/payment/orders/${order.id}`)).body.state).toBe('CLOSED');
    const [shown] = (await candidate.page()).written.enrolments;
    expect(shown).toMatchObject({ lockedForCollectivePayment: true, state: 'UNPAID' });
    await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(problem('LOCKED_BY_SCHOOL'));
    await candidate.delete('/registration').expect(problem('LOCKED_BY_SCHOOL'));
    world.clock.advance(3 * DAYS);
    await world.job('enrolment.lapse');
    expect(await row(enrolment.id)).toMatchObject({ state: 'UNPAID' });
    expect((await row(enrolment.id)).payBy).toEqual((await venueOf(venue.id)).examStartsAt);
  });

  it('unlocked, the candidate has the policy’s hours from then on', async () => {
    const { teacher, candidates } = await locked();
    const [{ candidate, enrolment }] = candidates as [(typeof candidates)[0]];
    world.clock.advance(2 * DAYS);
    await candidate.signsInAgain();
    await unlock(teacher, enrolment);
    expect((await row(enrolment.id)).payBy).toEqual(later(world.clock.now(), 24 * HOURS));
    await candidate.pays();
    expect(await row(enrolment.id)).toMatchObject({ state: 'PAID' });
  });

  it('only its own students’, only what is unpaid, each once', async () => {
    const { teacher, candidates, venue } = await locked();
    const [{ enrolment }] = candidates as [(typeof candidates)[0]];
    await expect(lock(teacher, enrolment)).rejects.toMatchObject({ code: 'ALREADY_LOCKED' });
    const stranger = await world.campus();
    await expect(unlock(teacherOf(stranger), enrolment)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(lock(clerkOf(stranger), enrolment)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    // a student of another school who takes the exam here is not this school's to pay for
    const guest = await world.registered({ campus: await openCampus() });
    const language = await world.venue({
      campus: await campusOf(venue),
      subject: '5',
      admits: 'ALL_SCHOOLS',
    });
    const foreign = await guest.enrols(language);
    await expect(lock(teacher, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await unlock(teacher, enrolment);
    await expect(unlock(teacher, enrolment)).rejects.toMatchObject({ code: 'NOT_LOCKED' });
  });
});

describe('a school pays for all it has locked by one transfer (R-PA-9)', () => {
  it('submitted by one, approved by another: everything is paid, once, by an order each, and told', async () => {
    const { teacher, clerk, candidates, venue } = await locked(3);
    await candidates[2]!.candidate.put(`/enrolments/${candidates[2]!.enrolment.id}/score-report`, {
      form: 'ELECTRONIC',
    });
    const batch = await submit(teacher, { amountFen: 9000 });
    expect(batch).toMatchObject({ state: 'SUBMITTED', lineCount: 3, amountFen: 9000 });
    expect(await row(candidates[0]!.enrolment.id)).toMatchObject({ state: 'UNPAID' });

    await approve(clerk, batch, 9000);
    await world.job('payment.settle-batches');

    for (const { candidate, enrolment } of candidates) {
      expect(await row(enrolment.id)).toMatchObject({ state: 'PAID', lockedBySchool: false });
      const { items } = (await candidate.get('/payment/orders').expect(200)).body;
      expect(items).toMatchObject([
        { state: 'PAID', amountFen: 3000, tradeNumber: 'T-1', method: { name: '学校集体缴费（银行转账）' } },
      ]);
      expect((await candidate.page()).written.paymentState).toBe('ALL_PAID');
    }
    const forms = await Promise.all(candidates.map(({ enrolment }) => row(enrolment.id)));
    expect(forms.map(({ reportForm }) => reportForm)).toEqual(['PAPER', 'PAPER', 'ELECTRONIC']);
    expect((await orders()).map(({ outcome, batchId }) => [outcome, batchId])).toEqual(
      candidates.map(() => ['APPLIED', batch.id]),
    );
    const mails = await world
      .use(ListOutbox)
      .execute({ recipient: `${venue.id.slice(-6)}c1@example.edu.cn` });
    expect(mails.map(({ template }) => template)).toEqual(['payment.success']);
    expect(await world.dataSource.manager.findOneByOrFail(PaymentBatch, { id: batch.id })).toMatchObject({
      state: 'APPROVED',
      decidedBy: 'a-clerk',
      settledAt: world.clock.now(),
    });
    expect(await world.dataSource.manager.countBy(PaymentMessage, { verdict: 'APPLIED' })).toBe(3);
    expect(await world.seats(venue)).toMatchObject({ taken: 3 });
    expect(await seatFaults(world)).toEqual([]);
  });

  it('a candidate’s own open order for another subject goes on beside it', async () => {
    const { campus, teacher, clerk, candidates } = await locked();
    const [{ candidate }] = candidates as [(typeof candidates)[0]];
    const german = await world.venue({ campus, subject: '6' });
    const own = await candidate.enrols(german);
    await candidate.put(`/enrolments/${own.id}/score-report`, { form: 'PAPER' }).expect(200);
    const order = (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;

    await approve(clerk, await submit(teacher));

    expect((await candidate.get(`/payment/orders/${order.id}`)).body.state).toBe('OPEN');
    expect(await batchLines()).toEqual(['PAID']);
  });

  it('not by whoever submitted it, not by the school, not for another amount, not twice', async () => {
    const { teacher, clerk, campus } = await locked();
    const batch = await submit(teacher);
    const approval = (who: StaffActor, receivedFen = 3000) =>
      decide().approve({ batchId: batch.id, receivedFen }, who);
    await expect(approval(teacher)).rejects.toMatchObject({ code: 'NOT_YOUR_ROLE' });
    await expect(approval({ ...clerk, staffId: teacher.staffId })).rejects.toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
    });
    await expect(approval(clerk, 2999)).rejects.toMatchObject({ code: 'RECEIVED_AMOUNT_DIFFERS' });
    await expect(approval(clerkOf({ provinceCode: '99' }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(campus.provinceCode).not.toBe('99');
    await approve(clerk, batch);
    await expect(approval(clerk)).rejects.toMatchObject({ code: 'BATCH_DECIDED' });
    expect(await orders()).toHaveLength(1);
  });

  it('not by whoever let the submitter in, who could have been both', async () => {
    const { teacher, clerk } = await locked();
    const batch = await submit({ ...teacher, invitedBy: clerk.staffId });
    await expect(approve(clerk, batch)).rejects.toMatchObject({ code: 'SUBMITTER_INVITED_BY_YOU' });
    expect(await batchLines()).toEqual(['WAITING']);
    await approve({ ...clerk, staffId: 'another-clerk' }, batch);
    expect(await batchLines()).toEqual(['PAID']);
  });

  it('what waits in a batch is neither unlocked nor in a second one; withdrawn or rejected, it is free again', async () => {
    const { teacher, clerk, candidates } = await locked();
    const [{ enrolment }] = candidates as [(typeof candidates)[0]];
    const first = await submit(teacher);
    await expect(unlock(teacher, enrolment)).rejects.toMatchObject({ code: 'IN_A_PAYMENT_BATCH' });
    await expect(submit(teacher, { transferReference: 'T-2' })).rejects.toMatchObject({
      code: 'NOTHING_LOCKED_TO_PAY',
    });
    await decide().withdraw({ batchId: first.id }, teacher);
    const second = await submit(teacher);
    await decide().reject({ batchId: second.id, reason: '未到账' }, clerk);
    await world.job('payment.settle-batches');
    expect(await batchLines()).toEqual(['RELEASED', 'RELEASED']);
    expect(await row(enrolment.id)).toMatchObject({ state: 'UNPAID', lockedBySchool: true });
    await unlock(teacher, enrolment);
  });

  it('one transfer reference pays for one batch, however it is written', async () => {
    const one = await locked();
    await submit(one.teacher);
    const other = await locked();
    for (const transferReference of ['T-1', 't 1', 'T1', 'T_1/'])
      await expect(submit(other.teacher, { transferReference })).rejects.toMatchObject({
        code: 'TRANSFER_REFERENCE_USED',
      });
  });

  it('orals after the written subject is paid (R-OE-5)', async () => {
    const campus = await world.campus();
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const [written, oral] = [await world.venue({ campus }), await world.venue({ campus, subject: 'F' })];
    const [teacher, clerk] = [teacherOf(campus), clerkOf(campus)];
    const candidate = await world.registered({ campus });
    const enrolments = [await candidate.enrols(written), await candidate.enrols(oral)];
    for (const enrolment of enrolments) await lock(teacher, enrolment);
    const orals = () => submit(teacher, { kind: 'ORAL', transferReference: 'T-ORAL' });
    await expect(orals()).rejects.toMatchObject({ code: 'NOTHING_LOCKED_TO_PAY' });
    await approve(clerk, await submit(teacher));
    await approve(clerk, await orals());
    expect((await candidate.page()).oral.paymentState).toBe('ALL_PAID');
  });

  /** Submitted while the payment period ran, which ends in two days. */
  async function submittedInTime() {
    await world.sitting({ paymentEndsAt: later(world.clock.now(), 2 * DAYS) });
    const { teacher, clerk, candidates } = await locked();
    const [{ enrolment, email }] = candidates as [(typeof candidates)[0]];
    return { teacher, clerk, enrolment, batch: await submit(teacher), email };
  }
  const lapsed = async (days: number) => {
    world.clock.advance(days * DAYS);
    await world.job('enrolment.lapse');
  };

  it('what was submitted in time keeps its seat until it is decided, however late (R-PA-7)', async () => {
    const { clerk, enrolment, batch } = await submittedInTime();
    await lapsed(3);
    expect(await row(enrolment.id)).toMatchObject({ state: 'UNPAID' });
    await approve(clerk, batch);
    expect(await row(enrolment.id)).toMatchObject({ state: 'PAID' });
    expect(await batchLines()).toEqual(['PAID']);
  });

  it.each(['rejected', 'withdrawn'])('%s late, it goes when it should have gone', async (how) => {
    const { teacher, clerk, enrolment, batch } = await submittedInTime();
    await lapsed(3);
    if (how === 'rejected') await decide().reject({ batchId: batch.id, reason: '未到账' }, clerk);
    else await decide().withdraw({ batchId: batch.id }, teacher);
    await lapsed(0);
    expect(await row(enrolment.id)).toMatchObject({ state: 'LAPSED' });
    expect(await seatFaults(world)).toEqual([]);
  });

  it('undecided at the exam it ends; approved then, its money is due back, and the candidate is told', async () => {
    const { clerk, enrolment, batch, email } = await submittedInTime();
    await lapsed(31);
    expect(await row(enrolment.id)).toMatchObject({ state: 'LAPSED' });

    await approve(clerk, batch);

    expect(await batchLines()).toEqual(['UNPAYABLE']);
    expect(await orders()).toMatchObject([{ state: 'REFUND_DUE', outcome: 'ESCALATED', amountFen: 3000 }]);
    const mails = await world.use(ListOutbox).execute({ recipient: email });
    expect(mails.map(({ template }) => template)).toEqual(['payment.due-back']);
    expect(mails[0]!.body).toContain('英语四级');
  });

  it('until it is decided it has until the exam, also when that is put off later', async () => {
    const { teacher, clerk, enrolment, batch } = await submittedInTime();
    const { venueId } = await row(enrolment.id);
    const settings = {
      examStartsAt: later(world.clock.now(), 60 * DAYS),
      examEndsAt: later(world.clock.now(), 61 * DAYS),
    };
    await world.use(EditVenues).execute({ venueIds: [venueId], settings }, teacher);
    await lapsed(31);
    expect(await row(enrolment.id)).toMatchObject({ state: 'UNPAID', payBy: settings.examStartsAt });
    await approve(clerk, batch);
    expect(await row(enrolment.id)).toMatchObject({ state: 'PAID' });
  });

  it('locked, it has until the payment period’s end, also when that is put off later', async () => {
    const sitting = await world.sitting({ paymentEndsAt: later(world.clock.now(), 2 * DAYS) });
    const { teacher, candidates } = await locked();
    const end = later(world.clock.now(), 5 * DAYS);
    await world.dataSource.manager.update(Sitting, { id: sitting.id }, { paymentEndsAt: end });
    await lapsed(3);
    expect(await row(candidates[0]!.enrolment.id)).toMatchObject({ state: 'UNPAID', payBy: end });
    await submit(teacher);
    await decide().withdraw({ batchId: (await batches())[0]!.id }, teacher);
    await lapsed(3);
    expect(await row(candidates[0]!.enrolment.id)).toMatchObject({ state: 'LAPSED' });
  });

  it('what has been approved does not lapse, even where the payment is still to be written down', async () => {
    const campus = await world.campus();
    await world.sitting({ paymentEndsAt: later(world.clock.now(), 2 * DAYS) });
    const venue = await world.venue({ campus });
    const candidate = await world.registered({ campus });
    const enrolment = await candidate.enrols(venue);
    await lock(teacherOf(campus), enrolment);
    const batch = await submit(teacherOf(campus));
    // approved by another process, which died before it could pay
    await world.dataSource.manager.update(PaymentBatch, { id: batch.id }, { state: 'APPROVED' });
    world.clock.advance(31 * DAYS);

    await world.job('enrolment.lapse');

    expect(await row(enrolment.id)).toMatchObject({ state: 'PAID' });
  });

  it('no message from outside pays by bank transfer', async () => {
    await world.http.post('/api/v1/payment/notifications/BANK_TRANSFER').send('x').expect(400);
    expect(await world.dataSource.manager.countBy(PaymentMessage, { verdict: 'BAD_SIGNATURE' })).toBe(1);
  });
});

async function venueOf(id: string) {
  return world.dataSource.manager.findOneByOrFail(Venue, { id });
}
async function openCampus(): Promise<Campus> {
  const campus = await world.campus();
  await world.venue({ campus });
  return campus;
}
async function campusOf({ campusCode }: { campusCode: string }): Promise<Campus> {
  return world.dataSource.manager.findOneByOrFail(Campus, { code: campusCode });
}
