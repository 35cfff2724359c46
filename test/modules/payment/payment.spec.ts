import { jest } from '@jest/globals';
import { DAYS, HOURS, later, MINUTES, SECONDS } from '../../../src/kernel/clock.js';
import { newNeeaId } from '../../../src/kernel/ids.js';
import { ListOutbox } from '../../../src/modules/notification/index.js';
import { CloseOrder } from '../../../src/modules/payment/close-order.use-case.js';
import { SandboxGateway } from '../../../src/modules/payment/gateways/sandbox/sandbox-gateway.js';
import {
  SandboxMessages,
  type SignedMessage,
} from '../../../src/modules/payment/gateways/sandbox/sandbox-messages.js';
import {
  type PaidTrade,
  SandboxTrade,
} from '../../../src/modules/payment/gateways/sandbox/sandbox-trade.entity.js';
import { PaymentMessage, PaymentOrder } from '../../../src/modules/payment/index.js';
import { Enrolment } from '../../../src/modules/registration/index.js';
import { crowd } from '../../support/crowd.js';
import { problem } from '../../support/problem.js';
import { type TestCandidate, World } from '../../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** A registered candidate with an unpaid written subject whose report form is chosen. */
async function somebodyAboutToPay(facts: { email?: string; name?: string } = {}) {
  const campus = await world.campus();
  const venue = await world.venue({ campus });
  const candidate = await world.registered({ campus, ...facts });
  const enrolment = await candidate.enrols(venue);
  await chooseForm(candidate, enrolment);
  return { campus, venue, candidate, enrolment };
}
const chooseForm = (candidate: TestCandidate, { id }: { id: string }, form = 'PAPER') =>
  candidate.put(`/enrolments/${id}/score-report`, { form }).expect(200);

interface Order {
  id: string;
  neeaId: string;
  state: string;
}
const open = async (candidate: TestCandidate, kind = 'WRITTEN'): Promise<Order> =>
  (await candidate.post('/payment/orders', { kind }).expect(201)).body;
const order = async (candidate: TestCandidate, { id }: { id: string }) =>
  (await candidate.get(`/payment/orders/${id}`).expect(200)).body;
const payAtSandbox = ({ neeaId }: { neeaId: string }, body: object = {}) =>
  world.http.post(`/sandbox-pay/${neeaId}/pay`).send({ method: 'ALIPAY', ...body });
const refresh = (candidate: TestCandidate, { id }: { id: string }) =>
  candidate.post(`/payment/orders/${id}/refresh`);

const enrolmentState = async ({ id }: { id: string }) =>
  (await world.dataSource.manager.findOneByOrFail(Enrolment, { id })).state;
const trade = ({ neeaId }: { neeaId: string }) =>
  world.dataSource.manager.findOneByOrFail(SandboxTrade, { neeaId });
const verdicts = async () =>
  (await world.dataSource.manager.find(PaymentMessage, { order: { id: 'ASC' } })).map(
    ({ verdict }) => verdict,
  );
const messagesTo = (recipient: string) => world.use(ListOutbox).execute({ recipient });

/** The sandbox platform's signed message about an order, as if paid; `facts` make it say something else. */
async function messageAbout(paid: { neeaId: string }, facts: Partial<PaidTrade> = {}) {
  const said = { method: 'ALIPAY', tradeNumber: 'T1', paidAt: world.clock.now(), amountFen: 3000, ...paid };
  return world.use(SandboxMessages).write({ ...said, ...facts } as PaidTrade);
}
const sendMessage = ({ body, headers }: SignedMessage) =>
  world.http.post('/api/v1/payment/notifications/sandbox').set(headers).send(body.toString());

/** The platform does not answer until the returned function is called. */
function platformGoesDown(): () => void {
  const gateway = world.use(SandboxGateway);
  const down = () => Promise.reject(new Error('connection refused'));
  Object.assign(gateway, { create: down, query: down, close: down });
  return () => {
    for (const call of ['create', 'query', 'close']) Reflect.deleteProperty(gateway, call);
  };
}

