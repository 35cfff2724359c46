import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { JobHandlers } from '../../../src/platform/queue/job-handlers.js';
import { JOB_NAMES } from '../../../src/platform/queue/job-names.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { Schedule } from '../../../src/platform/queue/schedule.js';
import { NotingJobs, openSmallApp } from '../http/small-app.js';

type SmallApp = Awaited<ReturnType<typeof openSmallApp>>;

async function until(true_: () => boolean | Promise<boolean>, patienceMs = 10_000): Promise<void> {
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    if (await true_()) return;
    await sleep(10);
  }
  throw new Error('It did not come to pass.');
}

const redisUrl = process.env.TEST_REDIS_URL;

/** A door with a real queue; the database is the embedded one, which is sooner there. */
const openWithQueue = (redis: string | undefined) =>
  openSmallApp([], { realQueue: true, settings: { databaseUrl: undefined, redisUrl: redis } });

/** Stands between the application and Redis, or where Redis should be, and can go away. */
class Line {
  private server: Server;
  private readonly sockets = new Set<Socket>();
  port = 0;

  async open(): Promise<void> {
    this.server = createServer((near) => {
      const { hostname, port } = new URL(redisUrl!);
      const far = connect(Number(port || 6379), hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A port where nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function expectAway(small: SmallApp): Promise<void> {
  const begun = performance.now();
  await expect(small.app.get(JobQueue).add('outbox.send', {})).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(3000);
  const answer = await small.http.get('/readyz').expect(503);
  expect(answer.body).toMatchObject({ status: 'failed', checks: { database: 'ok', queue: 'failed' } });
  await small.http.get('/healthz').expect(200);
}

describe('a Redis that is away', () => {
  it('at the start: the application starts, says it is not ready, and nothing hangs', async () => {
    const small = await openWithQueue(`redis://127.0.0.1:${await deadPort()}`);
    await expectAway(small);
    await small.close();
    await sleep(2_100); // ioredis gives a connection that was never made two seconds to end
  });

  if (redisUrl) {
    it('in the middle: adding fails within seconds, and goes on when it is back', async () => {
      const line = new Line();
      await line.open();
      const small = await openWithQueue(`redis://127.0.0.1:${line.port}`);
      const jobs = small.app.get(NotingJobs);
      await small.app.get(JobQueue).add('waitlist.close', {});
      await until(() => jobs.done.length === 1);

      await line.cut();
      await expectAway(small);

      await line.open();
      await until(async () => (await small.http.get('/readyz')).status === 200);
      await small.app.get(JobQueue).add('waitlist.allocate', { venueId: 'a' });
      await until(() => jobs.done.includes('waitlist.allocate a'));
      await small.close();
      await line.cut();
    });
  }
});

/** Both drivers where there is a Redis. */
const drivers = ['in the process', ...(redisUrl ? ['Bull'] : [])];

describe.each(drivers)('jobs by %s', (driver) => {
  let small: SmallApp;
  let queue: JobQueue;
  let jobs: NotingJobs;

  beforeAll(async () => {
    small = await openWithQueue(driver === 'Bull' ? redisUrl : undefined);
    queue = small.app.get(JobQueue);
    jobs = small.app.get(NotingJobs);
  });
  afterAll(() => small.close());
  beforeEach(() => {
    jobs.done.length = 0;
    jobs.work = async () => undefined;
  });

  it('reach their handler with the ids they carry', async () => {
    await queue.add('waitlist.allocate', { venueId: 'a' });
    await queue.add('outbox.send', {});
    await until(() => jobs.done.length === 2);
    expect(jobs.done.sort()).toEqual(['outbox.send', 'waitlist.allocate a']);
  });

  it('may fail without harm to the next one', async () => {
    jobs.work = async (name) => {
      if (name === 'outbox.send') throw new Error('The mail server is away');
    };
    await queue.add('outbox.send', {});
    await queue.add('waitlist.close', {});
    await until(() => jobs.done.includes('waitlist.close'));
    await until(() => small.logged().includes('The job outbox.send failed.'));
  });

  it('that hand out seats wait for no other job, however many there are and however long they take', async () => {
    let finish: (value?: unknown) => void = () => undefined;
    const long = new Promise((resolve) => {
      finish = resolve;
    });
    jobs.work = async (name) => {
      if (name === 'outbox.send' || name === 'enrolment.lapse') await long;
    };
    for (let i = 0; i < 10; i++) {
      await queue.add('outbox.send', { n: String(i) });
      await queue.add('enrolment.lapse', { n: String(i) });
    }
    await queue.add('waitlist.allocate', { venueId: 'a' });
    try {
      await until(() => jobs.done.includes('waitlist.allocate a'));
    } finally {
      finish();
    }
    await until(() => jobs.done.length === 21);
  });

  it('that come again while they are under way run once more afterwards, and not beside themselves', async () => {
    const finish = new Map<string, () => void>();
    // a job of an earlier story may be tried again meanwhile
    jobs.work = async (_, { venueId }) => {
      if (venueId) await new Promise<void>((resolve) => finish.set(venueId, resolve));
    };
    const handedOut = () => jobs.done.filter((job) => job.startsWith('waitlist.allocate'));
    const arrive = async (venueId: string) => {
      await queue.add('waitlist.allocate', { venueId });
      await sleep(50);
    };
    const asked = (times: number) => until(() => handedOut().length === times);

    await arrive('a');
    await asked(1);
    for (let i = 0; i < 6; i++) await arrive('a');
    await arrive('b');
    await asked(2);
    expect(handedOut()).toEqual(['waitlist.allocate a', 'waitlist.allocate b']);

    finish.get('a')!();
    await asked(3);
    expect(handedOut()[2]).toBe('waitlist.allocate a');
    for (const end of finish.values()) end();
    await sleep(100);
    expect(handedOut()).toHaveLength(3);
  });

  it('under way finish before a shutdown closes the database', async () => {
    const closing = await openSmallApp([], {
      realQueue: true,
      settings: { redisUrl: driver === 'Bull' ? redisUrl : undefined },
    });
    const underWay = closing.app.get(NotingJobs);
    let seen: unknown;
    underWay.work = async () => {
      await sleep(200);
      seen = await closing.app.get(DataSource).query('SELECT 1 AS alive');
    };
    await closing.app.get(JobQueue).add('outbox.send', {});
    await until(() => underWay.done.length === 1);
    await closing.close();
    expect(seen).toMatchObject([{ alive: 1 }]);
  });

  it('are ready', async () => {
    await small.http.get('/readyz').expect(200, {
      status: 'ok',
      checks: { database: 'ok', migrations: 'ok', queue: 'ok' },
    });
  });
});

describe('jobs in the process', () => {
  it('the same wake-up twice, before it begins, is one', async () => {
    const small = await openWithQueue(undefined);
    const queue = small.app.get(JobQueue);
    const jobs = small.app.get(NotingJobs);
    await Promise.all([
      queue.add('waitlist.allocate', { venueId: 'a' }),
      queue.add('waitlist.allocate', { venueId: 'a' }),
      queue.add('waitlist.allocate', { venueId: 'b' }),
    ]);
    await until(() => jobs.done.length === 2);
    await queue.add('waitlist.allocate', { venueId: 'a' });
    await until(() => jobs.done.length === 3);
    await small.close();
  });
});

describe('the schedule', () => {
  const due = async (queue: Pick<JobQueue, 'add'>) => {
    const handlers = new JobHandlers();
    const ran: string[] = [];
    handlers.handle('waitlist.allocate', async () => void ran.push('here'));
    const schedule = new Schedule(new SchedulerRegistry(), queue as JobQueue, handlers);
    await schedule.due('waitlist.allocate');
    return ran;
  };

  it('gives what is due to the queue', async () => {
    const add = jest.fn(async () => undefined);
    expect(await due({ add })).toEqual([]);
    expect(add).toHaveBeenCalledWith('waitlist.allocate', {});
  });

  it('does itself what a queue that is away cannot take, so that sweeps go on', async () => {
    const add = async () => {
      throw new Error('Redis is away');
    };
    expect(await due({ add })).toEqual(['here']);
  });
});

describe('handlers', () => {
  it('are one for each job: a second one is refused', () => {
    const handlers = new JobHandlers();
    handlers.handle('outbox.send', async () => 'sent');
    expect(() => handlers.handle('outbox.send', async () => 'sent')).toThrow('two handlers');
  });

  it('are one for each job: without one, the application does not start', () => {
    const handlers = new JobHandlers();
    for (const name of JOB_NAMES.slice(1)) handlers.handle(name, async () => undefined);
    expect(() => handlers.onApplicationBootstrap()).toThrow(JOB_NAMES[0]);
  });

  it('give their result to whoever runs the job by hand', async () => {
    const handlers = new JobHandlers();
    handlers.handle('outbox.send', async () => ({ sent: 3 }));
    expect(await handlers.run('outbox.send')).toEqual({ sent: 3 });
    await expect(handlers.run('waitlist.close')).rejects.toThrow('No handler');
  });
});
