import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bull';
import { JobHandlers } from './job-handlers.js';
import type { JobData, JobName } from './job-names.js';
import { JobQueue } from './job-queue.js';

/**
 * Seats are handed out on a lane of their own: on one lane for all, a few jobs that take minutes (a platform that does
 * not answer, thousands of lapses) would keep all workers, and a freed seat would wait for them.
 */
export const BULL_QUEUES = { ordinary: 'cet', seats: 'cet-seats' } as const;
const HANDS_OUT_SEATS: JobName = 'waitlist.allocate';
/** Jobs at once, on each lane of each worker. */
const CONCURRENCY = 4;
const PATIENCE_MS = 2_000;

/** Bull on Redis: any number of workers. Every call is bounded in time, because a lost Redis would hang it for ever. */
@Injectable()
export class BullQueue extends JobQueue {
  private readonly logger = new Logger(BullQueue.name);

  constructor(
    @InjectQueue(BULL_QUEUES.ordinary) private readonly ordinary: Queue<JobData>,
    @InjectQueue(BULL_QUEUES.seats) private readonly seats: Queue<JobData>,
  ) {
    super();
    for (const lane of [ordinary, seats]) {
      // without a listener an unreachable Redis is an unhandled error event
      lane.on('error', (error) => this.logger.warn(`Redis: ${error.message}`));
      // in place of the one of @nestjs/bull: an unreachable Redis would end the shutdown of everything else with it
      Object.assign(lane, { onApplicationShutdown: () => this.close(lane) });
    }
  }

  async add(name: JobName, data: JobData): Promise<void> {
    const lane = name === HANDS_OUT_SEATS ? this.seats : this.ordinary;
    await withinPatience(
      lane.add(name, data, {
        attempts: 3,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: true,
        removeOnFail: 1000,
      }),
    );
  }

  async check(): Promise<void> {
    await withinPatience(Promise.all([this.ordinary.client.ping(), this.seats.client.ping()]));
  }

  /** Jobs under way finish first. */
  private async close(lane: Queue<JobData>): Promise<void> {
    try {
      await lane.close();
    } catch (error) {
      this.logger.warn(`Redis could not be told good-bye. ${String(error)}`);
    }
  }
}

/**
 * Takes jobs off Bull; one handler for all names, because the names are ours and not Bull's. Not by `@Process`, which
 * leaves it to nobody, and so to the end of the process, when the queue is closed while Redis was never there.
 */
@Injectable()
export class BullWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(BullWorker.name);

  constructor(
    @InjectQueue(BULL_QUEUES.ordinary) private readonly ordinary: Queue<JobData>,
    @InjectQueue(BULL_QUEUES.seats) private readonly seats: Queue<JobData>,
    private readonly handlers: JobHandlers,
  ) {}

  onApplicationBootstrap(): void {
    for (const lane of [this.ordinary, this.seats]) {
      lane
        .process('*', CONCURRENCY, (job) => this.handlers.wake(job.name as JobName, job.data))
        .catch((error: Error) => this.logger.warn(`No jobs are taken off Redis: ${error.message}`));
    }
  }
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