describe('an order (R-PA-1 to 3)', () => {
  it('says all that the candidate confirms before paying, and where to pay', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    const answer = await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      neeaId: expect.stringMatching(/^[0-9A-F]{32}$/),
      kind: 'WRITTEN',
      purpose: '第262次CET考试费',
      source: '大学英语四六级考试',
      payerName: candidate.record.details.name,
      documentNumber: expect.stringMatching(/^E00\*\*\d{4}$/),
      amountFen: 3000,
      lines: [
        {
          enrolmentId: enrolment.id,
          subject: { code: '1', name: '英语四级', level: 4, kind: 'WRITTEN' },
          campus: { code: campus.code, name: campus.name },
          feeFen: 3000,
          reportForm: 'PAPER',
        },
      ],
      state: 'OPEN',
      createdAt: '2026-11-21T09:00:00.000+08:00',
      expiresAt: '2026-11-22T09:00:00.000+08:00',
      checkoutUrl: `http://localhost:3000/sandbox-pay/${answer.body.neeaId}`,
      methods: [
        { code: 'ALIPAY', name: '支付宝' },
        { code: 'BOC', name: '中国银行 中银智慧付' },
        { code: 'CMB', name: '招商银行 一网通' },
        { code: 'WECHAT', name: '微信支付' },
      ],
    });
    const { checkoutUrl: _, ...shown } = answer.body;
    expect(await order(candidate, answer.body)).toEqual(shown);
    expect((await candidate.get('/payment/orders').expect(200)).body).toEqual({ items: [shown] });
  });

  it('is refused while a report form is not chosen, and when nothing is unpaid', async () => {
    const { candidate, venue } = await world.openVenue();
    const opening = (kind: string) => candidate.post('/payment/orders', { kind });
    await opening('WRITTEN').expect(409).expect(problem('NOTHING_TO_PAY'));
    await candidate.enrols(venue);
    await opening('WRITTEN').expect(409).expect(problem('REPORT_FORM_MISSING'));
    await opening('ORAL').expect(409).expect(problem('NOTHING_TO_PAY'));
    await opening('BOTH').expect(422).expect(problem('FIELD_INVALID'));
    expect(await world.dataSource.manager.count(PaymentOrder)).toBe(0);
  });

  it('is the same one again, to whoever asks again and to all who ask at once', async () => {
    const { candidate } = await somebodyAboutToPay();
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(candidate)));
    answers.push(await open(candidate));
    expect(new Set(answers.map(({ neeaId }) => neeaId)).size).toBe(1);
    expect(await world.dataSource.manager.count(PaymentOrder)).toBe(1);
    expect(await world.dataSource.manager.count(SandboxTrade)).toBe(1);
  });

  it('is closed, at the platform too, when something has changed, and a new one made', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    const first = await open(candidate);
    await chooseForm(candidate, enrolment, 'ELECTRONIC');
    const second = await open(candidate);
    expect(second.neeaId).not.toBe(first.neeaId);
    expect((await trade(first)).state).toBe('CLOSED');
    await payAtSandbox(first).expect(409).expect(problem('TRADE_CLOSED'));

    const another = await candidate.enrols(await world.venue({ campus, subject: '8', feeFen: 2500 }));
    await chooseForm(candidate, another);
    const third = await open(candidate);
    const { items } = (await candidate.get('/payment/orders').expect(200)).body;
    expect(items.map(({ state, amountFen }: PaymentOrder) => [state, amountFen])).toEqual([
      ['OPEN', 5500],
      ['CLOSED', 3000],
      ['CLOSED', 3000],
    ]);
    await payAtSandbox(third).expect(200);
    expect([await enrolmentState(enrolment), await enrolmentState(another)]).toEqual(['PAID', 'PAID']);
  });

  it('is made anew when the old one turns out to be paid, for what was added since', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    await payAtSandbox(await open(candidate), { notify: 'NEVER' }).expect(200);
    const another = await candidate.enrols(await world.venue({ campus, subject: '8', feeFen: 2500 }));
    await chooseForm(candidate, another);
    expect(await open(candidate)).toMatchObject({ amountFen: 2500, lines: [{ enrolmentId: another.id }] });
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });

  it('is made anew when the platform closed the old one unheard', async () => {
    const { candidate } = await somebodyAboutToPay();
    const first = await open(candidate);
    await world.use(SandboxGateway).close(first.neeaId);
    const second = await open(candidate);
    expect(second.neeaId).not.toBe(first.neeaId);
    expect((await order(candidate, first)).state).toBe('CLOSED');
  });

  it('that is closed here while the platform hears of it is closed there too', async () => {
    const { candidate } = await somebodyAboutToPay();
    const gateway = world.use(SandboxGateway);
    const create = gateway.create.bind(gateway);
    gateway.create = async (created) => {
      Reflect.deleteProperty(gateway, 'create');
      const row = await world.dataSource.manager.findOneByOrFail(PaymentOrder, { neeaId: created.neeaId });
      await world.use(CloseOrder).execute(row);
      return create(created);
    };
    const second = await open(candidate);
    const trades = await world.dataSource.manager.find(SandboxTrade, { order: { createdAt: 'ASC' } });
    expect(trades.map(({ neeaId, state }) => [neeaId === second.neeaId, state]).sort()).toEqual([
      [false, 'CLOSED'],
      [true, 'WAITING'],
    ]);
  });

  it('is nobody else’s', async () => {
    const { candidate } = await somebodyAboutToPay();
    const mine = await open(candidate);
    const { candidate: other } = await world.openVenue();
    await other.get(`/payment/orders/${mine.id}`).expect(404).expect(problem('NOT_FOUND'));
    await refresh(other, mine).expect(404).expect(problem('NOT_FOUND'));
    expect((await other.get('/payment/orders').expect(200)).body).toEqual({ items: [] });
    await world.http.get(`/api/v1/payment/orders/${mine.id}`).expect(401);
  });

  it('of an oral comes after the written subject is paid (R-OE-5)', async () => {
    await world.sitting({ oralNeedsWritten: 'ENROLLED' });
    const { candidate, campus } = await somebodyAboutToPay();
    const oral = await candidate.enrols(await world.venue({ campus, subject: 'F', feeFen: 5000 }));
    await candidate.post('/payment/orders', { kind: 'ORAL' }).expect(409).expect(problem('WRITTEN_UNPAID'));
    await candidate.pays('WRITTEN');
    await candidate.pays('ORAL');
    expect(await enrolmentState(oral)).toBe('PAID');
  });

  it('is not for what the school pays collectively, nor for what is about to lapse', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const opening = () => candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(409);
    const lock = (lockedBySchool: boolean) =>
      world.dataSource.manager.update(Enrolment, { id: enrolment.id }, { lockedBySchool });
    await lock(true);
    await opening().expect(problem('LOCKED_BY_SCHOOL'));
    await lock(false);
    world.clock.advance(1 * DAYS + 9 * MINUTES);
    await candidate.signsInAgain();
    await open(candidate);
    world.clock.advance(1 * MINUTES);
    await opening().expect(problem('PAYMENT_DEADLINE_PASSED'));
  });
});

