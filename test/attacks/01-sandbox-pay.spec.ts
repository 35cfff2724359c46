import { SchedulerRegistry } from '@nestjs/schedule';
import type { StaffActor } from '../../src/kernel/actor.js';
import { DAYS, HOURS, MINUTES } from '../../src/kernel/clock.js';
import { newNeeaId } from '../../src/kernel/ids.js';
import { SandboxGateway } from '../../src/modules/payment/gateways/sandbox/sandbox-gateway.js';
import {
  SandboxMessages,
  type SignedMessage,
} from '../../src/modules/payment/gateways/sandbox/sandbox-messages.js';
import {
  DecidePaymentBatch,
  LockEnrolment,
  PaymentMessage,
  PaymentOrder,
  ShowOrderRecords,
  SubmitPaymentBatch,
} from '../../src/modules/payment/index.js';
import { Enrolment } from '../../src/modules/registration/index.js';
import { doubtsAbout, loadConfig } from '../../src/platform/config.js';
import { JobHandlers } from '../../src/platform/queue/job-handlers.js';
import { JOB_NAMES } from '../../src/platform/queue/job-names.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { Schedule } from '../../src/platform/queue/schedule.js';
import { engine } from '../support/engine.js';
import { problem } from '../support/problem.js';
import { type TestCandidate, World } from '../support/world.js';

/**
 * Before: with DATABASE_URL the sandbox was still there, and an anonymous `POST /sandbox-pay/{neeaId}/pay` made anybody's
 * order PAID. `trying` is an installation to try the system with, `real` the same database where candidates register.
 */
let trying: World;
let real: World;
beforeAll(async () => {
  trying = await World.open({ logLevel: 'warn' });
  const production = {
    DATA_DIR: trying.config.dataDir,
    DATABASE_URL: 'mysql://db/cet',
    SECRET_KEY: 'x'.repeat(32),
  };
  real = await trying.beside({ sandboxPay: loadConfig(production).sandboxPay });
});
afterAll(async () => {
  await real.close();
  await trying.close();
});
beforeEach(async () => {
  await trying.reset();
});

