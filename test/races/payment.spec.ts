import { jest } from '@jest/globals';
import { HOURS, MINUTES } from '../../src/kernel/clock.js';
import { shuffled } from '../../src/kernel/shuffled.js';
import { SandboxTrade } from '../../src/modules/payment/gateways/sandbox/sandbox-trade.entity.js';
import { PaymentOrder } from '../../src/modules/payment/index.js';
import { Enrolment, OpenOrders } from '../../src/modules/registration/index.js';
import type { Venue } from '../../src/modules/sitting/index.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { type TestCandidate, World } from '../support/world.js';
import { without } from './guards.js';
import { count, letStatementsTravel, seatFaults, tally, untilItShows } from './race.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  await letStatementsTravel(world);
});
afterEach(() => void jest.restoreAllMocks());

/** Enrols, chooses the report form and opens an order. */
async function ordersFor(candidate: TestCandidate, venue: Venue): Promise<{ neeaId: string }> {
  const { id } = await candidate.enrols(venue);
  await candidate.put(`/enrolments/${id}/score-report`, { form: 'PAPER' }).expect(200);
  return (await candidate.post('/payment/orders', { kind: 'WRITTEN' }).expect(201)).body;
}

const pays = ({ neeaId }: { neeaId: string }) =>
  world.http
    .post(`/sandbox-pay/${neeaId}/pay`)
    .set('Accept', 'application/json')
    .send({ method: 'ALIPAY', notify: 'NOW' });

const orders = async (state: PaymentOrder['state']) =>
  world.dataSource.manager.countBy(PaymentOrder, { state });
const enrolments = async (state: Enrolment['state']) =>
  world.dataSource.manager.countBy(Enrolment, { state });
const trades = async (state: SandboxTrade['state']) =>
  world.dataSource.manager.countBy(SandboxTrade, { state });

describe('lapsing against paying, at the very deadline', () => {
  /** 20 with an open order, 5 who wait. */
  async function deadline() {
    const campus = await world.campus();
    const venue = await world.venue({ campus, seats: 20 });
    const everybody = await crowd(world, { campus, size: 25 });
    const opened = await Promise.all(everybody.slice(0, 20).map((candidate) => ordersFor(candidate, venue)));
    await Promise.all(everybody.slice(20).map((candidate) => candidate.waitsFor(venue)));
    world.clock.advance(24 * HOURS + 10 * MINUTES);
    const [payments] = await Promise.all([
      Promise.all(shuffled(opened).map(pays)),
      world.job('enrolment.lapse'),
      world.job('enrolment.lapse'),
    ]);
    await world.job('enrolment.lapse');
    await world.job('waitlist.allocate');
    return { venue, payments };
  }

  it('ends each enrolment once: paid for and kept, or lapsed and not to be paid for (R-PA-7)', async () => {
    const { venue, payments } = await deadline();
    const paid = count(payments, 200);
    const lapsed = count(payments, 409);
    expect(paid + lapsed).toBe(20);
    expect(tally(payments)).toEqual({
      ...(paid > 0 ? { '200': paid } : {}),
      ...(lapsed > 0 ? { '409 TRADE_CLOSED': lapsed } : {}),
    });
    expect([await trades('PAID'), await orders('PAID'), await enrolments('PAID')]).toEqual([
      paid,
      paid,
      paid,
    ]);
    expect([await trades('CLOSED'), await orders('CLOSED'), await enrolments('LAPSED')]).toEqual([
      lapsed,
      lapsed,
      lapsed,
    ]);
    const allocated = Math.min(lapsed, 5);
    expect(await enrolments('UNPAID')).toBe(allocated);
    expect(await world.seats(venue)).toMatchObject({ taken: paid + allocated, waiting: 5 - allocated });
    expect(await seatFaults(world)).toEqual([]);
  });

  it('control: where the order is not closed at the platform first, money comes for a seat that is gone', async () => {
    without.closingOrders(world);
    const astray = () => orders('REFUND_DUE');
    expect(await untilItShows(world, deadline, astray)).toBeGreaterThan(0);
  });

  // transactions on SQLite take turns: there, that is the guard (test/platform/database/serial-sqlite.spec.ts)
  if (engine === 'mariadb') {
    it('control: without lock and compare-and-swap as well, who has paid loses the seat', async () => {
      without.closingOrders(world);
      without.registrationLock(world);
      without.enrolmentCompareAndSwap(world);
      const faults = async () => (await seatFaults(world)).length;
      expect(await untilItShows(world, deadline, faults)).toBeGreaterThan(0);
    });
  }
});

describe('deleting a registration while another tab goes on', () => {
  it('closes the order that was opened after it had looked for open ones (R-PA-7)', async () => {
    const campus = await world.campus();
    const venue = await world.venue({ campus });
    const [candidate] = (await crowd(world, { campus, size: 1 })) as [TestCandidate];
    const openOrders = world.use(OpenOrders);
    const settleOrClose = openOrders.settleOrClose.bind(openOrders);
    jest.spyOn(openOrders, 'settleOrClose').mockImplementationOnce(async (enrolmentIds) => {
      await settleOrClose(enrolmentIds);
      await ordersFor(candidate, venue);
    });

    await candidate.delete('/registration').expect(204);

    expect([await trades('CLOSED'), await orders('CLOSED'), await enrolments('GIVEN_UP')]).toEqual([1, 1, 1]);
    expect(await seatFaults(world)).toEqual([]);
  });
});