describe('paying at the sandbox platform (R-PA-4 to 6)', () => {
  it('makes the subject 已支付 and sends an e-mail, all before the payer sees the result', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay({ email: 'li@example.edu.cn' });
    const mine = await open(candidate);
    const answer = await payAtSandbox(mine).expect(200);
    expect(answer.body).toEqual({
      neeaId: mine.neeaId,
      state: 'PAID',
      tradeNumber: expect.stringMatching(/^20261121[0-9A-F]{20}$/),
    });
    expect(await order(candidate, mine)).toMatchObject({
      state: 'PAID',
      method: { code: 'ALIPAY', name: '支付宝' },
      tradeNumber: answer.body.tradeNumber,
      paidAt: '2026-11-21T09:00:00.000+08:00',
    });
    const page = await candidate.page();
    expect(page.written).toMatchObject({ unpaidFen: 0, enrolments: [{ id: enrolment.id, state: 'PAID' }] });
    expect(await verdicts()).toEqual(['APPLIED']);

    const [mail, ...more] = await messagesTo('li@example.edu.cn');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ channel: 'EMAIL', template: 'payment.success' });
    for (const word of ['第262次CET考试费', '英语四级', campus.name, '¥30.00', '支付宝', mine.neeaId])
      expect(mail!.body).toContain(word);
    expect(mail!.body).not.toContain(candidate.record.details.documentNumber);
  });

  it('tells whoever gave no e-mail address by SMS', async () => {
    const { candidate } = await somebodyAboutToPay();
    await payAtSandbox(await open(candidate)).expect(200);
    const [text] = await messagesTo(candidate.phone!);
    expect(text).toMatchObject({ channel: 'SMS', template: 'payment.success' });
    expect(text!.body).toContain('英语四级');
  });

  it('TWICE tells us twice and changes things once', async () => {
    const { candidate } = await somebodyAboutToPay({ email: 'li@example.edu.cn' });
    const mine = await open(candidate);
    await payAtSandbox(mine, { notify: 'TWICE' }).expect(200);
    expect(await verdicts()).toEqual(['APPLIED', 'DUPLICATE']);
    expect(await messagesTo('li@example.edu.cn')).toHaveLength(1);
    expect((await order(candidate, mine)).state).toBe('PAID');
  });

  it('LATER tells us when the time has come, once', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await payAtSandbox(mine, { notify: 'LATER' }).expect(200);
    await world.job('payment.sandbox-notify');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');

    world.clock.advance(5 * SECONDS);
    await Promise.all([world.job('payment.sandbox-notify'), world.job('payment.sandbox-notify')]);
    await world.job('payment.sandbox-notify');
    expect(await enrolmentState(enrolment)).toBe('PAID');
    expect(await verdicts()).toEqual(['APPLIED']);
  });

  it('NEVER leaves it to 更新, any number of times', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    expect((await refresh(candidate, mine).expect(200)).body.state).toBe('OPEN');
    await payAtSandbox(mine, { notify: 'NEVER' }).expect(200);
    expect((await order(candidate, mine)).state).toBe('OPEN');

    expect((await refresh(candidate, mine).expect(200)).body.state).toBe('PAID');
    expect((await refresh(candidate, mine).expect(200)).body.state).toBe('PAID');
    expect(await enrolmentState(enrolment)).toBe('PAID');
    expect(await verdicts()).toEqual(['APPLIED']);
  });

  it('NEVER is found out by the sweep, which leaves young and unpaid orders alone', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const unpaid = await somebodyAboutToPay();
    await payAtSandbox(await open(candidate), { notify: 'NEVER' }).expect(200);
    const theirs = await open(unpaid.candidate);
    expect(await world.job('payment.ask-platform')).toEqual({ asked: 0, paid: 0, unanswered: 0 });

    world.clock.advance(3 * MINUTES);
    expect(await world.job('payment.ask-platform')).toEqual({ asked: 2, paid: 1, unanswered: 0 });
    expect(await world.job('payment.ask-platform')).toEqual({ asked: 1, paid: 0, unanswered: 0 });
    expect(await enrolmentState(enrolment)).toBe('PAID');
    expect((await order(unpaid.candidate, theirs)).state).toBe('OPEN');
  });

  it('twice pays once', async () => {
    const { candidate } = await somebodyAboutToPay();
    const mine = await open(candidate);
    const [one, two] = await Promise.all([payAtSandbox(mine), payAtSandbox(mine, { method: 'WECHAT' })]);
    const three = await payAtSandbox(mine).expect(200);
    expect(one.body).toEqual(two.body);
    expect(three.body).toEqual(one.body);
    world.clock.advance(1 * HOURS);
    await world.job('payment.sandbox-notify');
    expect(await verdicts()).toEqual(['APPLIED']);
  });

  it('changes things once when messages and 更新 come at the same moment', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay({ email: 'li@example.edu.cn' });
    const mine = await open(candidate);
    await payAtSandbox(mine, { notify: 'NEVER' }).expect(200);
    const message = await messageAbout((await trade(mine)) as PaidTrade);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => [sendMessage(message), refresh(candidate, mine)]).flat(),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await verdicts()).filter((verdict) => verdict === 'APPLIED')).toHaveLength(1);
    expect((await verdicts()).filter((v) => v !== 'APPLIED' && v !== 'DUPLICATE')).toEqual([]);
    expect(await messagesTo('li@example.edu.cn')).toHaveLength(1);
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });
});