/** A candidate with two unpaid subjects. */
async function payer() {
  const campus = await trying.campus();
  const venues = [await trying.venue({ campus }), await trying.venue({ campus, subject: '8' })];
  const candidate = await trying.registered({ campus });
  const enrolments = [];
  for (const venue of venues) {
    const enrolment = await candidate.enrols(venue);
    await candidate.put(`/enrolments/${enrolment.id}/score-report`, { form: 'PAPER' }).expect(200);
    enrolments.push(enrolment);
  }
  return { campus, candidate, enrolments };
}
const opens = async (candidate: TestCandidate) =>
  (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body as {
    id: string;
    neeaId: string;
  };
const atReal = (candidate: TestCandidate, method: 'get' | 'post' | 'delete', path: string) =>
  candidate.with(real.http[method](`/api/v1${path}`));
const orders = () => real.dataSource.manager.find(PaymentOrder, { order: { id: 'ASC' } });
const enrolmentStates = async () =>
  (await real.dataSource.manager.find(Enrolment, { order: { id: 'ASC' } })).map(({ state }) => state);
const send = (world: World, { body, headers }: SignedMessage) =>
  world.http.post('/api/v1/payment/notifications/sandbox').set(headers).send(body.toString());

describe('where real candidates register there is no sandbox', () => {
  it('before: an anonymous call paid anybody’s order', async () => {
    const { candidate } = await payer();
    const { id, neeaId } = await opens(candidate);
    for (const path of [`/sandbox-pay/${neeaId}/pay`, `/sandbox-pay/${newNeeaId()}/pay`]) {
      const json = await real.http.post(path).send({ method: 'ALIPAY' }).expect(404);
      problem('NO_SUCH_CALL')(json);
      await real.http.post(path).type('form').send('method=ALIPAY&notify=NOW').expect(404);
    }
    expect((await atReal(candidate, 'get', `/payment/orders/${id}`).expect(200)).body.state).toBe('OPEN');
    expect(await enrolmentStates()).toEqual(['UNPAID', 'UNPAID']);
  });

  it('nor a page of it, however its address is written', async () => {
    const { candidate } = await payer();
    const { neeaId } = await opens(candidate);
    for (const path of [
      `/sandbox-pay/${neeaId}`,
      `/sandbox-pay/${neeaId}/pay`,
      `/SANDBOX-PAY/${neeaId}`,
      `/sandbox-pay/${neeaId}/`,
      `//sandbox-pay/${neeaId}`,
      `/api/v1/sandbox-pay/${neeaId}`,
      '/sandbox-pay',
    ]) {
      const answer = await real.http.get(path);
      expect([path, answer.status, answer.headers['content-type']]).toEqual([
        path,
        404,
        expect.stringContaining('application/problem+json'),
      ]);
    }
  });

  it('its messages are nobody’s, however well they are signed', async () => {
    const { candidate } = await payer();
    const { neeaId } = await opens(candidate);
    const paid = { neeaId, tradeNumber: 'T1', amountFen: 6000, method: 'ALIPAY', paidAt: trying.clock.now() };
    const message = trying.use(SandboxMessages).write(paid as never);
    problem('NOT_FOUND')(await send(real, message).expect(404));
    expect(await real.dataSource.manager.count(PaymentMessage)).toBe(0);
    expect(await enrolmentStates()).toEqual(['UNPAID', 'UNPAID']);
    // control: where it is on, the same message pays
    await send(trying, message).expect(200);
    expect(await enrolmentStates()).toEqual(['PAID', 'PAID']);
  });

  it('an order that nobody could pay is refused, in both languages, and nothing is kept of it', async () => {
    const { candidate } = await payer();
    const opening = (language: string) =>
      atReal(candidate, 'post', '/payment/orders')
        .set('Accept-Language', language)
        .set('Idempotency-Key', 'k1')
        .send({ kind: 'WRITTEN' });
    const chinese = await opening('zh').expect(409);
    problem('NO_PAYMENT_METHOD')(chinese);
    expect(chinese.body.detail).toContain('没有可用的网上支付方式');
    expect((await opening('en').expect(409)).body.detail).toContain('no way to pay');
    expect(await orders()).toEqual([]);
    expect(await enrolmentStates()).toEqual(['UNPAID', 'UNPAID']);
  });

  it('nor by another method, nor by the name of another platform, however it is written', async () => {
    const { candidate } = await payer();
    const { neeaId } = await opens(candidate);
    for (const method of ['put', 'patch', 'delete', 'head'] as const)
      expect([method, (await real.http[method](`/sandbox-pay/${neeaId}/pay`)).status]).toEqual([method, 404]);
    const paid = { neeaId, tradeNumber: 'T1', amountFen: 6000, method: 'ALIPAY', paidAt: trying.clock.now() };
    const { body, headers } = trying.use(SandboxMessages).write(paid as never);
    for (const [name, status] of [
      ['Sandbox', 404],
      ['sandbox%00', 404],
      ['__proto__', 404],
      ['constructor', 404],
      ['BANK_TRANSFER', 400],
    ] as const) {
      const answer = await real.http
        .post(`/api/v1/payment/notifications/${name}`)
        .set(headers)
        .send(body.toString());
      expect([name, answer.status]).toEqual([name, status]);
    }
    expect(await enrolmentStates()).toEqual(['UNPAID', 'UNPAID']);
    expect((await orders()).map(({ state }) => state)).toEqual(['OPEN']);
  });

  it('an opening that was answered while it was on leads to no page any more, and the next one is refused', async () => {
    const { candidate } = await payer();
    const opening = (world: World, key: string) =>
      candidate
        .with(world.http.post('/api/v1/payment/orders'))
        .set('Idempotency-Key', key)
        .send({ kind: 'WRITTEN' });
    await opening(trying, 'k1').expect(201);
    // the same request is answered the same, whatever has happened since
    const again = await opening(real, 'k1').expect(201);
    await real.http.get(new URL(again.body.checkoutUrl).pathname).expect(404);
    problem('NO_PAYMENT_METHOD')(await opening(real, 'k2').expect(409));
  });

  it('the API’s document does not speak of it', async () => {
    const spoken = async (world: World) =>
      JSON.stringify((await world.http.get('/api/openapi.json').expect(200)).body).match(/sandbox|沙箱/i);
    expect(await spoken(real)).toBeNull();
    expect(await spoken(trying)).not.toBeNull();
  });

  it('nothing of it is loaded, and no job of it runs, be it left in the queue', async () => {
    expect(() => real.use(SandboxGateway)).toThrow();
    const handlers = real.use(JobHandlers);
    expect(JOB_NAMES.filter((name) => !handlers.has(name))).toEqual(['payment.sandbox-notify']);
    await expect(handlers.wake('payment.sandbox-notify', {})).resolves.toBeUndefined();

    const registry = new SchedulerRegistry();
    new Schedule(registry, real.use(JobQueue), handlers).onApplicationBootstrap();
    const scheduled = [...registry.getCronJobs().keys()];
    for (const name of scheduled) registry.deleteCronJob(name);
    expect(scheduled).toEqual(JOB_NAMES.filter((name) => name !== 'payment.sandbox-notify'));
  });

  it('schools pay by transfer as ever', async () => {
    const { campus, venue, candidate } = await trying.openVenue();
    const { id: enrolmentId } = await candidate.enrols(venue);
    const of = { schoolCode: campus.schoolCode, provinceCode: campus.provinceCode };
    const teacher: StaffActor = { type: 'STAFF', staffId: 'a-teacher', role: 'SCHOOL', ...of };
    const clerk: StaffActor = { type: 'STAFF', staffId: 'a-clerk', role: 'PROVINCE', ...of };
    await real.use(LockEnrolment).execute({ enrolmentId }, teacher);
    const batch = await real
      .use(SubmitPaymentBatch)
      .execute({ kind: 'WRITTEN', amountFen: 3000, transferReference: 'R-1', reportForm: 'PAPER' }, teacher);
    await real.use(DecidePaymentBatch).approve({ batchId: batch.id, receivedFen: 3000 }, clerk);
    await real.job('payment.settle-batches', { batchId: batch.id });
    expect(await enrolmentStates()).toEqual(['PAID']);
    const [order] = (await atReal(candidate, 'get', '/payment/orders').expect(200)).body.items;
    expect(order).toMatchObject({ state: 'PAID', method: { name: '学校集体缴费（银行转账）' } });
  });
});

describe('orders from when the sandbox was on', () => {
  it('are shown, and cannot be paid any more', async () => {
    const [paid, open] = [await payer(), await payer()];
    const paidOrder = await paid.candidate.pays();
    const openOrder = await opens(open.candidate);
    expect((await atReal(paid.candidate, 'get', '/payment/orders').expect(200)).body.items).toMatchObject([
      { id: paidOrder.id, state: 'PAID', method: { code: 'ALIPAY', name: '支付宝' }, methods: [] },
    ]);
    const path = `/payment/orders/${openOrder.id}`;
    expect((await atReal(open.candidate, 'get', path).expect(200)).body).toMatchObject({
      state: 'OPEN',
      methods: [],
    });
    expect((await atReal(open.candidate, 'post', `${path}/refresh`).expect(200)).body.state).toBe('OPEN');
    const before = await orders();
    const again = await atReal(open.candidate, 'post', '/payment/orders').send({ kind: 'WRITTEN' });
    problem('NO_PAYMENT_METHOD')(again);
    expect(await orders()).toEqual(before);

    const records = await real.use(ShowOrderRecords).of(real.unitOfWork.read(), before);
    expect([...records.values()].map(({ methodName }) => methodName)).toEqual(['支付宝', undefined]);
  });

  it('hold no seat for ever: they are closed when a subject is given up or lapses, and jobs do not fail on them', async () => {
    const [givesUp, waits, paidUnheard] = [await payer(), await payer(), await payer()];
    for (const { candidate } of [givesUp, waits]) await opens(candidate);
    const { neeaId } = await opens(paidUnheard.candidate);
    await trying.http
      .post(`/sandbox-pay/${neeaId}/pay`)
      .send({ method: 'ALIPAY', notify: 'LATER' })
      .expect(200);

    await atReal(givesUp.candidate, 'delete', `/written/enrolments/${givesUp.enrolments[1]!.id}`).expect(204);
    trying.clock.advance(4 * MINUTES);
    for (const name of ['payment.sandbox-notify', 'payment.ask-platform'] as const) await real.job(name);
    expect(await real.job('payment.ask-platform')).toEqual({ asked: 2, paid: 0, unanswered: 0 });
    expect((await orders()).map(({ state }) => state).sort()).toEqual(['CLOSED', 'OPEN', 'OPEN']);

    trying.clock.advance(1 * DAYS + 1 * HOURS);
    expect(await real.job('enrolment.lapse')).toEqual({ lapsed: 5, postponed: 0 });
    expect((await orders()).map(({ state }) => state)).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    expect(new Set(await enrolmentStates())).toEqual(new Set(['GIVEN_UP', 'LAPSED']));
  });
});

describe('where the sandbox is on beside real data, everybody is told', () => {
  const beside = engine === 'mariadb';
  const config = (env: Record<string, string>) =>
    loadConfig({ DATA_DIR: trying.config.dataDir, SECRET_KEY: 'x'.repeat(32), ...env });
  const DATABASE_URL = 'mysql://db/cet';

  it.each<[Record<string, string>, boolean, number]>([
    [{}, true, 0],
    [{ SANDBOX_PAY: 'on' }, true, 0],
    [{ SANDBOX_PAY: 'off' }, false, 0],
    [{ SANDBOX_PAY: '' }, true, 0],
    [{ DATABASE_URL }, false, 0],
    [{ DATABASE_URL, SANDBOX_PAY: '' }, false, 0],
    [{ DATABASE_URL, SANDBOX_PAY: 'off' }, false, 0],
    [{ DATABASE_URL, SANDBOX_PAY: 'on' }, true, 1],
  ])('%j: %s', (env, isOn, warnings) => {
    expect(config(env).sandboxPay).toBe(isOn);
    expect(doubtsAbout(config(env)).filter((doubt) => doubt.includes('SANDBOX_PAY'))).toHaveLength(warnings);
  });

  it.each<[Record<string, string>, number]>([
    [{}, 0],
    [{ DATABASE_URL }, 0],
    [{ DATABASE_URL, DEMO: 'true' }, 1],
  ])('so is whoever lets invented students into real data: %j', (env, warnings) => {
    expect(doubtsAbout(config(env)).filter((doubt) => doubt.includes('DEMO'))).toHaveLength(warnings);
  });

  it.each(['true', 'ON', '1', 'yes'])('%s is no answer, and nothing starts', (SANDBOX_PAY) => {
    expect(() => config({ SANDBOX_PAY })).toThrow('SANDBOX_PAY');
  });

  it('at the start and by /readyz', async () => {
    const said = (world: World) => world.logLines.filter((line) => line.includes('SANDBOX_PAY is on'));
    const details = async (world: World) => (await world.http.get('/readyz').expect(200)).body.details ?? [];
    expect([said(trying).length > 0, (await details(trying)).length]).toEqual([beside, beside ? 1 : 0]);
    expect([said(real), await details(real)]).toEqual([[], []]);
  });

  it('and by every page of it', async () => {
    const { candidate } = await payer();
    const { id, neeaId } = await opens(candidate);
    const page = (path: string) => trying.http.get(`/sandbox-pay/${path}`);
    const form = (fields: string) => trying.http.post(`/sandbox-pay/${neeaId}/pay`).type('form').send(fields);
    const pages = [
      await page(neeaId).expect(200),
      await page(newNeeaId()).expect(404),
      await form('method=CASH').expect(422),
      await form('method=ALIPAY').expect(200),
      await page(neeaId).expect(200),
    ];
    const other = await payer();
    const closed = await opens(other.candidate);
    await trying.use(SandboxGateway).close(closed.neeaId);
    pages.push(await page(closed.neeaId).expect(409));
    expect(pages.map(({ text }) => text.includes('任何人无需付款即可把订单变为“已支付”'))).toEqual(
      Array(pages.length).fill(beside),
    );
    expect((await candidate.get(`/payment/orders/${id}`).expect(200)).body.state).toBe('PAID');
  });
});
