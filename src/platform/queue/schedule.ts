import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { JobHandlers } from './job-handlers.js';
import { JOB_NAMES, JOBS, type JobName } from './job-names.js';
import { JobQueue } from './job-queue.js';

/**
 * Adds each job of `JOBS` at its times. Every worker does so; a job that runs twice does no harm (R-JB-2). Where the
 * queue is away the worker does the job itself: what lost wake-ups leave undone must not wait for the same queue.
 */
@Injectable()
export class Schedule implements OnApplicationBootstrap {
  private readonly logger = new Logger(Schedule.name);

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly queue: JobQueue,
    private readonly handlers: JobHandlers,
  ) {}

  onApplicationBootstrap(): void {
    for (const name of JOB_NAMES.filter((job) => this.handlers.has(job))) {
      const job = CronJob.from({
        cronTime: JOBS[name].cron,
        timeZone: 'Asia/Shanghai',
        onTick: () => void this.due(name),
      });
      this.registry.addCronJob(name, job);
      job.start();
    }
  }

  /** What happens at a job's time. */
  async due(name: JobName): Promise<void> {
    try {
      await this.queue.add(name, {});
    } catch (error) {
      this.logger.warn(`The queue does not take ${name}, so it runs here. ${String(error)}`);
      await this.handlers.run(name).catch(() => 'logged');
    }
  }
}