describe('a message that must not change anything is refused and recorded (R-PA-6)', () => {
  const refused = async (message: Promise<SignedMessage>, verdict: string) => {
    const answer = await sendMessage(await message).expect(400);
    expect(answer.text).toBe('failure');
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(await verdicts()).toEqual([verdict]);
  };

  it.each([2999, 3001, 1])('a wrong amount, %d fen', async (amountFen) => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await refused(messageAbout(mine, { amountFen }), 'WRONG_AMOUNT');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
    expect((await order(candidate, mine)).state).toBe('OPEN');
    await payAtSandbox(mine).expect(200);
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });

  it('a foreign order', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    await open(candidate);
    await refused(messageAbout({ neeaId: newNeeaId() }), 'UNKNOWN_ORDER');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
  });

  const tampered: [string, (message: SignedMessage) => SignedMessage][] = [
    ['another body', ({ body, headers }) => ({ body: Buffer.from(`${body} `), headers })],
    [
      'another signature',
      ({ body, headers }) => ({ body, headers: { ...headers, 'sandbox-signature': '0' } }),
    ],
    [
      'another time',
      ({ body, headers }) => ({
        body,
        headers: { ...headers, 'sandbox-timestamp': String(Number(headers['sandbox-timestamp']) + 1) },
      }),
    ],
    ['no signature', ({ body }) => ({ body, headers: { 'content-type': 'application/json' } })],
    ['no body', ({ headers }) => ({ body: Buffer.alloc(0), headers })],
    ['not JSON', ({ headers }) => ({ body: Buffer.from('{"neeaId":'), headers })],
  ];
  it.each(tampered)('a bad signature: %s', async (_, tamper) => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    const message = await messageAbout(mine);
    await refused(Promise.resolve(tamper(message)), 'BAD_SIGNATURE');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
    expect((await order(candidate, mine)).state).toBe('OPEN');
  });

  it('an old message, sent again much later', async () => {
    const { candidate } = await somebodyAboutToPay();
    const message = messageAbout(await open(candidate));
    await message;
    world.clock.advance(16 * MINUTES);
    await refused(message, 'BAD_SIGNATURE');
  });

  it('to a gateway we do not have', async () => {
    await world.http.post('/api/v1/payment/notifications/nobody').send('x').expect(404);
    expect(await verdicts()).toEqual([]);
  });

  it('while the true one, whatever its content type, is taken', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const { body, headers } = await messageAbout(await open(candidate));
    const answer = await sendMessage({ body, headers: { ...headers, 'content-type': 'text/xml' } }).expect(
      200,
    );
    expect(answer.text).toBe('success');
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });
});

