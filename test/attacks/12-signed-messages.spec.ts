import { DAYS, HOURS, later, MINUTES } from '../../src/kernel/clock.js';
import { newNeeaId } from '../../src/kernel/ids.js';
import type { PlatformAnswer } from '../../src/modules/payment/gateways/payment-gateway.js';
import { SandboxGateway } from '../../src/modules/payment/gateways/sandbox/sandbox-gateway.js';
import {
  SandboxMessages,
  type SignedMessage,
} from '../../src/modules/payment/gateways/sandbox/sandbox-messages.js';
import { PaymentMessage, PaymentOrder } from '../../src/modules/payment/index.js';
import { Enrolment } from '../../src/modules/registration/index.js';
import { problem } from '../support/problem.js';
import { type TestCandidate, World } from '../support/world.js';

/**
 * A platform's signature says who speaks, not that it is true. Before: whatever was signed went into the database as it
 * was. One trade paid two orders, a payment without a number or with a time of `NaN` counted, and an object for an
 * order's number ended the process.
 */
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());
afterEach(async () => {
  expect(await world.http.get('/healthz')).toMatchObject({ status: 200 });
});

interface Payer {
  candidate: TestCandidate;
  order: { id: string; neeaId: string };
  enrolmentId: string;
}

/** A candidate with an open order of 30 yuan. */
async function payer(): Promise<Payer> {
  const { candidate, venue } = await world.openVenue();
  const { id } = await candidate.enrols(venue);
  await candidate.put(`/enrolments/${id}/score-report`, { form: 'PAPER' }).expect(200);
  const order = (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
  return { candidate, order, enrolmentId: id };
}

/** A good message about an order of 30 yuan; `facts` make it say something else. */
const about = ({ order }: Payer, facts: object = {}) => ({
  neeaId: order.neeaId,
  tradeNumber: 'T1',
  amountFen: 3000,
  method: 'ALIPAY',
  paidAt: world.clock.now().toISOString(),
  ...facts,
});
const sign = (body: object | string | Buffer): SignedMessage =>
  world
    .use(SandboxMessages)
    .sealed(
      Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    );
const send = ({ body, headers }: SignedMessage, gateway = 'sandbox') =>
  world.http
    .post(`/api/v1/payment/notifications/${gateway}`)
    .set(headers)
    .serialize((bytes) => bytes as string)
    .send(body);
const taken = async (body: object) => expect((await send(sign(body)).expect(200)).text).toBe('success');
const refused = async (body: object | string | Buffer) => {
  const answer = await send(sign(body));
  expect([answer.status, answer.text]).toEqual([400, 'failure']);
};

const records = () => world.dataSource.manager.find(PaymentMessage, { order: { id: 'ASC' } });
const verdicts = async () => (await records()).map(({ verdict }) => verdict);
const stateOf = async ({ candidate, order, enrolmentId }: Payer) => ({
  order: (await candidate.get(`/payment/orders/${order.id}`).expect(200)).body.state,
  enrolment: (await world.dataSource.manager.findOneByOrFail(Enrolment, { id: enrolmentId })).state,
});
const UNPAID = { order: 'OPEN', enrolment: 'UNPAID' };
const PAID = { order: 'PAID', enrolment: 'PAID' };
const moneyDueBack = () => world.dataSource.manager.countBy(PaymentOrder, { state: 'REFUND_DUE' });

/** The platform answers what it is asked with this, until the returned function is called. */
function platformAnswers(answers: { query?: unknown; close?: unknown; create?: unknown }): () => void {
  const gateway = world.use(SandboxGateway);
  for (const [call, answer] of Object.entries(answers))
    Object.assign(gateway, { [call]: async () => answer as PlatformAnswer });
  return () => {
    for (const call of Object.keys(answers)) Reflect.deleteProperty(gateway, call);
  };
}

describe('one trade of the platform pays one order', () => {
  it('before: it paid a second one too, whose own payment was then due back', async () => {
    const [a, b] = [await payer(), await payer()];
    await taken(about(a));
    await refused(about(b));
    expect([await stateOf(a), await stateOf(b)]).toEqual([PAID, UNPAID]);
    expect(await verdicts()).toEqual(['APPLIED', 'FOREIGN_TRADE']);

    await taken(about(b, { tradeNumber: 'T2' }));
    expect(await stateOf(b)).toEqual(PAID);
    expect(await moneyDueBack()).toBe(0);
  });

  it('also when both are told at the same moment', async () => {
    const payers = [await payer(), await payer(), await payer(), await payer()];
    const answers = await Promise.all(payers.map((one) => send(sign(about(one)))));
    expect(answers.map(({ text }) => text).sort()).toEqual(['failure', 'failure', 'failure', 'success']);
    expect((await verdicts()).sort()).toEqual(['APPLIED', ...Array(3).fill('FOREIGN_TRADE')]);
    const states = await Promise.all(payers.map(stateOf));
    expect(states.filter(({ order }) => order === 'PAID')).toHaveLength(1);
  });

  it('also the trade of a second payment, of money that is due back, and of a closed order', async () => {
    const [a, b, c] = [await payer(), await payer(), await payer()];
    await taken(about(a));
    await taken(about(a, { tradeNumber: 'T2' }));
    await world.dataSource.manager.update(PaymentOrder, { id: b.order.id }, { state: 'CLOSED' });
    await taken(about(b, { tradeNumber: 'T3' }));
    for (const tradeNumber of ['T1', 'T2', 'T3']) await refused(about(c, { tradeNumber }));
    expect(await stateOf(c)).toEqual(UNPAID);
    expect(await moneyDueBack()).toBe(2);
    // and what is known is known still
    for (const tradeNumber of ['T1', 'T2']) await taken(about(a, { tradeNumber }));
    expect(await moneyDueBack()).toBe(2);
  });

  it('also when 更新 and the sweep are told so, and the seat is not kept for it for ever', async () => {
    const [a, b] = [await payer(), await payer()];
    await taken(about(a));
    const said = { ...about(b), paidAt: world.clock.now(), state: 'PAID' };
    const comesBack = platformAnswers({ query: said, close: 'PAID' });
    await b.candidate.post(`/payment/orders/${b.order.id}/refresh`).expect(200);
    world.clock.advance(4 * MINUTES);
    await world.job('payment.ask-platform');
    expect(await stateOf(b)).toEqual(UNPAID);
    world.clock.advance(1 * DAYS + 10 * MINUTES);
    await world.job('enrolment.lapse');
    comesBack();
    await b.candidate.signsInAgain();
    expect(await stateOf(b)).toEqual({ order: 'CLOSED', enrolment: 'LAPSED' });
    expect(await verdicts()).toEqual(['APPLIED', ...Array(3).fill('FOREIGN_TRADE')]);
  });

  it('a trade that differs in the case of its letters alone is another one, on both engines alike', async () => {
    const [a, b] = [await payer(), await payer()];
    await taken(about(a, { tradeNumber: 'Ab1' }));
    await taken(about(b, { tradeNumber: 'aB1' }));
    await taken(about(b, { tradeNumber: 'aB1' }));
    expect([await stateOf(a), await stateOf(b)]).toEqual([PAID, PAID]);
    expect([await verdicts(), await moneyDueBack()]).toEqual([['APPLIED', 'APPLIED', 'DUPLICATE'], 0]);
  });

  it('one trade told at the same moment as the second payment of several orders is due back once', async () => {
    const payers = [await payer(), await payer(), await payer(), await payer()];
    for (const [n, one] of payers.entries()) await taken(about(one, { tradeNumber: `T${n}` }));
    const answers = await Promise.all(payers.map((one) => send(sign(about(one, { tradeNumber: 'T9' })))));
    expect(answers.map(({ text }) => text).sort()).toEqual(['failure', 'failure', 'failure', 'success']);
    expect(await moneyDueBack()).toBe(1);
    expect(await Promise.all(payers.map(stateOf))).toEqual(Array(4).fill(PAID));
  });

  it('and the database itself knows no second one', async () => {
    const [a, b] = [await payer(), await payer()];
    const { manager } = world.dataSource;
    await manager.update(PaymentOrder, { id: a.order.id }, { platformTradeNumber: 'T1' });
    await expect(
      manager.update(PaymentOrder, { id: b.order.id }, { platformTradeNumber: 'T1' }),
    ).rejects.toThrow();
  });
});

describe('a field that does not hold changes nothing and is recorded, on both engines alike', () => {
  const SPOILT: [string, object][] = [
    // before: PAID, and the real message made money due back that nobody had paid twice
    ['no trade number', { tradeNumber: undefined }],
    ['an empty trade number', { tradeNumber: '' }],
    ['blanks for a trade number', { tradeNumber: '   ' }],
    ['null for a trade number', { tradeNumber: null }],
    ['a number for a trade number', { tradeNumber: 20261121 }],
    // before: 503 on MariaDB, PAID on SQLite
    ['too long a trade number', { tradeNumber: 'T'.repeat(65) }],
    ['a trade number as long as the body may be', { tradeNumber: 'T'.repeat(90_000) }],
    ['a zero byte in the trade number', { tradeNumber: 'T\u00001' }],
    ['half a character in the trade number', { tradeNumber: 'T\ud840' }],
    // before: PAID, on SQLite with dates of `NaN`, and the candidate's orders answered 503 from then on
    ['no time', { paidAt: undefined }],
    ['null for a time', { paidAt: null }],
    ['a word for a time', { paidAt: 'yesterday' }],
    ['a day that does not exist', { paidAt: '2026-02-30T09:00:00Z' }],
    ['a day without a time', { paidAt: '2026-11-21' }],
    ['milliseconds for a time', { paidAt: 1_795_222_800_000 }],
    ['a time of 2001', { paidAt: '2001-01-01T00:00:00Z' }],
    ['an hour before the order was made', { paidAt: '2026-11-21T08:00:00+08:00' }],
    ['an hour from now', { paidAt: '2026-11-21T10:00:00+08:00' }],
    ['a year of five digits', { paidAt: '+012026-11-21T09:00:00Z' }],
    // before: applied
    ['an offset that no clock has', { paidAt: '2026-11-21T09:00:00+99:99' }],
    ['an hour that no day has', { paidAt: '2026-11-21T25:00:00Z' }],
    ['a time without its offset', { paidAt: '2026-11-21T01:00:00' }],
    ['a line break behind the trade number', { tradeNumber: 'T1\n' }],
    ['a blank behind the trade number', { tradeNumber: 'T1 ' }],
    ['a list with a trade number', { tradeNumber: ['T1'] }],
    ['more fen than a column holds', { amountFen: 2_147_483_648 }],
    ['nothing, from below', { amountFen: -0 }],
    ['an unknown method', { method: 'CASH' }],
    ['a method in small letters', { method: 'alipay' }],
    ['the name of a method for its code', { method: '支付宝' }],
    ['a list of methods', { method: ['ALIPAY'] }],
    ['a method of another platform', { method: 'BANK_TRANSFER' }],
    // before: SIGABRT in the driver of SQLite, and 503 on MariaDB
    ['an object for the order', { neeaId: { a: 1 } }],
    ['an operator for the order', { neeaId: { '@instanceof': 'FindOperator', _type: 'not', _value: '' } }],
    ['a list for the order', { neeaId: ['0D15007C4B9E47EF89FB981846D8BE39'] }],
    ['a flag for the order', { neeaId: true }],
    ['null for the order', { neeaId: null }],
    ['no order', { neeaId: undefined }],
    ['a pattern for the order', { neeaId: '%' }],
    ['too long an order', { neeaId: 'A'.repeat(4000) }],
    ['an amount in words', { amountFen: '3000' }],
    ['an amount in a list', { amountFen: [3000] }],
    ['half a fen', { amountFen: 3000.5 }],
    ['nothing to pay', { amountFen: 0 }],
    ['money back', { amountFen: -3000 }],
    ['more money than there is', { amountFen: 1e300 }],
    ['no amount', { amountFen: undefined }],
  ];

  it('each of them, one after the other, and the real message after all', async () => {
    const mine = await payer();
    const before = await world.dataSource.manager.find(PaymentOrder);
    for (const [what, facts] of SPOILT) {
      const { status, text } = await send(sign(about(mine, facts)));
      expect([what, status, text]).toEqual([what, 400, 'failure']);
    }
    expect(await verdicts()).toEqual(Array(SPOILT.length).fill('MALFORMED'));
    expect(await world.dataSource.manager.find(PaymentOrder)).toEqual(before);
    expect(await stateOf(mine)).toEqual(UNPAID);
    await mine.candidate.get('/payment/orders').expect(200);

    await taken(about(mine));
    expect(await stateOf(mine)).toEqual(PAID);
    expect(await moneyDueBack()).toBe(0);
  });

  it('is recorded at its order where it names one, as it came', async () => {
    const mine = await payer();
    const body = about(mine, { tradeNumber: '' });
    await refused(body);
    await refused(about(mine, { neeaId: 'x' }));
    expect(await records()).toMatchObject([
      { neeaId: mine.order.neeaId, gateway: 'sandbox', body: JSON.stringify(body) },
      { neeaId: null },
    ]);
  });

  const deep = 45_000;
  it.each<[string, string | Buffer]>([
    // before: 503
    ['no JSON', 'neeaId=1&amountFen=3000'],
    ['half of it', '{"neeaId":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a text', '"paid"'],
    ['a number', '3000'],
    ['a list', '[{}]'],
    ['an empty object', '{}'],
    ['brackets without end', `{"neeaId":${'['.repeat(deep)}${']'.repeat(deep)}}`],
    ['zero bytes', Buffer.alloc(100)],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0x7d])],
    ['the mark of its encoding before it', '\ufeff{}'],
    ['UTF-16', Buffer.from(JSON.stringify({ neeaId: 'x', amountFen: 3000 }), 'utf16le')],
    ['fields of a prototype', `{"__proto__":${JSON.stringify({ neeaId: 'x', amountFen: 3000 })}}`],
  ])('a signed body of %s is refused in the platform’s form and recorded', async (_, body) => {
    await refused(body);
    const [record, ...more] = await records();
    expect(more).toEqual([]);
    expect(record).toMatchObject({ verdict: 'MALFORMED', neeaId: null });
    expect(record!.body.length).toBe(Math.min(Buffer.from(body).toString('utf8').length, 100_000));
    expect(record!.body).not.toContain('\u0000');
  });

  it('a field told twice counts as it is told last; one that is told by a prototype does not count', async () => {
    const mine = await payer();
    const good = JSON.stringify(about(mine));
    await refused(good.replace(/}$/, ',"tradeNumber":""}'));
    await refused(good.replace('"neeaId"', '"__proto__":{},"constructor":{"prototype":1},"neeaID"'));
    await taken(about(mine, { toString: 'x', extra: { deeply: ['nested'] } }));
    expect(await verdicts()).toEqual(['MALFORMED', 'MALFORMED', 'APPLIED']);
  });

  it('a body of other bytes than were signed is not the platform’s, though it reads the same', async () => {
    const { headers } = sign(Buffer.from([0x22, 0xff, 0x22]));
    const answer = await send({ body: Buffer.from([0x22, 0xfe, 0x22]), headers });
    expect([answer.status, answer.text]).toEqual([400, 'failure']);
    expect(await verdicts()).toEqual(['BAD_SIGNATURE']);
  });
});

