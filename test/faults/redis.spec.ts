import { setTimeout as sleep } from 'node:timers/promises';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { Test } from 'supertest';
import { SECONDS } from '../../src/kernel/clock.js';
import { WaitlistEntry } from '../../src/modules/registration/index.js';
import type { Venue } from '../../src/modules/sitting/index.js';
import { VerifySeats } from '../../src/modules/waitlist/index.js';
import { JobHandlers } from '../../src/platform/queue/job-handlers.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { Schedule } from '../../src/platform/queue/schedule.js';
import { crowd } from '../support/crowd.js';
import { engine } from '../support/engine.js';
import { type TestCandidate, World } from '../support/world.js';
import { installed, PrivateRedis } from './servers.js';

// in the embedded column jobs run in the process, and there is no Redis to lose
const program = engine === 'mariadb' ? installed('redis-server') : undefined;
/** No call may take longer, Redis or not; generous, because the machine may be busy with other things. */
const LONGEST_MS = 15 * SECONDS;

async function until(comesTrue: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30 * SECONDS; performance.now() < end; await sleep(50))
    if (await comesTrue()) return;
  throw new Error('It did not come to pass.');
}

if (!program)
  it('is not killed in this round: SQLite’s column has none, or the line above says that it is missing', () => {
    expect(program).toBeUndefined();
  });
else
  describe('Redis', () => {
    let redis: PrivateRedis;
    let world: World;
    let venue: Venue;
    let holders: TestCandidate[];
    let newcomers: TestCandidate[];

    beforeAll(async () => {
      redis = await PrivateRedis.make(program);
      await redis.start();
      world = await World.open({ redisUrl: redis.url });
    });
    afterAll(async () => {
      redis.thaw();
      await world.close();
      await redis.remove();
    });

    /** 10 hold a seat, 20 wait. */
    beforeEach(async () => {
      await world.reset();
      const campus = await world.campus();
      venue = await world.venue({ campus, seats: 10 });
      const everybody = await crowd(world, { campus, size: 40 });
      holders = everybody.slice(0, 10);
      newcomers = everybody.slice(30);
      await Promise.all(holders.map((holder) => holder.enrols(venue)));
      await Promise.all(everybody.slice(10, 30).map((candidate) => candidate.waitsFor(venue)));
    });

    const soon = (call: Test) => call.timeout(LONGEST_MS);
    const allocated = () => world.dataSource.manager.countBy(WaitlistEntry, { state: 'ALLOCATED' });
    const isReady = async () => (await soon(world.http.get('/readyz'))).status === 200;
    /** What a worker's schedule does each minute. */
    const sweep = () =>
      new Schedule(new SchedulerRegistry(), world.use(JobQueue), world.use(JobHandlers)).due(
        'waitlist.allocate',
      );

    /** Everything that wakes somebody or counts attempts. */
    async function everybodyIsAnswered() {
      await Promise.all(
        holders.slice(1, 5).map((holder) => soon(holder.delete('/registration')).expect(204)),
      );
      await soon(newcomers[0]!.post('/waitlist/entries', { venueId: venue.id })).expect(201);
      const [payer] = holders.slice(5) as [TestCandidate];
      const { id } = (await soon(payer.get('/registration')).expect(200)).body.written.enrolments[0];
      await soon(payer.put(`/enrolments/${id}/score-report`, { form: 'PAPER' })).expect(200);
      await soon(payer.post('/payment/orders', { kind: 'WRITTEN' })).expect(201);
      await soon(world.http.get('/healthz')).expect(200);
      expect(await isReady()).toBe(false);
    }

    async function seatsFlowByThemselves(before: number) {
      await until(isReady);
      await holders[0]!.delete('/registration').expect(204);
      await until(async () => (await allocated()) === before + 1);
      expect(await world.use(VerifySeats).execute()).toEqual({ venues: 1, faults: [] });
    }

    it('killed: everybody is answered, the sweep hands out the seats, and it goes on when Redis is back, empty', async () => {
      await redis.kill();
      await everybodyIsAnswered();
      expect(await allocated()).toBe(0);
      await sweep();
      expect(await allocated()).toBe(4);
      await redis.start();
      await seatsFlowByThemselves(4);
    }, 120_000);

    it('gone silent: everybody is answered, and what was asked of it meanwhile does no harm', async () => {
      redis.freeze();
      await everybodyIsAnswered();
      await sweep();
      expect(await allocated()).toBe(4);
      redis.thaw();
      await seatsFlowByThemselves(4);
    }, 120_000);
  });