describe('no money goes astray (R-PA-7)', () => {
  it('giving a subject up closes its order at the platform first', async () => {
    const { candidate, campus } = await somebodyAboutToPay();
    const another = await candidate.enrols(await world.venue({ campus, subject: '8' }));
    await chooseForm(candidate, another);
    const mine = await open(candidate);
    await candidate.delete(`/written/enrolments/${another.id}`).expect(204);
    expect((await trade(mine)).state).toBe('CLOSED');
    expect((await order(candidate, mine)).state).toBe('CLOSED');
    await payAtSandbox(mine).expect(409).expect(problem('TRADE_CLOSED'));
  });

  it('what is paid unheard cannot be given up, and is settled on the way', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    const another = await candidate.enrols(await world.venue({ campus, subject: '8' }));
    await chooseForm(candidate, another);
    await payAtSandbox(await open(candidate), { notify: 'NEVER' }).expect(200);
    await candidate.delete(`/written/enrolments/${another.id}`).expect(409).expect(problem('ENROLMENT_PAID'));
    expect([await enrolmentState(enrolment), await enrolmentState(another)]).toEqual(['PAID', 'PAID']);
  });

  it('what is paid unheard does not lapse; what is not, does, its order closed', async () => {
    const { candidate, enrolment, venue } = await somebodyAboutToPay();
    await payAtSandbox(await open(candidate), { notify: 'NEVER' }).expect(200);
    const late = await somebodyAboutToPay();
    const theirs = await open(late.candidate);
    world.clock.advance(1 * DAYS + 10 * MINUTES);
    await world.job('enrolment.lapse');
    expect(await enrolmentState(enrolment)).toBe('PAID');
    expect(await enrolmentState(late.enrolment)).toBe('LAPSED');
    expect((await trade(theirs)).state).toBe('CLOSED');
    expect((await world.seats(venue)).taken).toBe(1);
    expect((await world.seats(late.venue)).taken).toBe(0);
  });

  it('money for a closed order is recorded and due back', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const first = await open(candidate);
    await chooseForm(candidate, enrolment, 'ELECTRONIC');
    const second = await open(candidate);

    const message = await messageAbout(first);
    expect((await sendMessage(message).expect(200)).text).toBe('success');
    await sendMessage(message).expect(200);
    expect(await order(candidate, first)).toMatchObject({ state: 'REFUND_DUE', tradeNumber: 'T1' });
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
    expect((await order(candidate, second)).state).toBe('OPEN');
    expect(await verdicts()).toEqual(['ESCALATED', 'DUPLICATE']);
  });

  it('更新 finds money that came for a closed order', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await payAtSandbox(mine, { notify: 'NEVER' }).expect(200);
    await world.dataSource.manager.update(PaymentOrder, { id: mine.id }, { state: 'CLOSED' });
    expect((await refresh(candidate, mine).expect(200)).body.state).toBe('REFUND_DUE');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
  });

  it('money for an order whose subject has ended meanwhile is due back, all of it', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    const another = await candidate.enrols(await world.venue({ campus, subject: '8' }));
    await chooseForm(candidate, another);
    const mine = await open(candidate);
    await world.dataSource.manager.update(Enrolment, { id: another.id }, { state: 'LAPSED' });
    await payAtSandbox(mine).expect(200);
    expect((await order(candidate, mine)).state).toBe('REFUND_DUE');
    expect(await world.dataSource.manager.findOneBy(PaymentOrder, { id: mine.id })).toMatchObject({
      outcome: 'ESCALATED',
      method: 'ALIPAY',
    });
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
    expect(await verdicts()).toEqual(['ESCALATED']);
    expect(await messagesTo(candidate.phone!)).toEqual([]);
  });

  it('a second payment of a paid order is due back as an order of its own, once; the first stays paid', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await payAtSandbox(mine).expect(200);
    const again = await messageAbout(mine, { tradeNumber: 'T2', method: 'WECHAT' });
    await Promise.all([sendMessage(again).expect(200), sendMessage(again).expect(200)]);
    await sendMessage(again).expect(200);
    expect((await order(candidate, mine)).state).toBe('PAID');
    expect(await verdicts()).toEqual(['APPLIED', 'ESCALATED', 'DUPLICATE', 'DUPLICATE']);

    const { items } = (await candidate.get('/payment/orders').expect(200)).body;
    expect(items).toHaveLength(2);
    const dueBack = items.find(({ id }: Order) => id !== mine.id);
    expect(dueBack).toMatchObject({
      state: 'REFUND_DUE',
      amountFen: 3000,
      tradeNumber: 'T2',
      method: { code: 'WECHAT' },
      lines: [{ enrolmentId: enrolment.id, feeFen: 3000 }],
    });
    expect(await world.dataSource.manager.findOneBy(PaymentOrder, { id: dueBack.id })).toMatchObject({
      outcome: 'ESCALATED',
      repeatedOrderId: mine.id,
    });

    await sendMessage(await messageAbout(mine, { tradeNumber: 'T3' })).expect(200);
    expect(await world.dataSource.manager.countBy(PaymentOrder, { state: 'REFUND_DUE' })).toBe(2);
  });

  it('a second payment for money that is due back already is due back too', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const first = await open(candidate);
    await chooseForm(candidate, enrolment, 'ELECTRONIC');
    await open(candidate);
    for (const tradeNumber of ['T1', 'T2', 'T2'])
      await sendMessage(await messageAbout(first, { tradeNumber })).expect(200);
    const dueBack = await world.dataSource.manager.findBy(PaymentOrder, { state: 'REFUND_DUE' });
    expect(dueBack.map(({ platformTradeNumber }) => platformTradeNumber).sort()).toEqual(['T1', 'T2']);
  });

  it('a wrong amount at the platform holds no seat for ever: its money is due back when the subject lapses', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await world.dataSource.manager.update(SandboxTrade, { neeaId: mine.neeaId }, { amountFen: 1 });
    await payAtSandbox(mine).expect(200);
    expect((await refresh(candidate, mine).expect(200)).body.state).toBe('OPEN');
    world.clock.advance(1 * DAYS + 10 * MINUTES);
    await world.job('enrolment.lapse');
    await candidate.signsInAgain();
    expect(await enrolmentState(enrolment)).toBe('LAPSED');
    expect((await order(candidate, mine)).state).toBe('REFUND_DUE');
  });

  it('nor does it keep the candidate from paying: opening again makes another order', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    await world.dataSource.manager.update(SandboxTrade, { neeaId: mine.neeaId }, { amountFen: 1 });
    await payAtSandbox(mine).expect(200);
    const second = await open(candidate);
    expect(second.id).not.toBe(mine.id);
    expect((await order(candidate, mine)).state).toBe('REFUND_DUE');
    await payAtSandbox(second).expect(200);
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });

  it('a refund of the same number is one refund, and of another number none', async () => {
    const { candidate } = await somebodyAboutToPay();
    const { neeaId } = await open(candidate);
    const gateway = world.use(SandboxGateway);
    const refund = (refundNumber: string, amountFen = 3000) =>
      gateway.refund({ neeaId, refundNumber, amountFen });
    await expect(refund('R1')).rejects.toThrow();
    await payAtSandbox({ neeaId }).expect(200);
    await expect(refund('R1', 2999)).rejects.toThrow();
    await refund('R1');
    await refund('R1');
    await expect(refund('R2')).rejects.toThrow();
    expect(await trade({ neeaId })).toMatchObject({ state: 'PAID', refundNumber: 'R1' });
  });
});

