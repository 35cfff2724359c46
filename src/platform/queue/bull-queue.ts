import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bull';
import { JobHandlers } from './job-handlers.js';
import type { JobData, JobName } from './job-names.js';
import { JobQueue } from './job-queue.js';

export const BULL_QUEUE = 'cet';
const PATIENCE_MS = 2_000;

/** Bull on Redis: any number of workers. Every call is bounded in time, because a lost Redis would hang it for ever. */
@Injectable()
export class BullQueue extends JobQueue {
  private readonly logger = new Logger(BullQueue.name);

  constructor(@InjectQueue(BULL_QUEUE) private readonly queue: Queue<JobData>) {
    super();
    // without a listener an unreachable Redis is an unhandled error event
    this.queue.on('error', (error) => this.logger.warn(`Redis: ${error.message}`));
    // in place of the one of @nestjs/bull: an unreachable Redis would end the shutdown of everything else with it
    Object.assign(this.queue, { onApplicationShutdown: () => this.close() });
  }

  async add(name: JobName, data: JobData): Promise<void> {
    await withinPatience(
      this.queue.add(name, data, {
        attempts: 3,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: true,
        removeOnFail: 1000,
      }),
    );
  }

  async check(): Promise<void> {
    await withinPatience(this.queue.client.ping());
  }

  /** Jobs under way finish first. */
  private async close(): Promise<void> {
    try {
      await this.queue.close();
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
    @InjectQueue(BULL_QUEUE) private readonly queue: Queue<JobData>,
    private readonly handlers: JobHandlers,
  ) {}

  onApplicationBootstrap(): void {
    this.queue
      .process('*', 4, (job) => this.handlers.run(job.name as JobName, job.data))
      .catch((error: Error) => this.logger.warn(`No jobs are taken off Redis: ${error.message}`));
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
