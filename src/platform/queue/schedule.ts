import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { JOBS, type JobName } from './job-names.js';
import { JobQueue } from './job-queue.js';

/** Adds each job of `JOBS` at its times. Every worker does so; a job that runs twice does no harm (R-JB-2). */
@Injectable()
export class Schedule implements OnApplicationBootstrap {
  private readonly logger = new Logger(Schedule.name);

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    for (const [name, { cron }] of Object.entries(JOBS) as [JobName, { cron: string }][]) {
      const job = CronJob.from({
        cronTime: cron,
        timeZone: 'Asia/Shanghai',
        onTick: () => void this.add(name),
      });
      this.registry.addCronJob(name, job);
      job.start();
    }
  }

  private async add(name: JobName): Promise<void> {
    try {
      await this.queue.add(name, {});
    } catch (error) {
      this.logger.warn(`The scheduled job ${name} could not be added. ${String(error)}`);
    }
  }
}