describe('when the platform does not answer', () => {
  it('the order is kept, and the next try goes on with it', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const comesBack = platformGoesDown();
    const answer = await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(503);
    problem('GATEWAY_UNAVAILABLE')(answer);
    expect(answer.headers['retry-after']).toBe('5');
    const [kept] = (await candidate.get('/payment/orders').expect(200)).body.items;
    expect(kept.state).toBe('OPEN');
    comesBack();
    expect((await open(candidate)).id).toBe(kept.id);
    await payAtSandbox(kept).expect(200);
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });

  it('更新, giving up and lapsing change nothing', async () => {
    const { candidate, campus, enrolment } = await somebodyAboutToPay();
    const another = await candidate.enrols(await world.venue({ campus, subject: '8' }));
    await chooseForm(candidate, another);
    const mine = await open(candidate);
    const comesBack = platformGoesDown();
    await refresh(candidate, mine).expect(503).expect(problem('GATEWAY_UNAVAILABLE'));
    await candidate
      .delete(`/written/enrolments/${another.id}`)
      .expect(503)
      .expect(problem('GATEWAY_UNAVAILABLE'));
    world.clock.advance(1 * DAYS + 1 * HOURS);
    await world.job('enrolment.lapse');
    expect(await world.job('payment.ask-platform')).toEqual({ asked: 0, paid: 0, unanswered: 1 });
    expect([await enrolmentState(enrolment), await enrolmentState(another)]).toEqual(['UNPAID', 'UNPAID']);
    await candidate.signsInAgain();
    expect((await order(candidate, mine)).state).toBe('OPEN');
    comesBack();
    await world.job('enrolment.lapse');
    expect(await enrolmentState(enrolment)).toBe('LAPSED');
  });

  it('it is not waited for long: seats that need no word of it come free, the others when it is back', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const candidates = await crowd(world, { campus, size: 9 });
    for (const candidate of candidates.slice(0, 8)) {
      await chooseForm(candidate, await candidate.enrols(venue));
      await open(candidate);
    }
    world.clock.advance(1 * SECONDS);
    const behindThem = await candidates[8]!.enrols(venue);
    world.clock.advance(1 * DAYS + 1 * HOURS);
    const comesBack = platformGoesDown();
    const asked = jest.spyOn(world.use(SandboxGateway), 'close');
    expect(await world.job('enrolment.lapse')).toEqual({ lapsed: 1, postponed: 8 });
    expect(asked.mock.calls.length).toBeLessThan(5);
    expect(await enrolmentState(behindThem)).toBe('LAPSED');
    comesBack();
    expect(await world.job('enrolment.lapse')).toEqual({ lapsed: 8, postponed: 0 });
  });
});

