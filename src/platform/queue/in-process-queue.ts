import { Injectable } from '@nestjs/common';
import { JobHandlers } from './job-handlers.js';
import type { JobData, JobName } from './job-names.js';
import { JobQueue } from './job-queue.js';

/** The embedded driver: a job runs in this process as soon as it is free. */
@Injectable()
export class InProcessQueue extends JobQueue {
  /** Wake-ups asked for and not yet begun: the same one twice is one. */
  private readonly waiting = new Set<string>();

  constructor(private readonly handlers: JobHandlers) {
    super();
  }

  async add(name: JobName, data: JobData): Promise<void> {
    const key = `${name} ${JSON.stringify(data)}`;
    if (this.waiting.has(key)) return;
    this.waiting.add(key);
    setImmediate(() => {
      this.waiting.delete(key);
      // the failure is logged by the handlers; the schedule runs the job again
      void this.handlers.wake(name, data).catch(() => 'logged');
    });
  }

  async check(): Promise<void> {}
}
