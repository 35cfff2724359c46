import { jest } from '@jest/globals';
import type { Response } from 'supertest';
import * as backOffice from '../../src/admin/index.js';
import { shuffled } from '../../src/kernel/shuffled.js';
import { SandboxTrade } from '../../src/modules/payment/gateways/sandbox/sandbox-trade.entity.js';
import { PaymentBatch, PaymentBatchLine, PaymentOrder } from '../../src/modules/payment/index.js';
import { Enrolment, Registration, RegistrationRepository } from '../../src/modules/registration/index.js';
import type { Campus, Venue } from '../../src/modules/sitting/index.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { addStaff, StaffBrowser } from '../support/staff.js';
import { type TestCandidate, World } from '../support/world.js';
import { without } from './guards.js';
import {
  count,
  letStatementsTravel,
  rivals,
  seatFaults,
  untilBothEndsAreSeen,
  untilItShows,
} from './race.js';

let world: World;
beforeAll(async () => {
  world = await World.open({}, undefined, backOffice);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await letStatementsTravel(world);
});
afterEach(() => void jest.restoreAllMocks());

const SIZE = 8;
/** About as long as the one takes longer than the other to where they meet. */
const HEAD_START_MS = 300;
const TOTAL = '240.00';
const ALL_BUT_ONE = '210.00';

async function signedIn(login: string, role: 'CENTRAL' | 'PROVINCE' | 'SCHOOL', campus: Campus) {
  const { provinceCode, schoolCode } = campus;
  await addStaff(world, {
    login,
    role,
    ...(role === 'CENTRAL' ? {} : { provinceCode }),
    ...(role === 'SCHOOL' ? { schoolCode } : {}),
  });
  const browser = new StaffBrowser(world);
  expect((await browser.signsIn(login)).status).toBe(303);
  return browser;
}

const act = (browser: StaffBrowser, noun: string, action: string, ids: string[], input: object = {}) =>
  browser.fills(noun, action, ids, input);
const pays = ({ neeaId }: { neeaId: string }) =>
  world.http
    .post(`/sandbox-pay/${neeaId}/pay`)
    .set('Accept', 'application/json')
    .send({ method: 'ALIPAY', notify: 'NOW' });
const TRANSFER = { kind: 'WRITTEN', transferReference: 'T-1', reportForm: 'PAPER' };
const submits = (teacher: StaffBrowser) =>
  act(teacher, 'payment-batches', 'submit', [], { ...TRANSFER, amountFen: TOTAL });

/** A school with a teacher, and candidates who hold a seat each. */
async function school() {
  const campus = await world.campus();
  const venue = await world.venue({ campus, seats: SIZE });
  const candidates = await crowd(world, { campus, size: SIZE });
  const enrolments: { candidate: TestCandidate; id: string }[] = [];
  for (const candidate of candidates) enrolments.push({ candidate, id: (await candidate.enrols(venue)).id });
  return { campus, venue, enrolments, teacher: await signedIn('teacher', 'SCHOOL', campus) };
}

/** The same, with everything locked. */
async function lockedSchool() {
  const there = await school();
  const ids = there.enrolments.map(({ id }) => id);
  await act(there.teacher, 'enrolments', 'lock', ids).expect(200);
  return { ...there, ids };
}

const manager = () => world.dataSource.manager;
const inState = (state: Enrolment['state']) => manager().countBy(Enrolment, { state });
const settle = () => world.job('payment.settle-batches');

async function everythingFits(venue: Venue): Promise<void> {
  expect(await seatFaults(world)).toEqual([]);
  expect(await world.seats(venue)).toMatchObject({ taken: SIZE });
}

