import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import type { Config } from '../config.js';
import { BULL_QUEUES, BullQueue, BullWorker } from './bull-queue.js';
import { InProcessQueue } from './in-process-queue.js';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { Schedule } from './schedule.js';

const LONGEST_RETRY_MS = 2_000;

/** Jobs: in the process without REDIS_URL, by Bull with it. Workers take jobs and keep the schedule; api processes only add. */
@Module({})
export class QueueModule {
  static register(config: Config, options: { schedule: boolean }): DynamicModule {
    const works = config.role !== 'api';
    const schedule = options.schedule && works;
    const driver = config.redisUrl ? BullQueue : InProcessQueue;
    return {
      module: QueueModule,
      global: true,
      imports: [
        ...(schedule ? [ScheduleModule.forRoot()] : []),
        ...(config.redisUrl
          ? [
              BullModule.forRoot({
                url: config.redisUrl,
                redis: {
                  maxRetriesPerRequest: 1,
                  enableReadyCheck: false,
                  // Bull's own would look for a Redis that is back only every 20 s
                  retryStrategy: (times: number) => Math.min(100 * times, LONGEST_RETRY_MS),
                },
                // braces: one slot of a Redis cluster holds the whole queue
                prefix: `{${config.redisPrefix}}`,
              }),
              BullModule.registerQueue(...Object.values(BULL_QUEUES).map((name) => ({ name }))),
            ]
          : []),
      ],
      providers: [
        JobHandlers,
        driver,
        { provide: JobQueue, useExisting: driver },
        ...(config.redisUrl && works ? [BullWorker] : []),
        ...(schedule ? [Schedule] : []),
      ],
      exports: [JobHandlers, JobQueue],
    };
  }
}