describe('the sandbox platform’s pages', () => {
  const formPay = ({ neeaId }: { neeaId: string }, fields: string) =>
    world.http.post(`/sandbox-pay/${neeaId}/pay`).type('form').send(fields);

  it('show what is paid for, take the form, and show the result', async () => {
    const { candidate } = await somebodyAboutToPay({ name: '<script>alert(1)</script>&"' });
    const mine = await open(candidate);
    const page = await world.http.get(`/sandbox-pay/${mine.neeaId}`).expect(200);
    for (const word of [
      '第262次CET考试费',
      '大学英语四六级考试',
      '30.00',
      mine.neeaId,
      '沙箱',
      '支付宝',
      '中银智慧付',
    ])
      expect(page.text).toContain(word);
    expect(page.text).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['cache-control']).toBe('no-store');

    const result = await formPay(mine, 'method=WECHAT&notify=NOW').expect(200);
    expect(result.headers['content-type']).toContain('text/html');
    expect(result.text).toContain('支付成功');
    expect(result.text).toContain('微信支付');
    expect(result.text).toContain('href="/"');
    expect((await order(candidate, mine)).state).toBe('PAID');
    expect((await world.http.get(`/sandbox-pay/${mine.neeaId}`)).text).toContain('支付成功');
    const again = await world.http.get(`/sandbox-pay/${mine.neeaId}/pay`).expect(303);
    expect(again.headers.location).toBe(`/sandbox-pay/${mine.neeaId}`);
  });

  it('refuse in their own form: a page to people, a problem to programs', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    const missing = await world.http.get(`/sandbox-pay/${newNeeaId()}`).expect(404);
    expect(missing.headers['content-type']).toContain('text/html');
    await payAtSandbox({ neeaId: newNeeaId() }).expect(404).expect(problem('NOT_FOUND'));
    await payAtSandbox(mine, { method: 'CASH' }).expect(422).expect(problem('FIELD_INVALID'));
    await payAtSandbox(mine, { surprise: 1 }).expect(422).expect(problem('FIELD_INVALID'));
    await world.http.post(`/sandbox-pay/${mine.neeaId}/pay`).expect(422).expect(problem('FIELD_INVALID'));
    expect((await formPay(mine, 'method=CASH').expect(422)).text).toContain('填写有误');

    await world.use(SandboxGateway).close(mine.neeaId);
    expect((await formPay(mine, 'method=ALIPAY').expect(409)).text).toContain('订单已关闭');
    expect((await world.http.get(`/sandbox-pay/${mine.neeaId}`).expect(409)).text).toContain('订单已关闭');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
  });

  it('send the message later when it could not be delivered at once', async () => {
    const { candidate, enrolment } = await somebodyAboutToPay();
    const mine = await open(candidate);
    const messages = world.use(SandboxMessages);
    // between paying and delivering, the process died: the trade is paid and its message still due
    messages.write = () => {
      Reflect.deleteProperty(messages, 'write');
      throw new Error('killed');
    };
    await payAtSandbox(mine).expect(503);
    expect((await trade(mine)).state).toBe('PAID');
    expect(await enrolmentState(enrolment)).toBe('UNPAID');
    world.clock.set(later(world.clock.now(), 5 * SECONDS));
    await world.job('payment.sandbox-notify');
    expect(await enrolmentState(enrolment)).toBe('PAID');
  });
});