describe('a batch approved by several people at the same moment', () => {
  async function approvals() {
    const there = await lockedSchool();
    await submits(there.teacher).expect(200);
    const { id } = await manager().findOneByOrFail(PaymentBatch, {});
    const clerks = [
      await signedIn('clerk', 'PROVINCE', there.campus),
      await signedIn('central', 'CENTRAL', there.campus),
    ];
    const [one, other] = await Promise.all(
      clerks.map((clerk) => clerk.opens('payment-batches', 'approve', [id])),
    );
    const [answers] = await Promise.all([
      Promise.all(
        [one!, other!, one!, other!, one!, other!].map((form) => form.send({ receivedFen: TOTAL })),
      ),
      settle(),
      settle(),
    ]);
    await Promise.all([settle(), settle(), settle()]);
    return { ...there, answers: answers as Response[] };
  }

  it('is approved once and pays for everything once (R-PA-9)', async () => {
    const { answers, venue } = await approvals();
    expect([count(answers, 200), count(answers, 409)]).toEqual([1, 5]);
    expect([await inState('PAID'), await manager().countBy(PaymentBatchLine, { state: 'PAID' })]).toEqual([
      SIZE,
      SIZE,
    ]);
    expect(await manager().countBy(PaymentOrder, { state: 'PAID', outcome: 'APPLIED' })).toBe(SIZE);
    expect(await manager().count(PaymentOrder)).toBe(SIZE);
    await everythingFits(venue);
  });

  // transactions on SQLite take turns: there, that is the guard
  if (engine === 'mariadb') {
    it('control: without compare-and-swap several people have approved', async () => {
      without.batchCompareAndSwap(world);
      let approved = 0;
      const race = async () => {
        approved = count((await approvals()).answers, 200);
      };
      expect(await untilItShows(world, race, async () => (approved > 1 ? approved : 0))).toBeGreaterThan(1);
    });

    it('control: without lock and compare-and-swap a line is paid for twice', async () => {
      without.batchCompareAndSwap(world);
      without.registrationLock(world);
      without.enrolmentCompareAndSwap(world);
      const twice = async () => Math.max(0, (await manager().count(PaymentOrder)) - SIZE);
      expect(await untilItShows(world, approvals, twice)).toBeGreaterThan(0);
    });
  }
});

describe('a batch approved after its registrations have gone', () => {
  /** Every seat has lapsed, every registration is deleted; the school's money comes, and several pay by it at once. */
  async function moneyForWhatIsGone() {
    const there = await lockedSchool();
    await submits(there.teacher).expect(200);
    const decidedAt = world.clock.now();
    await manager().update(Enrolment, { state: 'UNPAID' }, { state: 'LAPSED' });
    await manager().update(Registration, { state: 'ACTIVE' }, { state: 'DELETED' });
    await manager().update(PaymentBatch, { state: 'SUBMITTED' }, { state: 'APPROVED', decidedAt });
    await Promise.all([settle(), settle(), settle(), settle()]);
  }
  const ordersTooMany = async () => Math.max(0, (await manager().count(PaymentOrder)) - SIZE);

  it('is due back line by line, each once (R-PA-7)', async () => {
    await moneyForWhatIsGone();
    expect(await manager().countBy(PaymentOrder, { state: 'REFUND_DUE' })).toBe(SIZE);
    expect(await manager().countBy(PaymentBatchLine, { state: 'UNPAYABLE' })).toBe(SIZE);
    expect(await ordersTooMany()).toBe(0);
  });

  it('even where nobody locked, whoever comes second undoes what they did', async () => {
    without.registrationLock(world);
    await moneyForWhatIsGone();
    expect(await ordersTooMany()).toBe(0);
  });

  if (engine === 'mariadb') {
    it('control: without lock and compare-and-swap it is due back twice', async () => {
      without.registrationLock(world);
      without.batchCompareAndSwap(world);
      expect(await untilItShows(world, moneyForWhatIsGone, ordersTooMany)).toBeGreaterThan(0);
    });
  }
});