describe('a proof that is no proof', () => {
  it.each<[string, (headers: Record<string, string>) => object]>([
    [
      'a signature of letters beyond ASCII',
      (headers) => ({ ...headers, 'sandbox-signature': 'é'.repeat(64) }),
    ],
    ['an empty signature', (headers) => ({ ...headers, 'sandbox-signature': '' })],
    [
      'two of it',
      (h) => ({ ...h, 'sandbox-signature': `${h['sandbox-signature']}, ${h['sandbox-signature']}` }),
    ],
    [
      'the same time, written otherwise',
      (h) => ({ ...h, 'sandbox-timestamp': `0${h['sandbox-timestamp']}` }),
    ],
    ['no time', (headers) => ({ ...headers, 'sandbox-timestamp': 'NaN' })],
  ])('%s', async (_, spoilt) => {
    const mine = await payer();
    const { body, headers } = sign(about(mine));
    const answer = await send({ body, headers: spoilt(headers) as Record<string, string> });
    expect([answer.status, answer.text]).toEqual([400, 'failure']);
    expect(await verdicts()).toEqual(['BAD_SIGNATURE']);
    expect(await stateOf(mine)).toEqual(UNPAID);
  });
});

describe('a message stays with its platform and its order', () => {
  it('one sent to another platform’s door is unproven there', async () => {
    const mine = await payer();
    const answer = await send(sign(about(mine)), 'BANK_TRANSFER');
    expect(answer.status).toBe(400);
    await send(sign(about(mine)), 'alipay').expect(404);
    expect(await verdicts()).toEqual(['BAD_SIGNATURE']);
    expect(await stateOf(mine)).toEqual(UNPAID);
  });

  it('one about an order that is paid elsewhere, or about none, changes nothing', async () => {
    const mine = await payer();
    await world.dataSource.manager.update(
      PaymentOrder,
      { id: mine.order.id },
      { gateway: 'BANK_TRANSFER', batchId: 'b1' },
    );
    await refused(about(mine));
    await refused(about(mine, { neeaId: newNeeaId() }));
    await refused(about(mine, { neeaId: mine.order.neeaId.toLowerCase() }));
    expect(await verdicts()).toEqual(['UNKNOWN_ORDER', 'UNKNOWN_ORDER', 'MALFORMED']);
    expect(await stateOf(mine)).toEqual(UNPAID);
  });
});