describe('a school that locks while candidates pay', () => {
  async function locksAndPayments() {
    const there = await school();
    const orders: { id: string; neeaId: string }[] = [];
    for (const { candidate, id } of there.enrolments) {
      await candidate.put(`/enrolments/${id}/score-report`, { form: 'PAPER' }).expect(200);
      const { neeaId } = (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
      orders.push({ id, neeaId });
    }
    const pairs = await Promise.all(
      orders.map((order) =>
        rivals(
          () => act(there.teacher, 'enrolments', 'lock', [order.id]),
          () => pays(order),
          HEAD_START_MS,
        ),
      ),
    );
    return {
      ...there,
      locks: pairs.map(([answer], i) => ({ id: orders[i]!.id, answer })),
      payments: pairs.map(([, payment]) => payment),
    };
  }
  /** Enrolments the school has been told it may pay for, and the candidate has paid. */
  async function paidTwice(locks: readonly { id: string; answer: Response }[]): Promise<number> {
    const locked = locks.filter(({ answer }) => answer.status === 200).map(({ id }) => id);
    const paid = await manager().findBy(Enrolment, { state: 'PAID' });
    return paid.filter(({ id }) => locked.includes(id)).length;
  }

  /** One school; how many were locked, and how many paid. */
  async function locksOrPayments() {
    const { locks, payments, venue } = await locksAndPayments();
    const paid = count(payments, 200);
    // told by the rule, or by the page's version where it was paid before they sent the form
    const answers = locks.map(({ answer }) => answer);
    expect([count(answers, 200), count(answers, 409)]).toEqual([SIZE - paid, paid]);
    expect(await paidTwice(locks)).toBe(0);
    expect([await inState('PAID'), await manager().countBy(SandboxTrade, { state: 'PAID' })]).toEqual([
      paid,
      paid,
    ]);
    expect(await manager().countBy(PaymentOrder, { state: 'REFUND_DUE' })).toBe(0);
    expect(await manager().countBy(Enrolment, { lockedBySchool: true })).toBe(SIZE - paid);
    await everythingFits(venue);
    return [SIZE - paid, paid] as const;
  }

  it('gets each enrolment to pay for, or hears that it is paid; no money goes astray (R-PA-7)', () =>
    untilBothEndsAreSeen(world, locksOrPayments));

  it('control: where the order is not closed first, candidates pay for what the school has locked', async () => {
    without.closingOrders(world);
    let found = 0;
    const race = async () => {
      found = await paidTwice((await locksAndPayments()).locks);
    };
    expect(await untilItShows(world, race, async () => found)).toBeGreaterThan(0);
  });
});

describe('a school that unlocks while a batch is submitted, withdrawn and approved', () => {
  /** One is unlocked; of two submissions, one pays for all and one for all but that. */
  async function unlocksAndSubmissions() {
    const there = await lockedSchool();
    // every page is open before anything happens
    const submission = await there.teacher.opens('payment-batches', 'submit', []);
    const unlocking = await there.teacher.opens('enrolments', 'unlock', shuffled(there.ids).slice(0, 1));
    const [submitted] = await Promise.all([
      Promise.all([TOTAL, ALL_BUT_ONE].map((amountFen) => submission.send({ ...TRANSFER, amountFen }))),
      unlocking.send().then(() => undefined),
    ]);
    return { ...there, submitted };
  }
  /** Enrolments that wait in a batch although they are not locked. */
  async function loose(): Promise<number> {
    const lines = await manager().findBy(PaymentBatchLine, { state: 'WAITING' });
    const unlocked = await manager().findBy(Enrolment, { lockedBySchool: false });
    return lines.filter(({ enrolmentId }) => unlocked.some(({ id }) => id === enrolmentId)).length;
  }

  it('has each enrolment in the batch or with the candidate, never both (R-PA-9)', async () => {
    const { submitted } = await unlocksAndSubmissions();
    expect(await loose()).toBe(0);
    const taken = submitted.filter(({ status }) => status === 200).length;
    expect(taken).toBeLessThanOrEqual(1);
    expect(await manager().count(PaymentBatch)).toBe(taken);
  });

  it('approves or withdraws it, never both', async () => {
    const { teacher, campus, ids, venue } = await lockedSchool();
    await submits(teacher).expect(200);
    const { id } = await manager().findOneByOrFail(PaymentBatch, {});
    const clerk = await signedIn('clerk', 'PROVINCE', campus);
    const answers = await Promise.all([
      act(teacher, 'payment-batches', 'withdraw', [id]),
      act(clerk, 'payment-batches', 'approve', [id], { receivedFen: TOTAL }),
      ...ids.map((enrolmentId) => act(teacher, 'enrolments', 'unlock', [enrolmentId])),
    ]);
    await settle();
    const { state } = await manager().findOneByOrFail(PaymentBatch, { id });
    expect(
      answers
        .slice(0, 2)
        .map(({ status }) => status)
        .sort(),
    ).toEqual([200, 409]);
    expect(await inState('PAID')).toBe(state === 'APPROVED' ? SIZE : 0);
    expect(await loose()).toBe(0);
    await everythingFits(venue);
  });

  // transactions on SQLite take turns: nothing is locked while a batch is being submitted
  if (engine === 'mariadb') {
    it('takes in what is locked meanwhile, but nothing whose registration it does not hold', async () => {
      const { teacher, enrolments } = await school();
      const [last, ...others] = enrolments.map(({ id }) => id);
      await act(teacher, 'enrolments', 'lock', others).expect(200);
      // a school is asked to look again; what holds beneath that is shown here
      without.lookAgain();
      const registrations = world.use(RegistrationRepository);
      const { lockAll } = registrations;
      const held = new Set<string>();
      jest.spyOn(registrations, 'lockAll').mockImplementation(async (tx, ids) => {
        if (held.size === 0) await act(teacher, 'enrolments', 'lock', [last!]).expect(200);
        for (const id of ids) held.add(id);
        return lockAll.call(registrations, tx, ids);
      });
      await submits(teacher).expect(200);
      const lines = await manager().find(PaymentBatchLine);
      expect(lines.map(({ registrationId }) => held.has(registrationId))).toEqual(Array(SIZE).fill(true));
      expect(lines.filter(({ name }) => name === '')).toEqual([]);
    });

    it('control: without the registrations’ locks an unlocked enrolment waits in the batch', async () => {
      without.registrationLock(world);
      without.lookAgain();
      expect(await untilItShows(world, unlocksAndSubmissions, loose)).toBeGreaterThan(0);
    });
  }
});