describe('what a platform answers is looked at like what it sends', () => {
  const paid = (mine: Payer, facts: object = {}) => ({
    ...about(mine),
    paidAt: world.clock.now(),
    state: 'PAID',
    ...facts,
  });
  const refresh = ({ candidate, order }: Payer) => candidate.post(`/payment/orders/${order.id}/refresh`);

  it.each<[string, object]>([
    ['without a trade number', { tradeNumber: undefined }],
    ['with a time that is none', { paidAt: new Date(Number.NaN) }],
    ['with a time as text', { paidAt: '2026-11-21T09:00:00Z' }],
    ['of a day to come', { paidAt: new Date('2030-01-01T00:00:00Z') }],
    ['of a day long past', { paidAt: new Date('2001-01-01T00:00:00Z') }],
    ['with an object for the order', { neeaId: {} }],
    ['with more digits than a number has', { amountFen: 3000n }],
    ['by a method it does not have', { method: 'BANK_TRANSFER' }],
  ])('paid, %s: nothing changes', async (_, facts) => {
    const mine = await payer();
    const comesBack = platformAnswers({ query: paid(mine, facts) });
    expect((await refresh(mine).expect(200)).body.state).toBe('OPEN');
    comesBack();
    expect(await stateOf(mine)).toEqual(UNPAID);
    expect(await records()).toMatchObject([{ verdict: 'MALFORMED', neeaId: mine.order.neeaId }]);
  });

  it('paid, in a form that no record can be written of as it came: it is settled all the same, once', async () => {
    const mine = await payer();
    const round: Record<string, unknown> = {};
    round.itself = round;
    const comesBack = platformAnswers({ query: paid(mine, { raw: round }) });
    expect((await refresh(mine).expect(200)).body.state).toBe('PAID');
    comesBack();
    expect(await stateOf(mine)).toEqual(PAID);
    expect(await verdicts()).toEqual(['APPLIED']);
  });

  it('paid, with a field that runs into itself: nothing changes, and it is recorded', async () => {
    const mine = await payer();
    const round: unknown[] = [];
    round.push(round);
    const comesBack = platformAnswers({ query: paid(mine, { tradeNumber: round }) });
    expect((await refresh(mine).expect(200)).body.state).toBe('OPEN');
    comesBack();
    expect(await stateOf(mine)).toEqual(UNPAID);
    expect(await records()).toMatchObject([{ verdict: 'MALFORMED', neeaId: mine.order.neeaId }]);
  });

  it('of another order is no answer about this one', async () => {
    const [mine, other] = [await payer(), await payer()];
    const comesBack = platformAnswers({ query: paid(other) });
    expect((await refresh(mine).expect(200)).body.state).toBe('OPEN');
    comesBack();
    expect([await stateOf(mine), await stateOf(other)]).toEqual([UNPAID, UNPAID]);
    expect(await records()).toMatchObject([{ verdict: 'MALFORMED', neeaId: mine.order.neeaId }]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'PAID'],
    ['another word', { state: 'PAYED' }],
    ['no word', {}],
    ['words in a list', { state: ['PAID'] }],
  ])('%s is no answer: try again later', async (_, query) => {
    const mine = await payer();
    const comesBack = platformAnswers({ query });
    await refresh(mine).expect(503).expect(problem('GATEWAY_UNAVAILABLE'));
    comesBack();
    expect(await stateOf(mine)).toEqual(UNPAID);
    expect(await verdicts()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a script', 'javascript:alert(1)'],
    ['no address', 'sandbox-pay'],
    ['an object', { href: 'http://localhost/' }],
    ['nothing', undefined],
  ])('nobody is sent to %s to pay', async (_, create) => {
    const { candidate } = await payer();
    const comesBack = platformAnswers({ create });
    await candidate
      .post('/payment/orders', { kind: 'WRITTEN' })
      .expect(503)
      .expect(problem('GATEWAY_UNAVAILABLE'));
    comesBack();
  });

  it('an order whose payment does not hold can be opened anew, and keeps no seat for ever', async () => {
    const [mine, other] = [await payer(), await payer()];
    const comesBack = platformAnswers({ query: paid(mine, { tradeNumber: '' }), close: 'PAID' });
    const again = (await mine.candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
    expect(again.id).not.toBe(mine.order.id);
    expect((await stateOf(mine)).order).toBe('CLOSED');

    world.clock.advance(1 * DAYS + 1 * HOURS);
    await world.job('enrolment.lapse');
    comesBack();
    await other.candidate.signsInAgain();
    expect(await stateOf(other)).toEqual({ order: 'CLOSED', enrolment: 'LAPSED' });
    // money that has come after all is not lost
    await taken(about(other, { paidAt: later(world.clock.now(), -1 * HOURS).toISOString() }));
    expect((await stateOf(other)).order).toBe('REFUND_DUE');
  });
});
